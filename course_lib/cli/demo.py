"""`course demo`"""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_lib.lessons import find_lesson, lesson_names
from course_lib.paths import project_root

if TYPE_CHECKING:
    from autograder.classroom import Row
    from autograder.sample_class import Sample


def command(
    lesson: Annotated[str, typer.Option(help="The lesson that the sample class handed in.")] = "01",
    every: Annotated[bool, typer.Option("--all", help="Every lesson, one after the other: minutes.")] = False,
) -> None:
    """Grade a made-up class, from submissions to feedback.

    Makes eight submissions or more (right ones in different styles, mistakes, a torn file), grades them as
    `course grade` does, and prints the points each should get beside the points it got. Everything is
    written to the folder `demo/` of the course, which is made anew each time. Exit status 1 if any points
    differ. Needs no network.

    Example: `course demo`
    """
    root = project_root()
    names = lesson_names(root) if every else [find_lesson(lesson, root)]

    from autograder.demo import make_folder, sample_class

    folder = root / "demo"
    classes = {
        name: sample_class(name) for name in names
    }  # a lesson without one is named before anything else
    make_folder(root, folder)
    wrong = [name for name in classes if not _graded(root, name, folder)]
    print(f"Gradebook: {folder}/gradebook.db")
    print(f"Grade the written answers (menu Nbgrader, Formgrader): {_lab_command(root, folder)}")
    if every:
        given = sum(map(len, classes.values()))
        print(f"{given} submissions of {len(classes)} lessons are graded.")
    if wrong:
        print(f"The points marked ✗ differ from what this class should get ({', '.join(wrong)}).")
        raise typer.Exit(1)


def _graded(root: Path, name: str, folder: Path) -> bool:
    """Grade the class of one lesson and print its points; did everyone get what was expected?"""
    from rich.console import Console

    from autograder.demo import grade_class

    done: list[str] = []
    print(f"Making and grading a class for {name} in {folder}", flush=True)
    with Console(stderr=True).status("reading the submissions") as status:

        def show(row: "Row") -> None:
            done.append(row.student)
            status.update(f"{len(done)} graded, last {row.student}")

        results = grade_class(root, name, folder, show)
    _print(results)
    first = results[0][0].student
    print(f"Feedback for each student: {folder}/feedback/STUDENT/{name}/{name}.html (start with {first})")
    return all(row.points == sample.expected for sample, row in results)


def _lab_command(root: Path, folder: Path) -> str:
    """What to type, in the present folder, to open JupyterLab on `folder`."""
    if Path.cwd() == root:
        return f"./course lab --class {shlex.quote(str(folder.relative_to(root)))}"
    return f"{shlex.quote(str(root / 'course'))} lab --class {shlex.quote(str(folder))}"


def _print(results: "list[tuple[Sample, Row]]") -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("student", "what was handed in", box=box.SIMPLE)
    table.add_column("expected", justify="right")
    table.add_column("given", justify="right")
    table.add_column("")
    table.add_column("recognised", overflow="fold")
    for sample, row in results:
        table.add_row(
            sample.student,
            sample.about,
            f"{sample.expected:g}",
            f"{row.points:g}",
            "✓" if row.points == sample.expected else "✗",
            escape("\n".join(filter(None, [row.message, *row.misconceptions]))),
        )
    Console().print(table)
