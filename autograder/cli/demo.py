"""`course demo`"""

import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.course_folder import CourseFolder
from course_lib.cli.json_output import AsJson, print_json
from course_lib.lessons import find_lesson, lesson_names
from course_lib.paths import project_root

if TYPE_CHECKING:
    from autograder.demo.large_class import LargeClassRun
    from autograder.demo.sample import Sample
    from autograder.grading.class_run import Row


def command(
    lesson: Annotated[
        list[str] | None, typer.Option(help="A lesson that the class hands in; 01 when left out.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every lesson, one after the other: minutes.")] = False,
    students: Annotated[
        int | None,
        typer.Option("--class", min=1, help="A class of this size, from downloads to exports; in 01 and 02."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Grade a made-up class, from submissions to feedback.

    Makes eight submissions or more (right ones in different styles, mistakes, a torn file), grades them as
    `course grade` does, and prints the points each should get beside the points it got. Everything is
    written to the folder `demo/` of the course, which is made anew each time. Exit status 1 if any points
    differ. Needs no network.

    With `--class 300` it goes through an instructor's whole evening: 300 students hand in two lessons, one
    through Moodle, one through Canvas; their zip files are collected, graded, reported on and exported, and
    the numbers of each step are held against those of the step before.

    Example: `course demo --class 30`
    """
    checkout = CourseFolder(project_root())
    chosen = lesson or (["01", "02"] if students else ["01"])
    names = lesson_names(checkout.root) if every else [find_lesson(each, checkout.root) for each in chosen]

    from autograder.demo.sample_classes import make_folder, sample_class

    for name in names:
        sample_class(name)  # a lesson without one is named before anything else
    course = CourseFolder(checkout.root / "demo")
    make_folder(checkout, course)
    fits = (
        _large_class(checkout, names, students, course, as_json)
        if students
        else _sample_classes(checkout, names, course, as_json)
    )
    if not as_json:
        print(f"Gradebook: {course.gradebook}")
        print(f"Grade the written answers (menu Nbgrader, Formgrader): {_lab_command(checkout, course)}")
        if not fits:
            print("What is marked ✗ differs from what it should be.")
    if not fits:
        raise typer.Exit(1)


def _sample_classes(checkout: CourseFolder, names: list[str], course: CourseFolder, as_json: bool) -> bool:
    """Grade the sample class of each lesson; did everyone get what was expected?"""
    from autograder.demo.sample_classes import grade_class

    found: dict[str, list[tuple[Sample, Row]]] = {}
    for name in names:
        if not as_json:
            print(f"Making and grading a class for {name} in {course.root}", flush=True)
        with _counting() as show:
            found[name] = grade_class(checkout, name, course, show)
        if not as_json:
            _print(found[name])
            first = found[name][0][0].student
            page = course.feedback_page("STUDENT", name)
            print(f"Feedback for each student: {page} (start with {first})")
    if as_json:
        print_json(
            [
                {"lesson": name, "about": sample.about, "expected": sample.expected, "row": row}
                for name, results in found.items()
                for sample, row in results
            ]
        )
    elif len(names) > 1:
        print(f"{sum(map(len, found.values()))} submissions of {len(names)} lessons are graded.")
    return all(row.points == sample.expected for results in found.values() for sample, row in results)


def _large_class(
    checkout: CourseFolder, names: list[str], students: int, course: CourseFolder, as_json: bool
) -> bool:
    """Go through an instructor's evening; does everything add up?"""
    import sys

    from autograder.demo.large_class import run_large_class

    begun = time.monotonic()
    with _counting() as show:
        run = run_large_class(
            checkout, names, students, course, lambda told: print(told, file=sys.stderr), show
        )
    if as_json:
        print_json(run)
    else:
        _print_large_class(run)
        minutes = (time.monotonic() - begun) / 60
        print(f"{students} students, {len(names)} lessons, {minutes:.1f} minutes.")
        print(f"Feedback for each student: {course.feedback_page('STUDENT', 'LESSON')}")
    return all(step.agrees for step in run.steps)


@contextmanager
def _counting() -> "Iterator[Callable[[Row], None]]":
    """Show how many are graded, while they are."""
    from rich.console import Console

    with Console(stderr=True).status("reading the submissions") as status:
        done: list[str] = []

        def show(row: "Row") -> None:
            done.append(row.student)
            status.update(f"{len(done)} graded, last {row.student}")

        yield show


def _lab_command(checkout: CourseFolder, course: CourseFolder) -> str:
    """What to type, in the present folder, to open JupyterLab on a class."""
    if Path.cwd() == checkout.root and course.root.is_relative_to(checkout.root):
        return f"./course lab --class {shlex.quote(str(course.root.relative_to(checkout.root)))}"
    return f"{shlex.quote(str(checkout.root / 'course'))} lab --class {shlex.quote(str(course.root))}"


def _print_large_class(run: "LargeClassRun") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table("lesson", "what", box=box.SIMPLE)
    for title in ("expected", "found", ""):
        table.add_column(title, justify="right")
    for step in run.steps:
        mark = "✓" if step.agrees else "✗"
        table.add_row(step.lesson, step.what, f"{step.expected:,.12g}", f"{step.found:,.12g}", mark)
    Console().print(table)
    for what, path in run.files:
        print(f"{what}: {path}")


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
