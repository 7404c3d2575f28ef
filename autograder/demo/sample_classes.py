"""Makes classes of sample submissions in a folder of their own and grades them."""

import importlib
import importlib.util
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from autograder.course_folder import CourseFolder
from autograder.demo.sample import Sample
from autograder.grading.class_run import Row, grade
from autograder.keys.class_keys import share_public_secret
from autograder.sandbox import confinement
from course_lib.errors import CourseError
from course_lib.notebook_cells import grade_id, is_solution, read_notebook

SAMPLES = "autograder.lessons.lesson_{}.sample_class"
MARKER = ".made-by-course-demo"


def sample_class(lesson: str) -> tuple[Sample, ...]:
    """The made-up class of a lesson. Raises CourseError when nobody has written one."""
    module = SAMPLES.format(lesson[:2])
    if importlib.util.find_spec(module) is None:
        raise CourseError(
            f"There is no sample class for {lesson}.",
            where=f"{module.replace('.', '/')}.py",
            fix="take lesson 01, or write that file",
        )
    members: tuple[Sample, ...] = importlib.import_module(module).CLASS
    return members


def odd_answers(lesson: str) -> tuple[Mapping[str, str], ...]:
    """Answers to a lesson with mistakes that nobody has a name for, each a Sample's `answers`."""
    return tuple(getattr(importlib.import_module(SAMPLES.format(lesson[:2])), "ODD", ()))


def make_folder(checkout: CourseFolder, course: CourseFolder) -> None:
    """An empty class in place of an earlier one, with the public secret of made-up classes.

    Raises CourseError rather than remove a folder that it did not make.
    """
    marker = course.root / MARKER
    if course.root.exists():
        if not marker.is_file():
            raise CourseError(
                f"{course.root} exists and was not made by `course demo`.",
                fix="move it away, then run this again",
            )
        shutil.rmtree(course.root)
    course.root.mkdir(parents=True)
    marker.write_text("This folder is removed and made again by `course demo`.\n")
    shutil.copy(checkout.settings, course.settings)
    share_public_secret(course)


def put_lesson(checkout: CourseFolder, lesson: str, course: CourseFolder) -> Path:
    """Put `lesson` into a made-up class; its released notebook."""
    released = checkout.released_notebook(lesson)
    if not released.is_file():
        raise CourseError("The student notebook is missing.", where=str(released), fix="run `course build`")
    for folder in (CourseFolder.solution, CourseFolder.released):
        no_sources = shutil.ignore_patterns("*.py")
        shutil.copytree(folder(checkout, lesson), folder(course, lesson), ignore=no_sources)
    return released


def add_class(checkout: CourseFolder, lesson: str, course: CourseFolder, members: tuple[Sample, ...]) -> None:
    """Put `lesson` into a made-up class, with one submission per member."""
    released = put_lesson(checkout, lesson, course)
    for member in members:
        path = course.submitted_notebook(member.student, lesson)
        path.parent.mkdir(parents=True)
        text = filled(released, member)
        path.write_text(text[: len(text) // 2] if member.torn else text, encoding="utf-8")


def filled(released: Path, member: Sample) -> str:
    """The released notebook with a member's answers in it, as the text of its file."""
    notebook = read_notebook(released)
    open_cells = {grade_id(cell): cell for cell in notebook["cells"] if is_solution(cell)}
    if unknown := set(member.answers) - set(open_cells):
        raise CourseError(
            f"The sample class answers cells that the lesson does not have: {', '.join(sorted(unknown))}.",
            where=str(released),
            fix="give autograder/lessons/lesson_NN/sample_class.py the lesson's own grade_ids",
        )
    for name, text in member.answers.items():
        open_cells[name]["source"] = text.rstrip("\n")
    return json.dumps(notebook, indent=1, ensure_ascii=False)


def grade_class(
    checkout: CourseFolder,
    lesson: str,
    course: CourseFolder,
    on_row: Callable[[Row], None] = lambda row: None,
) -> list[tuple[Sample, Row]]:
    """Put the sample class of `lesson` into a made-up one and grade it; each member with the row it got."""
    members = sample_class(lesson)
    add_class(checkout, lesson, course, members)
    # The sample class is the course's own work, so it may run where no sandbox can be had.
    trust = bool(confinement.missing(confinement.probe()))
    graded = grade(lesson, course=course, on_row=on_row, trust=trust)
    rows = {row.student: row for row in graded}
    return [(member, rows[member.student]) for member in members]
