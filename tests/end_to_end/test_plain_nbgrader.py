"""Plain `nbgrader autograde` and the formgrader's button: the sandbox and the points of `course grade`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
import pytest
from nbgrader.api import Gradebook

from authoring.building import build_lessons
from autograder.course_folder import CourseFolder
from autograder.grading.class_run import grade
from autograder.grading.nbgrader_steps import VERDICT
from autograder.grading.worker_pool import WorkerPool
from autograder.keys.class_keys import share_public_secret
from course_lib.paths import project_root

LESSON = "00_short"
SOLUTION = '"grade": false, "locked": false, "solution": true, "schema_version": 3, "task": false'
TEST = '"grade": true, "locked": true, "solution": false, "schema_version": 3, "task": false'
RIGHT = "def preprocess(images):\n    return images[..., None].astype(np.float32) / 255"
LESSON_SOURCE = f"""# %%
import numpy as np
from course_lib import check

# %% nbgrader={{"grade_id": "preprocess", {SOLUTION}}}
### BEGIN SOLUTION
{RIGHT}
### END SOLUTION

# %% nbgrader={{"grade_id": "check_preprocess", "points": 6, {TEST}}}
check("preprocess", preprocess)

# %% nbgrader={{"grade_id": "quiz_pixels", {SOLUTION}}}
### BEGIN SOLUTION
quiz_pixels = 47_040_000
### END SOLUTION

# %% nbgrader={{"grade_id": "check_quiz_pixels", "points": 3, {TEST}}}
check("quiz_pixels", quiz_pixels)
"""
# What each student writes; every quiz is answered right.
CLASS = {
    "crash": "import os\nos._exit(0)",
    "deep": "from IPython.display import display\nd = 1\nfor _ in range(900): d = [d]\n"
    f"display({{'text/plain': d, 'application/json': d}}, raw=True)\n{RIGHT}",
    "reader": f"open({{root!r}} + '/gradebook.db').read()\n{RIGHT}",
    "right": RIGHT,
    "stuck": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "thief": f"open({{root!r}} + '/solutions/{LESSON}/{LESSON}.ipynb').read()\n{RIGHT}",
    "wrong": "def preprocess(images):\n    return images",
}
POINTS = {"deep": 9.0, "right": 9.0} | dict.fromkeys(("crash", "reader", "stuck", "thief", "wrong"), 3.0)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that has handed in, and whose lesson nbgrader knows."""
    root = tmp_path_factory.mktemp("plain") / "course"
    source = root / "solutions" / LESSON / f"{LESSON}.py"
    source.parent.mkdir(parents=True)
    source.write_text(LESSON_SOURCE)
    settings = project_root().joinpath("nbgrader_config.py").read_text()
    share_public_secret(CourseFolder(root))
    root.joinpath("nbgrader_config.py").write_text(
        settings + '\nc.SandboxExecute.limits = {"cell_seconds": 8.0}\n'
    )
    build_lessons(root, check=False)
    for student, code in CLASS.items():
        notebook = nbformat.read(root / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4)
        answers = {
            "preprocess": code.replace("{root!r}", repr(str(root))),
            "quiz_pixels": "quiz_pixels = 47_040_000",
        }
        for cell in notebook.cells:
            cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        path = root / "submitted" / student / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    done = nbgrader(root, "generate_assignment", "--force", LESSON)
    assert done.returncode == 0, done.stderr
    return root


def environment(root: Path) -> dict[str, str]:
    """Temporary files in a folder of their own, by which its processes are known too."""
    for name in ("tmp", "run"):
        root.with_name(name).mkdir(exist_ok=True)
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(root.with_name("tmp")),
        "JUPYTER_RUNTIME_DIR": str(root.with_name("run")),
    }


def nbgrader(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=root,
        env=environment(root),
        capture_output=True,
        text=True,
    )


