"""The command `course submit`, which makes the one file that a student uploads."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from course_lib.cli.json_output import AsJson, print_json
from course_lib.errors import CourseError
from course_lib.lessons import find_lesson
from course_lib.paths import project_root


def command(
    lesson: Annotated[str, typer.Argument(help="Number or name of the lesson.")],
    student: Annotated[
        str | None, typer.Option("--as", help="Your user name at school; asked for once, then remembered.")
    ] = None,
    run: Annotated[
        bool, typer.Option("--run/--no-run", help="Run the notebook from the top first, as grading does.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Make the one file that you upload.

    Runs your notebook from the top, lists what is missing or does not pass yet, and writes a zip file to
    `hand_in/`. You may hand in unfinished work: what is there is graded. Nothing is sent anywhere.

    Example: `course submit 01 --as ada`
    """
    root = project_root()
    name = find_lesson(lesson, root)
    notebook = root / "notebooks" / name / f"{name}.ipynb"

    from rich.console import Console

    from course_lib.hand_in import in_order, not_passing, pack, unfinished
    from course_lib.submission_format import file_name

    missing = unfinished(notebook, name)
    who = student or _remembered(root) or typer.prompt("Your user name at school", err=True)
    try:
        file_name(who, name, datetime.now(UTC))
    except ValueError as error:
        raise CourseError(str(error), fix=f"name it: ./course submit {name[:2]} --as NAME") from None
    if run:
        named = {each.name for each in missing}
        with Console(stderr=True).status(f"Running {name} from the top, which takes a while …"):
            failed = not_passing(notebook, _settings(root))
        missing += [each for each in failed if each.name not in named]
    missing = in_order(missing, notebook)
    path, left_out = pack(notebook, name, who, root / "hand_in")
    _remember(root, who)
    if as_json:
        print_json({"file": path, "student": who, "lesson": name, "missing": missing, "left_out": left_out})
        return
    if missing:
        print(f"Not everything in {name} is done or right yet:")
        for each in missing:
            print(f"  {each.name}: {each.why}")
        print("You may hand it in all the same; what is there is graded.")
    else:
        print(f"Everything in {name} is filled in" + (" and passes." if run else "."))
    if left_out:
        print("These files are not in it:")
        for file, why in left_out.items():
            print(f"  {file}: {why}")
    print(f"Upload this file: {path}")


def _settings(root: Path) -> object:
    from traitlets.config.loader import PyFileConfigLoader

    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def _place(root: Path) -> Path:
    return root / ".course" / "student.json"


def _remembered(root: Path) -> str:
    try:
        return str(json.loads(_place(root).read_text(encoding="utf-8"))["student"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _remember(root: Path, student: str) -> None:
    _place(root).parent.mkdir(exist_ok=True)
    _place(root).write_text(json.dumps({"student": student}), encoding="utf-8")
