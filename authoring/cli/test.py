"""`course test`"""

import subprocess
import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from course_lib.errors import CourseError
from course_lib.paths import project_root

COMMAND_SETTINGS = {"context_settings": {"ignore_unknown_options": True}}
_LINT = "from importlinter.cli import lint_imports_command as run; run()"  # it cannot be run as a module
# Each as a module and what Python is run with.
_CHECKS = (
    ("ruff", ["-m", "ruff", "check"]),
    ("ruff", ["-m", "ruff", "format", "--check"]),
    ("importlinter", ["-c", _LINT, "--no-logo"]),
    ("mypy", ["-m", "mypy"]),
)
_TWO_AT_A_TIME = ["-n", "2", "--dist", "worksteal"]  # each side holds TensorFlow: two fit a laptop


def command(
    pytest_arguments: Annotated[
        list[str] | None, typer.Argument(help="Handed to pytest; style and types are then not checked.")
    ] = None,
) -> None:
    """Check style, layers and types, then run the tests.

    Runs ruff, import-linter, mypy and pytest in turn and stops at the first that fails. With arguments it
    runs pytest alone, one test at a time.

    Example: `course test -m "not slow"`
    """
    for module, arguments in [] if pytest_arguments else _CHECKS:
        print(f"· {module}", flush=True)
        _run(module, arguments)
    _run("pytest", ["-m", "pytest", *(pytest_arguments or _TWO_AT_A_TIME)])


def _run(module: str, arguments: list[str]) -> None:
    if find_spec(module) is None:
        raise CourseError(
            f"{module} is not installed here.",
            where=sys.prefix,
            fix='install what the tests need: pip install -e ".[dev]"',
        )
    status = subprocess.run([sys.executable, *arguments], cwd=project_root()).returncode
    if status:
        raise typer.Exit(status)
