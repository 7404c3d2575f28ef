"""A student's lock holds what the course needs to run, and nothing that only an author needs."""

import tomllib

from authoring.release.lock_subset import needed_by, pins_of
from authoring.release.student_zip import run_with
from course_lib.paths import project_root

ROOT = project_root()
LOCK = """\
loom==1.0 \\
    --hash=sha256:11 \\
    --hash=sha256:12
    # via
    #   Shuttle
    #   yarn-spinner
press==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:21
    # via yarn-spinner
shuttle==3.0 \\
    --hash=sha256:31
    # via weaving (pyproject.toml)
thread==4.0 \\
    --hash=sha256:41
    # via loom
yarn-spinner==5.0 \\
    --hash=sha256:51
    # via weaving (pyproject.toml)
"""


def names(lock: str) -> list[str]:
    return [pin.name for pin in pins_of(lock)]


def test_what_nobody_needs_is_left_out_and_the_rest_is_as_it_was() -> None:
    assert names(LOCK) == ["loom", "press", "shuttle", "thread", "yarn-spinner"]
    assert "".join(pin.text for pin in pins_of(LOCK)) == LOCK
    assert names(needed_by(["Shuttle"], LOCK)) == ["loom", "shuttle", "thread"]
    assert names(needed_by(["Yarn_Spinner"], LOCK)) == ["loom", "press", "thread", "yarn-spinner"]
    assert needed_by(["shuttle", "yarn.spinner"], LOCK) == LOCK
    assert needed_by([], LOCK) == ""


def test_the_real_lock_leaves_out_what_only_authors_need() -> None:
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text())
    kept = set(names(needed_by(run_with(project), ROOT.joinpath("requirements.lock").read_text())))
    assert {"tensorflow", "nbgrader", "jupyterlab", "hatchling", "editables", "numpy"} <= kept
    assert not {"mypy", "pytest", "ruff", "sphinx", "playwright", "greenlet", "distributed"} & kept
