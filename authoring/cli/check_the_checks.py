"""`course check-the-checks`"""

from typing import TYPE_CHECKING, Annotated

import typer

from course_lib.cli.json_output import AsJson, print_json
from course_lib.lessons import find_lesson

if TYPE_CHECKING:
    from authoring.check_the_checks import Row


def command(
    lesson: Annotated[
        str | None, typer.Argument(help="Number or name of a lesson; all when left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Try right answers, misconceptions and stubs on the checks, and print what each check makes of them.

    Both lie in `autograder/lessons/lesson_NN/EXERCISE/`: right answers in `accepted_answers/`, misconceptions
    in `misconceptions.py`. Every misconception is also tried in two other coding styles. Exit status 1 on any
    miss; each is listed below the table.

    Example: `course check-the-checks 01`
    """
    name = find_lesson(lesson) if lesson else None

    from rich.console import Console

    from authoring.check_the_checks import check_exercise
    from autograder.keys.lesson_solutions import KeyProblem
    from course_lib.checks.exercise import all_exercises
    from course_lib.lessons import lesson_names
    from course_lib.session import quiet_start

    lessons = [name] if name else lesson_names()
    exercises = [exercise for exercise in all_exercises().values() if exercise.lesson in lessons]
    rows: list[Row] = []
    misses: list[str] = []
    with Console(stderr=True).status("loading TensorFlow") as status, quiet_start():
        for exercise in exercises:
            status.update(f"checking {exercise.id}")
            try:
                rows.append(check_exercise(exercise))
                misses += rows[-1].misses
            except KeyProblem as problem:
                misses.append(str(problem))
    if as_json:
        print_json({"exercises": rows, "misses": misses})
    else:
        _print(rows)
        for miss in misses:
            print(miss)
        if not misses:
            print(f"No miss in {len(rows)} exercises.")
    if misses:
        raise typer.Exit(1)


def _print(rows: "list[Row]") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    table.add_column("exercise", no_wrap=True)
    for title in ("right styles", "wrong rejected", "named", "in other styles", "stub", "ms"):
        table.add_column(title, justify="right")
    for row in rows:
        counts = (row.accepted, row.rejected, row.named, row.styled)
        stub = "fails" if row.stub_fails else "passes"
        table.add_row(row.exercise, *map(str, counts), stub, f"{row.milliseconds:.0f}")
    Console().print(table)
