"""A whole course in a temporary folder: one lesson of two exercises and a written answer, no TensorFlow."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.paths import project_root

LESSON = "01_small"
SOURCE = Path(__file__).with_name("small_lesson.txt").read_text()


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """A course folder of its own for each test."""
    return _make_small_course(tmp_path / "course")


@pytest.fixture(scope="session")
def make_small_course() -> Callable[[Path], Path]:
    """Makes a small course in the folder it is given, for tests that share one."""
    return _make_small_course


def _make_small_course(root: Path) -> Path:
    """The course's own settings without its judge, which knows nothing of this lesson's exercises."""
    source = root / "solutions" / LESSON / f"{LESSON}.py"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE)
    source.with_name("figure.png").write_bytes(b"\x89PNG, for all that nbgrader knows")
    shutil.copy(project_root() / "nbgrader_config.py", root)
    with root.joinpath("nbgrader_config.py").open("a") as settings:
        settings.write(
            "\nfor step in ('RequestEvidence', 'Judge'):\n"
            "    c.Autograde.autograde_preprocessors.remove(f'autograder.grading.nbgrader_steps.{step}')\n"
        )
    return root


@pytest.fixture
def source(small_course: Path) -> Path:
    """The lesson source of the small course."""
    return small_course / "solutions" / LESSON / f"{LESSON}.py"
