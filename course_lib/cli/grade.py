"""`course grade`"""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from course_lib.lessons import find_lesson
from course_lib.paths import project_root

if TYPE_CHECKING:
    from autograder.classroom import Row


def command(
    lesson: Annotated[str, typer.Argument(help="Number or name of the lesson.")],
    students: Annotated[list[str] | None, typer.Argument(help="Grade only these students.")] = None,
    trust: Annotated[
        bool, typer.Option("--trust", help="Run submissions without a sandbox, with your own rights.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as JSON.")] = False,
) -> None:
    """Grade what a class handed in for a lesson.

    Reads `submitted/STUDENT/LESSON/LESSON.ipynb`. Writes the points into `gradebook.db`, the executed
    notebooks to `autograded/` and a page for each student to `feedback/`. A submission that cannot be
    graded gets its own line and 0 points; the others go on. Written answers wait for a person, who grades
    them in the formgrader (`course lab`).

    Submissions run in a sandbox: no network, no files but their own, limits on time and memory. Where the
    system offers too few walls for that, grading is refused; `--trust` grades all the same, and says so.

    Example: `course grade 01 ada grace`
    """
    root = project_root()
    name = find_lesson(lesson, root)

    from dataclasses import asdict

    from rich.console import Console

    from autograder.classroom import FAULT, grade

    done: list[str] = []
    with Console(stderr=True).status(f"grading {name}") as status:

        def show(row: "Row") -> None:
            done.append(row.student)
            status.update(f"grading {name}: {len(done)} done, last {row.student}")

        rows = grade(name, students, root=root, on_row=show, trust=trust)
    if as_json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
    else:
        _print(rows)
        if trust:
            print("Graded without a sandbox: every submission ran with your own rights.")
        print(f"Feedback: {root / 'feedback'}/STUDENT/{name}/{name}.html")
    if any(row.outcome == FAULT for row in rows):
        raise typer.Exit(1)


def _print(rows: "list[Row]") -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from autograder.classroom import FAULT

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
            escape("\n".join(filter(None, [row.message, *row.misconceptions]))),
        )
    Console().print(table)
