"""`kill -9` at random moments: nothing is lost, nothing doubled, nothing left behind.

COURSE_KILLS=50 in the environment tries fifty moments instead of a few.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from processes import KINDS, kill, leavings, marked, of_kind, wait_until
from quick_class import LESSON, RIGHT, enter_by_hand, hand_in, hand_in_all, make_course, scores

from autograder.classroom import grade
from autograder.grading.workbench import Workbench

pytestmark = pytest.mark.slow
STUDENTS = 24
MOMENTS = int(os.environ.get("COURSE_KILLS", "5"))
PROGRAM = Path(__file__).with_name("quick_class.py")


@pytest.fixture(scope="module")
def half_graded(tmp_path_factory: pytest.TempPathFactory, bench: Workbench) -> Path:
    """A class of which six were graded and three of them got points by hand; then two of those changed."""
    root = make_course(tmp_path_factory.mktemp("class") / "course")
    hand_in_all(root, 6)
    grade(LESSON, root=root, bench=bench)
    for student, points in (("s000", 3.0), ("s001", 1.5), ("s003", 0.0)):
        enter_by_hand(root, student, points, f"seen by a person: {points}")
    hand_in_all(root, STUDENTS)
    hand_in(root, "s000", RIGHT | {"written_why": "Another answer than before."})
    hand_in(root, "s001", RIGHT)
    return root


@pytest.fixture(scope="module")
def undisturbed(half_graded: Path, tmp_path_factory: pytest.TempPathFactory, bench: Workbench) -> str:
    """The scores of a run that nothing happens to."""
    root = Path(shutil.copytree(half_graded, tmp_path_factory.mktemp("undisturbed") / "course"))
    grade(LESSON, root=root, bench=bench)
    return scores(root)


def start(root: Path) -> subprocess.Popen[str]:
    """Grade with two workers; all processes are marked, and have a temporary folder of their own."""
    temporary = root.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, PROGRAM, root, "2"],
        env=os.environ | {"TMPDIR": str(temporary), "KILL_TEST": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def recorded(root: Path) -> int:
    """How many submissions were recorded since the class was half graded, roughly."""
    return len(list(root.glob(".course/graded/*/*.json"))) - 6


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_whatever_is_killed_every_row_comes_out_right(
    half_graded: Path, undisturbed: str, tmp_path: Path, moment: int
) -> None:
    chance = random.Random(moment)
    kind = KINDS[moment % len(KINDS)]
    root = Path(shutil.copytree(half_graded, tmp_path / "course"))
    before = leavings()
    with start(root) as run:
        # A few moments before anything is recorded; most while submissions are graded.
        number = chance.randrange(STUDENTS - 6) if chance.random() < 0.8 else 0
        wait_until(lambda: run.poll() is not None or recorded(root) >= number)
        if number == 0:
            time.sleep(chance.uniform(0, 12))
        else:
            wait_until(lambda: run.poll() is not None or bool(of_kind(kind, run.pid)))
            time.sleep(chance.uniform(0, 0.5))
        victims = of_kind(kind, run.pid)
        kill(victims if kind == "all" else victims[:1] if kind == "main" else sample(chance, victims))
        printed, complaints = run.communicate(timeout=300)
    if kind not in ("main", "all"):
        assert run.returncode == 0, complaints
    else:
        with start(root) as again:  # at once, while the last processes of the first one still end
            printed, complaints = again.communicate(timeout=300)
        assert again.returncode == 0, complaints
    outcomes = json.loads(printed)
    assert len(outcomes) == STUDENTS
    assert set(outcomes.values()) == {"graded", "unreadable"}
    assert scores(root) == undisturbed
    for student, outcome in outcomes.items():
        assert (root / f"feedback/{student}/{LESSON}/{LESSON}.html").is_file()
        executed = root / f"autograded/{student}/{LESSON}/{LESSON}.ipynb"
        assert executed.is_file() == (outcome == "graded")
    assert not (root / ".course/scratch").exists()
    assert wait_until(lambda: not marked(str(root))), marked(str(root))
    assert leavings() - before == set()
    assert list((tmp_path / "temporary").iterdir()) == []


def sample(chance: random.Random, victims: list[psutil.Process]) -> list[psutil.Process]:
    return [chance.choice(victims)] if victims else []
