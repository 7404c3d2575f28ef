"""Grading a class again and again: only what changed is graded, and what a person entered stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from quick_class import LESSON, RIGHT, enter_by_hand, gradebook, hand_in, make_course, scores

from autograder.course_folder import CourseFolder
from autograder.grading.class_run import Row, grade
from autograder.grading.recorder import exclusive_grading
from autograder.grading.worker_pool import WorkerPool
from autograder.keys import class_keys
from autograder.pages.feedback import WAITS
from course_lib.errors import CourseError

pytestmark = pytest.mark.slow
WRONG = RIGHT | {"preprocess": "def preprocess(images):\n    return images[..., None]"}


@pytest.fixture(scope="module")
def graded_course(tmp_path_factory: pytest.TempPathFactory, pool: WorkerPool) -> Path:
    """A class of three, graded once: ann is right, bob is wrong, and cyd's file is torn."""
    root = make_course(tmp_path_factory.mktemp("graded") / "course")
    hand_in(root, "ann", RIGHT)
    hand_in(root, "bob", WRONG)
    hand_in(root, "cyd", RIGHT).write_text("{")
    grade(LESSON, course=CourseFolder(root), pool=pool)
    return root


@pytest.fixture
def root(graded_course: Path, tmp_path: Path) -> Path:
    """A copy of that class for each test."""
    return Path(shutil.copytree(graded_course, tmp_path / "course"))


@pytest.fixture
def again(root: Path, pool: WorkerPool) -> Callable[..., dict[str, Row]]:
    """Grades once more; the rows by student."""
    return lambda **options: {
        row.student: row for row in grade(LESSON, course=CourseFolder(root), pool=pool, **options)
    }


def fresh(rows: dict[str, Row]) -> list[str]:
    return [student for student, row in rows.items() if row.fresh]


def contents(root: Path) -> dict[str, bytes]:
    """Everything that grading writes."""
    paths = [root / "gradebook.db", *root.glob("autograded/**/*"), *root.glob("feedback/**/*")]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths if path.is_file()}


def page(root: Path, student: str) -> Path:
    return root / f"feedback/{student}/{LESSON}/{LESSON}.html"


def waits(root: Path, student: str) -> bool:
    with gradebook(root) as book:
        return bool(book.find_grade("written_why", LESSON, LESSON, student).needs_manual_grade)


def test_a_rerun_grades_nobody_and_writes_nothing(root: Path, again: Callable[..., dict[str, Row]]) -> None:
    before = contents(root)
    rows = again()
    assert fresh(rows) == []
    assert {student: row.points for student, row in rows.items()} == {"ann": 9, "bob": 3, "cyd": 0}
    assert contents(root) == before


def test_a_rerun_starts_no_sandbox(root: Path, monkeypatch: pytest.MonkeyPatch, pool: WorkerPool) -> None:
    monkeypatch.setattr(pool, "require_working", lambda materials: pytest.fail("a trial run for nothing"))
    grade(LESSON, course=CourseFolder(root), pool=pool)


def test_a_changed_submission_is_graded_alone(root: Path, again: Callable[..., dict[str, Row]]) -> None:
    hand_in(root, "bob", RIGHT)
    rows = again()
    assert fresh(rows) == ["bob"]
    assert rows["bob"].points == 9


def test_a_file_beside_the_notebook_belongs_to_the_submission(
    root: Path, again: Callable[..., dict[str, Row]]
) -> None:
    (root / f"submitted/ann/{LESSON}/data.csv").write_text("1,2")
    assert fresh(again()) == ["ann"]


def test_all_are_graded_again_on_demand_with_equal_scores(
    root: Path, again: Callable[..., dict[str, Row]]
) -> None:
    before = scores(root)
    assert fresh(again(again=True)) == ["ann", "bob", "cyd"]
    assert scores(root) == before


def test_a_new_class_secret_asks_for_other_evidence(root: Path, again: Callable[..., dict[str, Row]]) -> None:
    before, course = scores(root), CourseFolder(root)
    class_keys.class_secret(course, new=True)
    assert fresh(again()) == ["ann", "bob", "cyd"]
    assert fresh(again()) == []
    assert scores(root) == before
    assert {path.stem for path in course.private_keys.iterdir()} == {"preprocess", "quiz_pixels"}


def test_a_changed_lesson_is_graded_anew(root: Path, again: Callable[..., dict[str, Row]]) -> None:
    for step in ("solutions", "notebooks"):
        path = root / step / LESSON / f"{LESSON}.ipynb"
        path.write_text(path.read_text().replace("import numpy as np", "import numpy as np  # as usual"))
    assert fresh(again()) == ["ann", "bob", "cyd"]


def test_a_class_that_moved_house_is_not_graded_again(root: Path, pool: WorkerPool) -> None:
    moved = root.rename(root.with_name("elsewhere"))
    assert not any(row.fresh for row in grade(LESSON, course=CourseFolder(moved), pool=pool))


@pytest.mark.parametrize("student", ["ann", "cyd"])
def test_a_lost_page_of_feedback_comes_back(
    root: Path, again: Callable[..., dict[str, Row]], student: str
) -> None:
    page(root, student).unlink()
    assert fresh(again()) == [student]
    assert LESSON in page(root, student).read_text()


