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

# Looks where the secret and a key lie, and goes through all that can be reached from the class's folder.
# What other tests handed in for the course that they share.
OTHERS = shutil.ignore_patterns("submitted", "autograded", "feedback", "gradebook.db", "graded")
SEARCH = """
import os
found = []
for folder, _, names in os.walk({root!r}):
    found += [os.path.join(folder, name) for name in names]
for path in [*{private!r}, *found]:
    try:
        print(open(path).read()[:100])
    except (OSError, UnicodeDecodeError):
        pass
print(f"searched {{6 * 7}}")
"""
KEY, OPEN = "words of a private key", "words that other users may read"
# Where a class may lie: where no submission needs anything, and where it may read all that lies around.
PLACES = {"outside": "/var/tmp", "below the packages": sys.prefix}


@pytest.fixture(params=PLACES)
def elsewhere(request: pytest.FixtureRequest) -> Iterator[CourseFolder]:
    """A class with a secret and a key, in a folder that other users may enter: only walls keep them away."""
    with tempfile.TemporaryDirectory(dir=PLACES[request.param], prefix="class-") as place:
        course = CourseFolder(Path(place))
        course.root.chmod(0o755)
        class_secret(course)
        course.private_keys.mkdir()
        course.private_keys.joinpath("squeeze.npz").write_text(KEY)
        course.root.joinpath("open.txt").write_text(OPEN)
        yield course


def search(course: CourseFolder) -> str:
    private = [str(course.class_secret), str(course.private_keys / "squeeze.npz")]
    return SEARCH.format(root=str(course.root), private=private)


def found(course: CourseFolder, parent: WarmParent, walls: tuple[str, ...] | None) -> str:
    """What the search brings from behind some of the walls, or all of them."""
    every = parent.sandboxes()
    layers = every.layers if walls is None else walls
    sandboxes = replace(every, layers=layers, concealed=(str(course.root),))
    (result,) = run_notebook(sandboxes, {0: search(course)}, Limits()).values()
    assert "searched 42" in str(result.outputs)
    return str(result.outputs)


@pytest.mark.parametrize("walls", [("files",), None], ids=["files alone", "all"])
def test_nothing_of_the_class_is_found(
    elsewhere: CourseFolder, warm_parent: WarmParent, walls: tuple[str, ...] | None
) -> None:
    said = found(elsewhere, warm_parent, walls)
    for secret in (class_secret(elsewhere).hex(), KEY, OPEN):
        assert secret not in said


def test_another_user_alone_does_not_find_the_secret(
    elsewhere: CourseFolder, warm_parent: WarmParent
) -> None:
    if os.getuid() != 0:
        assert "user" not in warm_parent.sandboxes().layers  # only root can give a submission one of its own
        return
    said = found(elsewhere, warm_parent, ("user",))
    assert class_secret(elsewhere).hex() not in said
    assert KEY not in said
    if str(elsewhere.root).startswith(PLACES["outside"]):  # the packages may lie in a closed home
        assert OPEN in said


def test_without_walls_it_would_be_found(elsewhere: CourseFolder, warm_parent: WarmParent) -> None:
    """So the search can find something."""
    said = found(elsewhere, warm_parent, ())
    for secret in (class_secret(elsewhere).hex(), KEY, OPEN):
        assert secret in said


@pytest.mark.slow
@pytest.mark.parametrize("how", ["course grade", "plain nbgrader", "plain nbgrader, by a link"])
def test_grading_conceals_the_class(keras_course: Path, pool: WorkerPool, how: str) -> None:
    """Below the packages, where a submission may read all that grading does not conceal."""
    with tempfile.TemporaryDirectory(dir=sys.prefix, prefix="class-") as place:
        Path(place).chmod(0o755)  # so that its being another user's does not hide it
        course = CourseFolder(Path(shutil.copytree(keras_course, Path(place) / "class", ignore=OTHERS)))
        course.root.chmod(0o755)
        notebook = nbformat.read(course.released_notebook(LESSON), as_version=4)
        cell = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution"))
        cell.source = search(course)
        handed_in = course.submitted_notebook("mallory", LESSON)
        handed_in.parent.mkdir(parents=True)
        nbformat.write(notebook, handed_in)
        if how == "course grade":
            grade(LESSON, course=course, pool=pool)
        else:
            folder = course.root
            if how.endswith("by a link"):
                folder = Path(place) / "link"
                folder.symlink_to(course.root)
            plain_nbgrader(folder)
        executed = course.autograded_notebook("mallory", LESSON).read_text()
        assert "searched 42" in executed  # it ran
        assert class_secret(course).hex() not in executed
        assert "nbgrader's settings for this course" not in executed  # how nbgrader_config.py begins


def plain_nbgrader(folder: Path) -> None:
    """Grade the class in that folder with nbgrader's own commands, which find its programs by name."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for step in ("generate_assignment", "autograde"):
        command = [sys.executable, "-m", "nbgrader", step, LESSON, "--force", f"--course-dir={folder}"]
        done = subprocess.run(
            command, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]