def processes(root: Path) -> Iterator[psutil.Process]:
    """What runs with the environment above."""
    for process in psutil.process_iter():
        try:
            if process.environ().get("TMPDIR") == str(root.with_name("tmp")):
                yield process
        except psutil.Error:
            continue


def require_nothing_left(root: Path) -> None:
    assert psutil.wait_procs(list(processes(root)), timeout=30)[1] == []
    assert [path for name in ("tmp", "run") for path in root.with_name(name).rglob("*")] == []


def scores(root: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {each.student.id: each.score for each in gradebook.assignment_submissions(LESSON)}


def outcomes(root: Path, student: str) -> dict[str, str]:
    notebook = nbformat.read(root / "autograded" / student / LESSON / f"{LESSON}.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    verdicts = [output.metadata[VERDICT] for output in outputs if VERDICT in output.get("metadata", {})]
    return {verdict["exercise"]: verdict["outcome"] for verdict in verdicts}


def test_plain_autograde_gives_the_points_and_outcomes_of_course_grade(
    course: Path, pool: WorkerPool
) -> None:
    done = nbgrader(course, "autograde", LESSON)
    assert done.returncode == 0, done.stderr[-3000:]
    require_nothing_left(course)
    assert scores(course) == POINTS
    copy = course.with_name("copy")
    shutil.copytree(course, copy, ignore=shutil.ignore_patterns("gradebook.db", "autograded"))
    rows = grade(LESSON, course=CourseFolder(copy), pool=pool)
    assert {row.student: row.points for row in rows} == POINTS
    for student in CLASS:
        assert outcomes(course, student) == outcomes(copy, student), student


BUTTON = f"""
import asyncio, sys
from pathlib import Path
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from autograder.course_folder import CourseFolder
from autograder.notebooks.nbgrader_settings import load_settings

async def press():
    settings = load_settings(CourseFolder(Path.cwd()))
    api = NbGraderAPI(CourseDirectory(config=settings), config=settings)
    return api.autograde("{LESSON}", "right", force=True)

result = asyncio.run(press())
sys.exit(0 if result["success"] else result["log"])
"""


def test_the_formgraders_button_grades_too(course: Path) -> None:
    """The button is this call, inside a running event loop."""
    done = subprocess.run(
        [sys.executable, "-c", BUTTON], cwd=course, env=environment(course), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert outcomes(course, "right")["preprocess"] == "right"
    require_nothing_left(course)


def test_killing_nbgrader_ends_everything_it_started(course: Path) -> None:
    words = [sys.executable, "-m", "nbgrader", "autograde", LESSON, "--student=stuck", "--force"]
    started = subprocess.Popen(
        words, cwd=course, env=environment(course), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    warm: list[psutil.Process] = []
    while not any(map(children_of, warm)):  # until a cell runs behind the walls
        assert started.poll() is None
        time.sleep(0.1)
        warm = [each for each in processes(course) if "autograder.sandbox.warm_parent" in command_of(each)]
    inside = [*warm, *(child for each in warm for child in children_of(each))]
    started.kill()
    started.wait()
    assert psutil.wait_procs(inside, timeout=30)[1] == []
    assert psutil.wait_procs(list(processes(course)), timeout=30)[1] == []


def command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def children_of(process: psutil.Process) -> list[psutil.Process]:
    """None for a process that ended meanwhile: forks of the warm parent have its command, too."""
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def test_validate_takes_the_ordinary_kernel(course: Path) -> None:
    """Students validate on systems that have no sandbox."""
    ordinary = "type(get_ipython()).__name__ == 'ZMQInteractiveShell' or 1 / 0"
    marks = {
        "grade": True,
        "grade_id": "a",
        "locked": True,
        "points": 1,
        "solution": False,
        "schema_version": 3,
    }
    cell = nbformat.v4.new_code_cell(
        ordinary, metadata={"nbgrader": {**marks, "task": False, "cell_type": "code"}}
    )
    path = course / "notebooks" / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    assert "Success" in nbgrader(course, "validate", str(path)).stdout