def test_a_lost_autograded_notebook_comes_back(root: Path, again: Callable[..., dict[str, Row]]) -> None:
    shutil.rmtree(root / "autograded/bob")
    assert fresh(again()) == ["bob"]
    assert (root / f"autograded/bob/{LESSON}/{LESSON}.ipynb").is_file()


def test_a_lost_gradebook_comes_back(root: Path, again: Callable[..., dict[str, Row]]) -> None:
    before = scores(root)
    root.joinpath("gradebook.db").unlink()
    assert fresh(again()) == ["ann", "bob", "cyd"]
    assert scores(root) == before


def test_scores_that_something_else_changed_are_put_right(
    root: Path, again: Callable[..., dict[str, Row]]
) -> None:
    with gradebook(root) as book:
        book.find_grade("check_preprocess", LESSON, LESSON, "bob").auto_score = 495
        book.db.commit()
    rows = again()
    assert fresh(rows) == ["bob"]
    assert rows["bob"].points == 3


def test_what_a_person_entered_is_in_the_feedback_without_anything_run(
    root: Path, again: Callable[..., dict[str, Row]]
) -> None:
    executed = (root / f"autograded/ann/{LESSON}/{LESSON}.ipynb").read_bytes()
    assert WAITS in page(root, "ann").read_text()
    enter_by_hand(root, "ann", 2.5, "Say which numbers.")
    rows = again()
    assert WAITS not in page(root, "ann").read_text()
    assert fresh(rows) == []
    assert (rows["ann"].points, rows["ann"].waiting) == (11.5, 0)
    assert "Say which numbers." in page(root, "ann").read_text()
    assert "(Score: 11.5 / 13.0)" in page(root, "ann").read_text()
    assert (root / f"autograded/ann/{LESSON}/{LESSON}.ipynb").read_bytes() == executed
    shown = contents(root)
    again()
    assert contents(root) == shown


def test_what_a_person_entered_outlives_being_graded_again(
    root: Path, again: Callable[..., dict[str, Row]]
) -> None:
    enter_by_hand(root, "ann", 2.5, "Say which numbers.")
    before = scores(root)
    again(again=True)
    assert scores(root) == before
    assert "Say which numbers." in page(root, "ann").read_text()


def test_changed_code_leaves_a_graded_answer_graded(root: Path, again: Callable[..., dict[str, Row]]) -> None:
    enter_by_hand(root, "ann", 2.5, "Say which numbers.")
    hand_in(root, "ann", WRONG)
    rows = again()
    assert (rows["ann"].points, rows["ann"].waiting) == (5.5, 0)
    assert not waits(root, "ann")


def test_a_changed_answer_waits_for_a_person_again(root: Path, again: Callable[..., dict[str, Row]]) -> None:
    enter_by_hand(root, "ann", 2.5, "Say which numbers.")
    hand_in(root, "ann", RIGHT | {"written_why": "Because the gradients stay small."})
    rows = again()
    assert (rows["ann"].points, rows["ann"].waiting) == (11.5, 4), "the points stand until somebody looks"
    assert waits(root, "ann")
    again(again=True)
    assert waits(root, "ann")


def test_a_torn_file_takes_no_points_that_a_person_gave(
    root: Path, again: Callable[..., dict[str, Row]]
) -> None:
    enter_by_hand(root, "ann", 2.5, "Say which numbers.")
    hand_in(root, "ann", RIGHT).write_text("{")
    rows = again()
    assert (rows["ann"].points, rows["ann"].outcome, rows["ann"].waiting) == (2.5, "unreadable", 4)
    hand_in(root, "ann", RIGHT)
    assert again()["ann"].points == 11.5


def test_lateness_and_extensions_are_carried_into_the_gradebook(
    root: Path, again: Callable[..., dict[str, Row]]
) -> None:
    with root.joinpath("nbgrader_config.py").open("a") as settings:
        settings.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with gradebook(root) as book:
        book.update_or_create_assignment(LESSON, duedate="2026-03-01 12:00:00 UTC")
    for student in ("ann", "bob"):
        path = root / f"submitted/{student}/{LESSON}/timestamp.txt"
        path.write_text("2026-03-02 06:00:00 UTC\n")
    again()
    assert late(root, "ann") == ("2026-03-02 06:00:00", 9)
    assert late(root, "bob") == ("2026-03-02 06:00:00", 3)
    with gradebook(root) as book:
        book.grant_extension(LESSON, "ann", days=1)
    assert fresh(again()) == ["ann"]
    assert late(root, "ann") == ("2026-03-02 06:00:00", 0)
    assert fresh(again()) == []


def late(root: Path, student: str) -> tuple[str, float]:
    """When a student handed in, and the penalty for it."""
    with gradebook(root) as book:
        submission = book.find_submission(LESSON, student)
        return str(submission.timestamp), submission.late_submission_penalty or 0


def test_two_gradings_of_one_class_do_not_meet(root: Path, pool: WorkerPool) -> None:
    with (
        exclusive_grading(CourseFolder(root)),
        pytest.raises(CourseError, match=r"Another grading is at work here \(process \d+\)"),
    ):
        grade(LESSON, course=CourseFolder(root), pool=pool)
