"""`course run`"""

from enum import StrEnum
from typing import Annotated

import typer

from course_lib.cli.json_output import AsJson, print_json
from course_lib.errors import CourseError
from course_lib.lessons import find_lesson, lesson_names
from course_lib.paths import project_root


class Profile(StrEnum):
    quick = "quick"
    full = "full"
    smoke = "smoke"


def command(
    lessons: Annotated[list[str] | None, typer.Argument(help="Lesson numbers or names.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Run every lesson.")] = False,
    profile: Annotated[
        Profile, typer.Option(help="How much training: minutes (quick), hours (full) or seconds (smoke).")
    ] = Profile.quick,
    as_json: AsJson = False,
) -> None:
    """Execute the solution notebooks and say how long each takes.

    Each notebook runs from top to bottom in a fresh kernel and an empty folder. The executed notebooks go
    to `build/executed/`. A cell that fails is shown with its number and its error, and the exit status is 1.

    Example: `course run 01 --profile smoke`
    """
    if bool(lessons) == every:
        raise CourseError("Say which lessons to run.", fix="course run 01, or course run --all")
    root = project_root()
    chosen = lesson_names(root) if every else [find_lesson(name, root) for name in lessons or []]

    from authoring.notebook_run import print_runs, run_lesson

    runs = [run_lesson(root, lesson, profile.value) for lesson in chosen]
    if as_json:
        print_json(runs)
    else:
        print_runs(runs)
    for run in runs if not as_json else ():
        if run.failure:
            print(f"\n{run.lesson}, {run.failure}")
    if any(run.failure for run in runs):
        raise typer.Exit(1)
