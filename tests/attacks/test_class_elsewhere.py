"""A class outside the course and the home: no submission reads its secret, with each wall alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from short_course import LESSON

from autograder.course_folder import CourseFolder
from autograder.grading.class_run import grade
from autograder.grading.worker_pool import WorkerPool
from autograder.keys.class_keys import class_secret
from autograder.sandbox.limits import Limits
from autograder.sandbox.supervisor import WarmParent, run_notebook

# Looks for the secret where it lies, and goes through all that can be reached from there.
SEARCH = """
import os
found = []
for folder, _, names in os.walk({root!r}):
    found += [os.path.join(folder, name) for name in names]
for path in [{secret!r}, *found]:
    try:
        print(open(path).read())
    except (OSError, UnicodeDecodeError):
        pass
"""


@pytest.fixture(params=["outside", "below the packages"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CourseFolder]:
    """A class's folder that no submission needs, and one around which everything can be read."""
    if request.param == "outside":
        yield CourseFolder(tmp_path)
        return
    with tempfile.TemporaryDirectory(dir=sys.prefix, prefix="class-") as place:
        yield CourseFolder(Path(place).resolve())


@pytest.mark.parametrize("walls", [("files",), ("user",), None], ids=["files", "user", "all"])
def test_the_secret_is_not_found(
    elsewhere: CourseFolder, warm_parent: WarmParent, walls: tuple[str, ...] | None
) -> None:
    secret = class_secret(elsewhere).hex()
    every = warm_parent.sandboxes()
    if "user" in (walls or ()) and os.getuid() != 0:
        assert "user" not in every.layers  # only root can give a submission a user of its own
        return
    sandboxes = replace(every, layers=walls or every.layers, concealed=(str(elsewhere.root),))
    source = SEARCH.format(root=str(elsewhere.root), secret=str(elsewhere.class_secret))
    (result,) = run_notebook(sandboxes, {0: source}, Limits()).values()
    assert result.outcome == "done"
    assert secret not in str(result.outputs)


def test_without_walls_it_would_be_found(warm_parent: WarmParent, tmp_path: Path) -> None:
    """So the search can find something."""
    course = CourseFolder(tmp_path)
    secret = class_secret(course).hex()
    source = SEARCH.format(root=str(course.root), secret=str(course.class_secret))
    (result,) = run_notebook(replace(warm_parent.sandboxes(), layers=()), {0: source}, Limits()).values()
    assert secret in str(result.outputs)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["course grade", "plain nbgrader"])
def test_grading_conceals_the_class(keras_course: Path, pool: WorkerPool, how: str) -> None:
    """Below the packages, where a submission may read all that grading does not conceal."""
    with tempfile.TemporaryDirectory(dir=sys.prefix, prefix="class-") as place:
        course = CourseFolder(Path(shutil.copytree(keras_course, Path(place).resolve() / "class")))
        notebook = nbformat.read(course.released_notebook(LESSON), as_version=4)
        cell = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution"))
        cell.source = SEARCH.format(root=str(course.root), secret=str(course.class_secret))
        handed_in = course.submission("mallory", LESSON) / f"{LESSON}.ipynb"
        handed_in.parent.mkdir(parents=True)
        nbformat.write(notebook, handed_in)
        if how == "course grade":
            grade(LESSON, course=course, pool=pool)
        else:
            # nbgrader calls programs of its own environment by name.
            path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
            for step in ("generate_assignment", "autograde"):
                command = [sys.executable, "-m", "nbgrader", step, LESSON, "--force"]
                done = subprocess.run(
                    command, cwd=course.root, env=os.environ | {"PATH": path}, capture_output=True, text=True
                )
                assert done.returncode == 0, done.stderr[-2000:]
        executed = course.autograded_notebook("mallory", LESSON).read_text()
        assert "os.walk" in executed  # it ran
        assert class_secret(course).hex() not in executed
