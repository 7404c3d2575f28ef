"""`kill -9` at random moments: nothing is lost, nothing doubled, nothing left behind.

COURSE_KILLS=50 in the environment tries fifty moments instead of a few.
"""

from __future__ import annotations

import functools
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

from autograder.course_folder import CourseFolder
from autograder.grading.class_run import grade
from autograder.grading.worker_pool import WorkerPool

pytestmark = pytest.mark.slow
STUDENTS = 24
MOMENTS = int(os.environ.get("COURSE_KILLS", "10"))
PROGRAM = Path(__file__).with_name("quick_class.py")


@pytest.fixture(scope="module")
def half_graded(tmp_path_factory: pytest.TempPathFactory, pool: WorkerPool) -> Path:
    """A class of which six were graded and three of them got points by hand; then two of those changed."""
    root = make_course(tmp_path_factory.mktemp("class") / "course")
    hand_in_all(root, 6)
    grade(LESSON, course=CourseFolder(root), pool=pool)
    for student, points in (("s000", 3.0), ("s001", 1.5), ("s003", 0.0)):
        enter_by_hand(root, student, points, f"seen by a person: {points}")
    hand_in_all(root, STUDENTS)
    hand_in(root, "s000", RIGHT | {"written_why": "Another answer than before."})
    hand_in(root, "s001", RIGHT)
    return root


@pytest.fixture(scope="module")
def undisturbed(half_graded: Path, tmp_path_factory: pytest.TempPathFactory, pool: WorkerPool) -> str:
    """The scores of a run that nothing happens to."""
    root = Path(shutil.copytree(half_graded, tmp_path_factory.mktemp("undisturbed") / "course"))
    grade(LESSON, course=CourseFolder(root), pool=pool)
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


def has_recorded(run: subprocess.Popen[str], root: Path, count: int) -> bool:
    """Are so many submissions recorded, or is the run over?"""
    return run.poll() is not None or recorded(root) >= count


def recorded(root: Path) -> int:
    """How many submissions were recorded since the class was half graded, roughly."""
    return len(list(root.glob(".course/graded/*/*.json"))) - 6


@pytest.mark.parametrize("number", range(-(-MOMENTS // len(KINDS))))
def test_whatever_is_killed_every_row_comes_out_right(
    half_graded: Path, undisturbed: str, tmp_path: Path, number: int
) -> None:
    chance = random.Random(number)
    root = Path(shutil.copytree(half_graded, tmp_path / "course"))
    before = leavings()
    # One kill of each kind. Most come while submissions are recorded, some before the first is.
    counts = sorted(chance.randrange(STUDENTS - 6) for _ in KINDS)
    run = start(root)
    for kind, count in zip(chance.sample(KINDS, len(KINDS)), counts, strict=True):
        wait_until(functools.partial(has_recorded, run, root, count))
        time.sleep(chance.uniform(0, 0.5 if count else 15))
        print(f"{kind} at {recorded(root)} of {STUDENTS - 6}")
        victims = of_kind(kind, run.pid)
        kill(victims if kind == "all" else victims[:1] if kind == "main" else sample(chance, victims))
        if kind in ("main", "all"):
            run.communicate(timeout=300)
            run = start(root)  # at once, while the last processes of the other still end
    printed, complaints = run.communicate(timeout=600)
    assert run.returncode == 0, complaints
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
