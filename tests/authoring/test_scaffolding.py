"""A scaffolded exercise works at once, and nothing that exists is overwritten."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from authoring.scaffolding import new_exercise
from course_lib.errors import CourseError
from course_lib.paths import project_root

LESSON = "01_channel_attention"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what an exercise lives in."""
    for folder in ("course_lib", "autograder", "authoring", "solutions"):
        shutil.copytree(project_root() / folder, tmp_path / folder)
    shutil.copy(project_root() / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.slow
def test_a_new_exercise_works_at_once(copy: Path) -> None:
    new_exercise("channel_shuffle", LESSON, copy)
    look = (
        "from authoring.check_the_checks import check_exercise\n"
        "from course_lib.checks.exercise import find_exercise\n"
        "row = check_exercise(find_exercise('channel_shuffle'))\n"
        "assert not row.misses, row.misses\n"
        "assert str(row.rejected) == str(row.named) == '1/1'\n"
        "assert str(row.accepted) == '3/3'\n"  # one right style, and the solution in two coding styles
    )
    done = subprocess.run(
        [sys.executable, "-c", look],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    lint = subprocess.run([sys.executable, "-m", "ruff", "check", "course_lib", "autograder"], cwd=copy)
    assert lint.returncode == 0


def test_a_taken_id_is_refused_and_nothing_is_written(copy: Path) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*.py")}
    with pytest.raises(CourseError, match="'squeeze' is taken"):
        new_exercise("squeeze", LESSON, copy)
    with pytest.raises(CourseError, match="cannot be the id"):
        new_exercise("Channel Shuffle", LESSON, copy)
    assert before == {path: path.read_bytes() for path in copy.rglob("*.py")}
