"""`course build`"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.cli.json_output import AsJson, print_json
from course_lib.paths import project_root


def command(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with status 1 if a file is out of date.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the notebooks and the students' answer keys from the lesson sources.

    Reads `solutions/NN_slug/NN_slug.py`. Writes the solution notebook beside it and, through nbgrader,
    the student notebook `notebooks/NN_slug/NN_slug.ipynb`. Running it twice gives the same bytes, and
    a file that is already right is not touched. Edit the `.py` only: everything else is made from it.
    What it cannot make it names as still to do, with the reason: numbers to measure again, because the
    code they rest on has changed; numbers typed by hand; outputs that the site shows of older code. With
    `--check` these count as out of date too.

    Example: `course build --check`
    """
    from rich.console import Console

    from authoring.building import build_lessons, build_public_keys, claim_problems, site_problems

    root = project_root()
    found = "out of date" if check else "updated"
    notebooks = build_lessons(root, check=check)
    for drift in notebooks if not as_json else ():
        stray = drift.reason.startswith("stray")
        print(f"{'found' if stray else found}: {drift.path.relative_to(root)} ({drift.reason})", flush=True)
    with Console(stderr=True).status("looking at the answer keys") as status:
        keys = build_public_keys(check=check, say=status.update)
    for key in keys if not as_json else ():
        print(f"{found}: {_short(key.path, root)} (answer key; {key.reason})")
    left = claim_problems(root) + site_problems(root)
    if as_json:
        made = [{"path": _short(drift.path, root), "reason": drift.reason} for drift in [*notebooks, *keys]]
        print_json({"files": made, "to do": left})
    for problem in left if not as_json else ():
        print(problem if check else f"still to do: {problem}")
    done = not notebooks and not keys and not left
    if done and not as_json:
        print("Everything is up to date.")
    elif not done and check:
        if (notebooks or keys) and not as_json:
            print(
                "Edit the lesson source (.py), not these files; then run `course build` and commit what it "
                "makes."
            )
        raise typer.Exit(1)


def _short(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path
