"""`course grade`"""

import time
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.class_option import ClassOption, chosen_class
from course_lib.cli.json_output import AsJson, print_json
from course_lib.lessons import find_lesson

if TYPE_CHECKING:
    from autograder.grading.class_run import Row


def command(
    lesson: Annotated[str, typer.Argument(help="Number or name of the lesson.")],
    students: Annotated[list[str] | None, typer.Argument(help="Grade only these students.")] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Submissions graded at once; one per core unless you want fewer."),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler whose workers do the grading.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also grade what has not changed.")] = False,
    trust: Annotated[
        bool, typer.Option("--trust", help="Run submissions without a sandbox, with your own rights.")
    ] = False,
    class_folder: ClassOption = None,
    as_json: AsJson = False,
) -> None:
    """Grade what a class handed in for a lesson.

    Reads `submitted/STUDENT/LESSON/LESSON.ipynb`. Writes the points into `gradebook.db`, the executed
    notebooks to `autograded/` and a page for each student to `feedback/`. A submission that cannot be
    graded gets its own line and 0 points; the others go on. Written answers wait for a person, who grades
    them in the formgrader (`course lab`).

    Run it again at any time, also after it was cut short: only what is new or has changed is graded. What
    a person graded is never overwritten, and the pages of feedback take it in.

    Submissions run in a sandbox: no network, no files but the course's library, limits on time and memory.
    Where the system offers too few walls for that, grading is refused; `--trust` grades all the same, and
    says so.

    Example: `course grade 01 ada grace`
    """
    course = chosen_class(class_folder)
    name = find_lesson(lesson, course.root)

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from autograder.grading.class_run import FAULT, grade
    from autograder.submissions.roster import misplaced_notebooks, withdrawn_notice, withdrawn_students

    start = time.monotonic()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        bar = progress.add_task(f"{name}: getting ready", total=None, rate="")
        begun: list[float] = []

        def plan(total: int) -> None:
            begun.append(time.monotonic())
            progress.update(bar, description=name, total=total)

        def show(row: "Row") -> None:
            progress.advance(bar)
            done = progress.tasks[0].completed
            minutes = (time.monotonic() - begun[0]) / 60
            progress.update(bar, rate=f"{done / max(minutes, 1e-6):.0f} per minute")

        try:
            rows = grade(
                name,
                students,
                course=course,
                workers=workers,
                scheduler=scheduler,
                again=again,
                trust=trust,
                on_plan=plan,
                on_row=show,
            )
        except KeyboardInterrupt:
            done = progress.tasks[0].completed
            progress.console.print(f"Stopped after {done:g} submissions; run the same command to go on.")
            raise typer.Exit(130) from None
    if as_json:
        print_json(rows)
    else:
        _print(rows)
        print(_summary(rows, time.monotonic() - start))
        for path in misplaced_notebooks(course, name):
            print(f"Not graded: {path} lies one folder too high; put it into {path.parent / name}/")
        if gone := withdrawn_students(course, name):
            print(withdrawn_notice(gone))
        if trust:
            print("Graded without a sandbox: every submission ran with your own rights.")
        print(f"Feedback: {course.feedback_page('STUDENT', name)}")
    if any(row.outcome == FAULT for row in rows):
        raise typer.Exit(1)


def _summary(rows: "list[Row]", seconds: float) -> str:
    """One line: how many rows of each outcome, how many were not graded anew, in what time."""
    unchanged = sum(not row.fresh for row in rows)
    counts = [f"{number} {outcome}" for outcome, number in Counter(row.outcome for row in rows).most_common()]
    parts = [*counts, *([f"{unchanged} of them unchanged"] if unchanged else []), f"{seconds:.0f} s"]
    return " · ".join(parts)


def _print(rows: "list[Row]") -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from autograder.grading.class_run import FAULT

    table = Table("student", box=box.SIMPLE)
    table.add_column("points", justify="right")
    table.add_column("of", justify="right")
    table.add_column("by hand", justify="right")
    table.add_column("outcome")
    table.add_column("remarks", overflow="fold")
    for row in rows:
        table.add_row(
            escape(row.student),
            "–" if row.outcome == FAULT else f"{row.points:g}",
            f"{row.maximum:g}",
            f"{row.waiting:g} to come" if row.waiting else "",
            row.outcome,
            escape("\n".join(filter(None, [row.message, _short(row), *row.misconceptions]))),
        )
    Console().print(table)


def _short(row: "Row") -> str:
    """Exercises that are neither right nor explained by a misconception, by outcome."""
    groups: dict[str, list[str]] = {}
    for exercise, outcome in row.outcomes.items():
        if outcome in ("wrong", "error", "not attempted"):
            groups.setdefault(outcome, []).append(exercise)
    return "; ".join(f"{outcome}: {', '.join(exercises)}" for outcome, exercises in groups.items())
