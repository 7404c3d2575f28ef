"""The lessons as they lie in the repository: up to date, runnable, gradable, and without their answers."""

import json
import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path

import nbformat
import pytest

from authoring.building import build_lessons
from authoring.notebook_run import execute_notebook
from autograder.course_folder import CourseFolder
from autograder.demo.sample_classes import grade_class, make_folder
from autograder.keys import class_keys, lesson_solutions
from autograder.keys.freshness import build_public_keys
from course_lib.checks.answer_key import public_key
from course_lib.lessons import lesson_names
from course_lib.paths import project_root

ROOT = project_root()
LESSONS = lesson_names(ROOT)


def test_generated_notebooks_are_up_to_date() -> None:
    assert build_lessons(ROOT, check=True) == []


def test_public_answer_keys_are_up_to_date() -> None:
    assert build_public_keys(check=True) == {}


def lines(lesson: str) -> tuple[list[str], str]:
    """The lines of a lesson's solution regions, and all the rest of its source."""
    solution: list[str] = []
    visible: list[str] = []
    inside = False
    for line in ROOT.joinpath(f"solutions/{lesson}/{lesson}.py").read_text().splitlines():
        if "BEGIN SOLUTION" in line or "END SOLUTION" in line:
            inside = "BEGIN SOLUTION" in line
        else:
            (solution if inside else visible).append(line.lstrip("# ").strip())
    return solution, "\n".join(visible)


def test_no_text_of_a_solution_is_released() -> None:
    released = "\n".join(
        "".join(cell["source"]) + json.dumps(cell.get("outputs", []))
        for path in ROOT.glob("notebooks/*/*.ipynb")
        for cell in json.loads(path.read_text())["cells"]
    )
    parts = [lines(lesson) for lesson in LESSONS]
    visible = "\n".join(shown for _, shown in parts)
    telling = {line for solution, _ in parts for line in solution if len(line) > 12 and line not in visible}
    assert len(telling) > 5 * len(LESSONS)
    assert [line for line in sorted(telling) if line in released] == []


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_solution_notebook_runs_in_the_smoke_profile(lesson: str, tmp_path: Path) -> None:
    notebook = nbformat.read(ROOT / f"solutions/{lesson}/{lesson}.ipynb", as_version=4)
    assert execute_notebook(notebook, tmp_path, {"COURSE_PROFILE": "smoke", "COURSE_OFFLINE": "1"}) == ""


def validate(path: Path) -> str:
    """What `nbgrader validate`, the Validate button's other face, says about a notebook."""
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", "validate", str(path)],
        cwd=ROOT,
        env=os.environ | {"COURSE_PROFILE": "smoke", "COURSE_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.slow
def test_validate_passes_a_solution_notebook() -> None:
    """One is enough: that the cells of every lesson run is shown above."""
    lesson = LESSONS[0]
    assert "Success" in validate(ROOT / f"solutions/{lesson}/{lesson}.ipynb")


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_validate_names_the_first_unfilled_exercise_of_a_released_notebook(lesson: str) -> None:
    path = ROOT / f"notebooks/{lesson}/{lesson}.ipynb"
    marks = [cell.metadata.get("nbgrader", {}) for cell in nbformat.read(path, as_version=4).cells]
    first = next(mark["grade_id"] for mark in marks if mark.get("solution"))
    said = validate(path)
    assert "VALIDATION FAILED" in said
    first_error = said.split("The error was:")[1].lower()
    assert f"{first}: not filled in yet" in first_error


@pytest.mark.slow
def test_a_class_is_graded_from_submission_to_feedback(tmp_path: Path) -> None:
    (lesson,) = (name for name in LESSONS if name.startswith("01_"))
    checkout, course = CourseFolder(ROOT), CourseFolder(tmp_path / "demo")
    make_folder(checkout, course)
    results = grade_class(checkout, lesson, course)
    assert {sample.student: sample.expected for sample, _ in results} == {
        row.student: row.points for _, row in results
    }
    for sample, row in results:
        page = course.feedback_page(sample.student, lesson).read_text()
        assert lesson in page
        assert row.outcome == ("unreadable" if sample.torn else "graded")
        mistaken = sample.expected < max(other.expected for other, _ in results) and not sample.torn
        assert bool(row.misconceptions) == mistaken
        # The card sets names between backticks as code.
        assert all(escape(part) in page for headline in row.misconceptions for part in headline.split("`"))


@pytest.mark.slow
@pytest.mark.parametrize("lesson", [lesson for lesson in LESSONS if not lesson.startswith("01_")])
def test_every_sample_class_gets_what_it_should(lesson: str, tmp_path: Path) -> None:
    """By the public keys, which are there already; the class above is graded by those of made-up classes."""
    checkout, course = CourseFolder(ROOT), CourseFolder(tmp_path / "demo")
    make_folder(checkout, course)
    exercises = lesson_solutions.read(lesson).answers
    with class_keys.using_keys({exercise: public_key(exercise) for exercise in exercises}):
        results = grade_class(checkout, lesson, course)
    expected = {sample.student: sample.expected for sample, _ in results}
    assert expected == {row.student: row.points for _, row in results}
    assert len(expected) >= 8


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_quiz_is_answered_in_its_own_notebook(lesson: str) -> None:
    """Numbers large enough to tell; small ones such as 3 stand in any text."""
    source = lesson_solutions.read(lesson)
    quizzes = [exercise for exercise in source.answers if exercise.startswith("quiz_")]
    cells = nbformat.read(ROOT / f"notebooks/{lesson}/{lesson}.ipynb", as_version=4).cells
    text = "\n".join(cell.source for cell in cells).replace(",", "")
    text = re.sub(r"session\.pick\([^)]*\)", "", text)  # sizes of the profiles say nothing about a quiz
    numbers = [lesson_solutions.answer(source, quiz) for quiz in quizzes]
    told = [n for n in numbers if n > 50 and re.search(rf"(?<![\w.]){n:.12g}(?![\w.]\w|\w)", text)]
    assert quizzes and not told
