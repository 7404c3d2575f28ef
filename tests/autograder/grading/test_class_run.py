"""A class in which nearly everything goes wrong: each submission gets its own row, and the others go on."""

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from authoring.building import build_lessons
from autograder.course_folder import CourseFolder
from autograder.grading.class_run import Row, grade
from autograder.grading.worker_pool import WorkerPool
from autograder.keys.lesson_solutions import KeyProblem
from autograder.notebooks.nbgrader_settings import last_cause
from autograder.sandbox import limits
from course_lib.errors import CourseError

LESSON = "01_small"
RIGHT = {
    "double": "def double(number):\n    return 2 * number",
    "square": "def square(number):\n    return number * number",
    "written_small": "Because twice is once and once again.",
}
Notebook = dict[str, Any]

pytestmark = pytest.mark.slow


def fill(notebook: Notebook, answers: dict[str, str]) -> None:
    for cell in notebook["cells"]:
        if cell["id"] in answers:
            cell["source"] = answers[cell["id"]]


def find(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def wrong_square(notebook: Notebook) -> None:
    fill(notebook, {"square": "def square(number):\n    return number"})


def without_test_cell(notebook: Notebook) -> None:
    notebook["cells"].remove(find(notebook, "check_double"))


def with_test_cell_twice(notebook: Notebook) -> None:
    notebook["cells"].append(find(notebook, "check_double") | {"id": "again"})


def without_any_metadata(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def with_written_cell_twice(notebook: Notebook) -> None:
    stub = "*Write your answer here, in place of this line.*"
    notebook["cells"].append(find(notebook, "written_small") | {"id": "again", "source": stub})


def with_tests_first(notebook: Notebook) -> None:
    cells = notebook["cells"]
    for name in ("check_square", "check_double"):
        cells.insert(1, cells.pop(cells.index(find(notebook, name))))


def without_kernel(notebook: Notebook) -> None:
    notebook["metadata"] = {}


def noisy(notebook: Notebook) -> None:
    find(notebook, "square")["source"] += "\nimport sys; print('careful', file=sys.stderr)"


def kills_its_kernel(notebook: Notebook) -> None:
    find(notebook, "square")["source"] += "\nimport os; os._exit(1)"


def hand_in(root: Path, student: str, change: Callable[[Notebook], None] = lambda notebook: None) -> Path:
    released = root / f"notebooks/{LESSON}/{LESSON}.ipynb"
    notebook = json.loads(released.read_text())
    fill(notebook, RIGHT)
    change(notebook)
    path = root / f"submitted/{student}/{LESSON}/{LESSON}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))
    return path


@pytest.fixture(scope="module")
def root(make_small_course: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_small_course(tmp_path_factory.mktemp("class") / "course")
    build_lessons(root)
    for student, change in {
        "right": lambda notebook: None,
        "wrong": wrong_square,
        "lost": without_test_cell,
        "twice": with_test_cell_twice,
        "stripped": without_any_metadata,
        "written-twice": with_written_cell_twice,
        "tests-first": with_tests_first,
        "a[b]": lambda notebook: None,
        "kernel-less": without_kernel,
        "noisy": noisy,
        "crash": kills_its_kernel,
    }.items():
        hand_in(root, student, change)
    path = hand_in(root, "marked")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    path = hand_in(root, "not-json")
    path.write_text(path.read_text()[:-100])
    hand_in(root, "not-a-notebook").write_text('{"cells": 3}')
    hand_in(root, "empty").unlink()
    path = hand_in(root, "misnamed")
    path.rename(path.with_name("homework.ipynb"))
    path = hand_in(root, "linked")
    path.rename(path.with_name("real"))
    path.symlink_to(path.with_name("real"))
    return root


@pytest.fixture(scope="module")
def rows(root: Path, pool: WorkerPool) -> dict[str, Row]:
    return {row.student: row for row in grade(LESSON, course=CourseFolder(root), pool=pool)}


@pytest.mark.parametrize(
    ("student", "points", "outcome", "message"),
    [
        ("right", 5, "graded", ""),
        ("wrong", 3, "graded", ""),
        ("lost", 5, "graded", "lost test cells, put back and graded: check_double"),
        ("twice", 5, "graded", "graded cells pasted twice, the last one counts: check_double"),
        ("stripped", 5, "graded", "lost test cells, put back and graded: check_double, check_square"),
        ("stripped", 5, "graded", "lost written cells, put back empty: written_small"),
        ("written-twice", 5, "graded", "the last one counts: written_small"),
        ("tests-first", 5, "graded", "above their exercise, put back: check_double, check_square"),
        ("a[b]", 0, "unreadable", "rename a[b]"),
        ("marked", 0, "unreadable", "begins with a byte-order mark"),
        ("kernel-less", 5, "graded", "names no kernel"),
        ("noisy", 5, "graded", "prints to stderr in cell 5"),
        ("crash", 3, "graded", "crash in cell square"),
        ("not-json", 0, "unreadable", "no valid JSON at line 1"),
        ("not-a-notebook", 0, "unreadable", "not a notebook"),
        ("empty", 0, "missing", "no 01_small.ipynb; the folder holds no notebook"),
        ("misnamed", 0, "missing", "found homework.ipynb: rename it"),
        ("linked", 0, "unreadable", "holds a link"),
    ],
)
def test_each_submission_has_its_own_row(
    rows: dict[str, Row], student: str, points: float, outcome: str, message: str
) -> None:
    row = rows[student]
    assert (row.points, row.maximum, row.outcome) == (points, 8, outcome)
    assert message in row.message
    assert row.message or not message


def test_only_answered_questions_wait_for_a_person(rows: dict[str, Row]) -> None:
    assert rows["right"].waiting == 3
    assert rows["stripped"].waiting == 3, "the answer is there, in a cell that lost its marks"
    assert rows["written-twice"].waiting == 3
    assert rows["not-json"].waiting == 0


def test_everyone_has_a_page_of_feedback(root: Path, rows: dict[str, Row]) -> None:
    for student in rows:
        assert LESSON in root.joinpath(f"feedback/{student}/{LESSON}/{LESSON}.html").read_text()


def test_grading_leaves_the_released_notebooks_and_hides_the_sources(
    root: Path, rows: dict[str, Row]
) -> None:
    assert build_lessons(root, check=True) == []
    assert not list(root.glob("autograded/**/*.py"))


def test_a_later_submission_is_graded_anew(root: Path, rows: dict[str, Row], pool: WorkerPool) -> None:
    hand_in(root, "right", wrong_square)
    (row,) = grade(LESSON, ["right"], course=CourseFolder(root), pool=pool)
    assert row.points == 3


@pytest.mark.slow
def test_trusted_submissions_run_in_ordinary_kernels(small_course: Path) -> None:
    build_lessons(small_course)
    hand_in(small_course, "noisy", noisy)
    hand_in(small_course, "crash", kills_its_kernel)
    crash, right = grade(LESSON, course=CourseFolder(small_course), trust=True)
    assert (right.points, right.outcome) == (5, "graded")
    assert (crash.points, crash.outcome) == (0, "crashed")


def test_an_unknown_student_is_answered_with_the_nearest(root: Path) -> None:
    with pytest.raises(CourseError, match="did you mean noisy"):
        grade(LESSON, ["nosiy"], course=CourseFolder(root))


def test_a_class_without_submissions_is_told_where_they_belong(small_course: Path) -> None:
    with pytest.raises(CourseError, match=f"submitted/STUDENT/{LESSON}/{LESSON}.ipynb"):
        grade(LESSON, course=CourseFolder(small_course))


def test_a_misspelt_exercise_among_the_limits_is_named_before_anybody_is_graded(
    small_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_lessons(small_course)
    hand_in(small_course, "ann")
    monkeypatch.setitem(limits.EXERCISES, "descibe", {"cell_seconds": 60.0})
    with pytest.raises(CourseError, match=r"no exercise called 'descibe'(?s:.*)did you mean 'describe'"):
        grade(LESSON, course=CourseFolder(small_course))
    assert not small_course.joinpath("gradebook.db").exists()


def test_a_lesson_that_changed_under_graded_submissions_says_so(small_course: Path, pool: WorkerPool) -> None:
    build_lessons(small_course)
    hand_in(small_course, "ann").write_text("{")
    grade(LESSON, course=CourseFolder(small_course), pool=pool)
    source = small_course / f"solutions/{LESSON}/{LESSON}.py"
    source.write_text(source.read_text().replace("square", "cube"))
    build_lessons(small_course)
    with pytest.raises(CourseError, match="Cannot add or remove cells"):
        grade(LESSON, course=CourseFolder(small_course), pool=pool)


def test_a_disk_that_cannot_be_written_stops_before_any_grading(small_course: Path) -> None:
    build_lessons(small_course)
    hand_in(small_course, "ann")
    small_course.joinpath("gradebook.db").mkdir()
    with pytest.raises(OSError, match=r"gradebook\.db"):
        grade(LESSON, course=CourseFolder(small_course))


def test_a_fault_of_ours_shows_nothing_of_an_earlier_hand_in(
    root: Path, rows: dict[str, Row], pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = root / f"feedback/twice/{LESSON}/{LESSON}.html"
    assert RIGHT["written_small"] in page.read_text()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("autograder.grading.recorder.Recorder._enter", full)
    (row,) = grade(LESSON, ["twice"], course=CourseFolder(root), pool=pool, again=True)
    assert (row.outcome, row.points, row.waiting) == ("our fault", 0, 0)
    assert "disk is full" in row.message
    assert "has not been graded yet" in page.read_text()
    assert RIGHT["written_small"] not in page.read_text()


def test_a_disk_too_full_for_answer_keys_is_said_to_be_full(
    small_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_lessons(small_course)
    hand_in(small_course, "ann")
    settings = small_course / "nbgrader_config.py"
    settings.write_text(
        settings.read_text()
        + "\nc.Autograde.autograde_preprocessors.append('autograder.grading.nbgrader_steps.Judge')\n"
    )

    def full(course: CourseFolder, wanted: list[str]) -> None:
        assert wanted == ["double", "square"]
        raise KeyProblem("Keys could not be made: OSError: [Errno 28] No space left on device")

    monkeypatch.setattr("autograder.keys.class_keys.private_keys", full)
    with pytest.raises(OSError, match="answer keys") as caught:
        grade(LESSON, course=CourseFolder(small_course))
    assert caught.value.errno == errno.ENOSPC


def test_when_the_lesson_itself_does_not_run_nobody_is_graded(small_course: Path, pool: WorkerPool) -> None:
    source = small_course / f"solutions/{LESSON}/{LESSON}.py"
    source.write_text(source.read_text().replace("# %%\ndef check", "# %%\nimport gone_from_here\ndef check"))
    build_lessons(small_course)
    hand_in(small_course, "ann")
    with pytest.raises(CourseError, match=r"gone_from_here(?s:.*)nobody was graded"):
        grade(LESSON, course=CourseFolder(small_course), pool=pool)
    assert not small_course.joinpath("feedback").exists()


@pytest.mark.parametrize(
    ("logged", "cause"),
    [
        (["first", "last of all"], "last of all"),
        (["Traceback (most recent):\n  File x\nValueError: no", "Removing"], "ValueError: no"),
        (["Traceback\n  y\na.b.Broken: It broke.\n  do: mend it"], "a.b.Broken: It broke. do: mend it"),
        (["Traceback\nsql.Error: locked\n[SQL: x]\n(Background on this)"], "sql.Error: locked"),
    ],
)
def test_what_went_wrong_inside_nbgrader_is_one_line(logged: list[str], cause: str) -> None:
    assert last_cause(logged) == cause
