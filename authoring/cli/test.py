"""`course test`"""

import subprocess
import sys
from typing import Annotated

import typer

from course_lib.errors import CourseError
from course_lib.paths import project_root

COMMAND_SETTINGS = {"context_settings": {"ignore_unknown_options": True}}
_CHECKS = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])
_TWO_AT_A_TIME = ["-n", "2", "--dist", "worksteal"]  # each side holds TensorFlow: two fit a laptop


def command(
    pytest_arguments: Annotated[
        list[str] | None, typer.Argument(help="Handed to pytest; style and types are then not checked.")
    ] = None,
) -> None:
    """Check style and types, then run the tests.

    Runs ruff, mypy and pytest in turn and stops at the first that fails. With arguments it runs pytest alone,
    one test at a time.

    Example: `course test -m "not slow"`
    """
    for check in [] if pytest_arguments else _CHECKS:
        print(f"· {' '.join(check)}", flush=True)
        _run(check)
    _run(["pytest", *(pytest_arguments or _TWO_AT_A_TIME)])


def _run(arguments: list[str]) -> None:
    module = arguments[0]
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise CourseError(
            f"{module} is not installed here.",
            where=sys.prefix,
            fix='install what the tests need: pip install -e ".[dev]"',
        )
    status = subprocess.run([sys.executable, "-m", *arguments], cwd=project_root()).returncode
    if status:
        raise typer.Exit(status)
