"""`course build`"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.paths import project_root


def command(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with status 1 if a file is out of date.")
    ] = False,
) -> None:
    """Make the notebooks and the students' answer keys from the lesson sources.

    Reads `solutions/NN_slug/NN_slug.py`. Writes the solution notebook beside it and, through nbgrader,
    the student notebook `notebooks/NN_slug/NN_slug.ipynb`. Running it twice gives the same bytes, and
    a file that is already right is not touched. Edit the `.py` only: everything else is made from it.

    Example: `course build --check`
    """
    from autograder.build import build, build_public_keys

    root = project_root()
    found = "out of date" if check else "updated"
    notebooks = build(root, check=check)
    for drift in notebooks:
        stray = drift.reason.startswith("stray")
        print(f"{'found' if stray else found}: {drift.path.relative_to(root)} ({drift.reason})", flush=True)
    keys = build_public_keys(check=check)
    for path in keys:
        print(f"{found}: {_short(path, root)} (answer key)")
    if not notebooks and not keys:
        print("Everything is up to date.")
    elif check:
        print(
            "Edit the lesson source (.py), not these files; then run `course build` and commit what it makes."
        )
        raise typer.Exit(1)


def _short(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path
