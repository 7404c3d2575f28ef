"""A course of one short lesson on the course's own exercises, to hand attacks in to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from short_course import CHANNEL_ATTENTION, LESSON, SQUEEZE, lesson_source, solution, test_cell

from authoring.building import build_lessons
from autograder.course_folder import CourseFolder
from autograder.grading.class_run import Row, grade
from autograder.grading.worker_pool import WorkerPool
from autograder.keys.class_keys import share_public_secret
from course_lib.paths import project_root


@pytest.fixture(scope="session")
def make_course(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes a course folder around a lesson source and builds it."""

    def make(source: str) -> Path:
        root = tmp_path_factory.mktemp("course")
        path = root / "solutions" / LESSON / f"{LESSON}.py"
        path.parent.mkdir(parents=True)
        path.write_text(source)
        shutil.copy(project_root() / "nbgrader_config.py", root)
        share_public_secret(CourseFolder(root))
        build_lessons(root, check=False)
        return root

    return make


@pytest.fixture(scope="session")
def keras_course(make_course: Callable[[str], Path]) -> Path:
    """Two exercises on Keras layers."""
    return make_course(
        lesson_source(
            "# %%\nimport keras\n\n",
            solution("squeeze", SQUEEZE),
            test_cell("squeeze", "squeeze", 3),
            solution("channel_attention", CHANNEL_ATTENTION),
            test_cell("channel_attention", "channel_attention", 5),
        )
    )


@pytest.fixture
def hand_in(pool: WorkerPool) -> Callable[..., Row]:
    """Hands a changed copy of the released notebook in, grades it and returns its row."""

    def submit(
        course: Path, change: Callable[[nbformat.NotebookNode], None], student: str = "mallory"
    ) -> Row:
        notebook = nbformat.read(course / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4)
        change(notebook)
        path = course / "submitted" / student / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        (row,) = grade(LESSON, [student], course=CourseFolder(course), pool=pool)
        return row

    return submit
