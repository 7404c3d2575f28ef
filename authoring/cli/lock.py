"""`course lock`"""

from typing import Annotated

import typer

from course_lib.cli.json_output import AsJson, print_json
from course_lib.paths import project_root

COMMAND_SETTINGS = {"context_settings": {"ignore_unknown_options": True}}


def command(
    tests: Annotated[
        list[str] | None, typer.Argument(help="Handed to `course test`; without them, all tests.")
    ] = None,
    upgrade: Annotated[
        bool,
        typer.Option("--upgrade", help="Take the newest releases, not only what pyproject.toml changed."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make requirements.lock anew, and keep it if the tests pass.

    Resolves the packages for all systems and Pythons, copies the course to a temporary folder, makes a fresh
    environment from the new lock there and runs the tests in it. Only then does the new lock take the place
    of the old one. What the test run prints goes to `build/lock.log`. Takes as long as the tests, and some
    minutes for downloading. Set COURSE_PYTHON to choose the Python of the test run.

    Example: `course lock --upgrade`
    """
    root = project_root()

    from authoring.packages_lock import refresh_lock

    changed = refresh_lock(root, upgrade, tests or [], root / "build" / "lock.log")
    if as_json:
        print_json(changed)
    else:
        print("requirements.lock is new; commit it." if changed else "requirements.lock is up to date.")
