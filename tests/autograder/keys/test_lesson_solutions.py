"""The exercises of a lesson, as its source has them."""

from pathlib import Path

import pytest

from autograder.keys import lesson_solutions
from autograder.keys.lesson_solutions import KeyProblem, Lesson, edit, read, uses

SOURCE = """\
# %% [markdown]
# import nothing

# %%
import keras
from course_lib import check

x = 1

# %% nbgrader={"grade_id": "twice", "solution": true}
def twice(x):
    return x + x

# %% nbgrader={"grade_id": "check_twice", "grade": true, "solution": false}
check("twice", twice)

# %% nbgrader={"grade_id": "quiz_sum", "solution": true}
quiz_sum_answer = twice(2)

# %% nbgrader={"grade_id": "check_quiz_sum", "grade": true, "solution": false}
check("quiz_sum", quiz_sum_answer)
"""


def write(root: Path, lesson: str, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "solutions" / lesson / f"{lesson}.py"
    path.parent.mkdir(parents=True)
    path.write_text(source)
    monkeypatch.setattr(lesson_solutions, "project_root", lambda: root)


def test_a_lesson_has_imports_solutions_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "70_small", SOURCE, monkeypatch)
    lesson = read("70_small")
    assert lesson == Lesson(
        "70_small",
        "import keras\nfrom course_lib import check",
        {"twice": "def twice(x):\n    return x + x", "quiz_sum": "quiz_sum_answer = twice(2)"},
        {"twice": "twice", "quiz_sum": "quiz_sum_answer"},
    )
    assert uses(lesson, "quiz_sum", "twice")
    assert not uses(lesson, "twice", "quiz_sum")
    assert edit(lesson, "twice", (("x + x", "x"),), "once") == "def twice(x):\n    return x"


def test_a_probe_hands_in_its_own_in_place_of_a_default() -> None:
    lesson = Lesson("70_small", "", {"a": "def a(x, f=b):\n    return f(x)"}, {})
    assert not uses(lesson, "a", "b")


def test_a_test_cell_that_checks_nothing_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "71_odd", SOURCE.replace('check("twice", twice)', "print(twice)"), monkeypatch)
    with pytest.raises(KeyProblem, match=r"this is 'print\(twice\)'(.|\n)*71_odd\.py:14"):
        read("71_odd")


def test_a_lesson_without_a_source_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson_solutions, "project_root", lambda: tmp_path)
    with pytest.raises(KeyProblem, match="Lesson 72_none has no source"):
        read("72_none")
