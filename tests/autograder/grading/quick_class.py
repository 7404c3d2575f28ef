"""A class that hands in a short lesson, for tests of how a class is graded.

Run as a program it grades: `python quick_class.py ROOT WORKERS`.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Gradebook

from authoring.building import build_lessons
from autograder.course_folder import CourseFolder
from autograder.grading.class_run import grade
from autograder.keys.class_keys import share_public_secret
from course_lib.paths import project_root

LESSON = "00_quick"
RIGHT = {
    "preprocess": "def preprocess(images):\n    return images[..., None].astype(np.float32) / 255",
    "quiz_pixels": "quiz_pixels = 47_040_000",
    "written_why": "Small numbers train better.",
}
# One after another, over and over: right, a known mistake, an error, an ended kernel, nothing done, right.
ANSWERS: tuple[dict[str, str], ...] = (
    RIGHT,
    RIGHT | {"preprocess": "def preprocess(images):\n    return images.astype(np.float32) / 255"},
    RIGHT | {"preprocess": "def preprocess(images):\n    return imags"},
    RIGHT | {"quiz_pixels": "import os\nos._exit(1)"},
    {},
    RIGHT | {"written_why": ""},
)


def make_course(root: Path) -> Path:
    """A course of that lesson alone."""
    source = root / "solutions" / LESSON / f"{LESSON}.py"
    source.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("quick_lesson.txt"), source)
    shutil.copy(project_root() / "nbgrader_config.py", root)
    share_public_secret(CourseFolder(root))
    build_lessons(root)
    return root


def hand_in(root: Path, student: str, answers: dict[str, str]) -> Path:
    """Hand a notebook in; what `answers` does not name is left as it was released."""
    notebook = json.loads((root / f"notebooks/{LESSON}/{LESSON}.ipynb").read_text())
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    path = root / f"submitted/{student}/{LESSON}/{LESSON}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))
    return path


def hand_in_all(root: Path, number: int) -> None:
    """A class of that size, every answer in it once in a while, and a torn file."""
    for student in range(number):
        path = hand_in(root, f"s{student:03}", ANSWERS[student % len(ANSWERS)])
        if student % 11 == 10:
            path.write_text(path.read_text()[:-50])


@contextlib.contextmanager
def gradebook(root: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "attention") as opened:
        yield opened


def enter_by_hand(root: Path, student: str, points: float, comment: str) -> None:
    """Grade a written answer as the formgrader does."""
    with gradebook(root) as book:
        grade = book.find_grade("written_why", LESSON, LESSON, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment("written_why", LESSON, LESSON, student).manual_comment = comment
        book.db.commit()


def scores(root: Path) -> str:
    """What the gradebook says of everybody, as text: one line for each student and graded cell."""
    query = """
        SELECT submitted_assignment.student_id, grade_cell_name.name, grade.auto_score, grade.manual_score,
            grade.needs_manual_grade
        FROM grade
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        JOIN base_cell AS grade_cell_name ON grade_cell_name.id = grade.cell_id
        ORDER BY 1, 2
    """
    with contextlib.closing(sqlite3.connect(root / "gradebook.db")) as database:
        return "\n".join(map(str, database.execute(query)))


def main() -> None:
    """Grade the class in the folder that is the first argument and print how many rows there are."""
    rows = grade(LESSON, course=CourseFolder(Path(sys.argv[1])), workers=int(sys.argv[2]))
    print(json.dumps({row.student: row.outcome for row in rows}))


if __name__ == "__main__":
    main()
