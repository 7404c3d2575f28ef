"""A class graded by two Dask workers on this machine, one of which is killed.

COURSE_CLUSTER_CLASS=200 in the environment takes a class of two hundred instead of a small one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import distributed
import psutil
import pytest
from processes import kill, marked, runs, wait_until
from quick_class import ANSWERS, LESSON, hand_in, hand_in_all, make_course, scores

from autograder.course_folder import CourseFolder
from autograder.grading import dask_cluster
from autograder.grading.class_run import FAULT, Row, grade
from autograder.grading.grader import Graded, Task
from autograder.grading.worker_pool import WorkerPool
from autograder.sandbox import confinement
from course_lib.errors import CourseError

pytestmark = pytest.mark.slow
STUDENTS = int(os.environ.get("COURSE_CLUSTER_CLASS", "30"))


def dask(mark: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start one of Dask's own programs, with a mark in its environment."""
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        env=os.environ | {"CLUSTER_TEST": mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextlib.contextmanager
def running_cluster(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler and its workers, one thread each; gives the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    started = [dask(address, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")]
    for number in range(workers):
        place = str(folder / f"worker-{number}")
        started.append(
            dask(address, "worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", place)
        )
    try:
        with distributed.Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=120)
        yield address
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGINT)
        for process in started:
            process.wait(60)
        assert wait_until(lambda: not marked(address)), marked(address)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_cluster(tmp_path_factory.mktemp("dask"), 2) as address:
        yield address


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course") / "course")


@pytest.fixture
def root(course: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(course, tmp_path / "course"))


def dask_workers(address: str) -> list[psutil.Process]:
    """The processes that Dask's nannies watch over: those that hold a warm parent."""
    return [process for process in marked(address) if any(map(warm, children(process)))]


def children(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return process.children()
    return []


def warm(process: psutil.Process) -> bool:
    return runs(process, "autograder.sandbox.warm_parent")


def test_a_killed_worker_costs_no_row(root: Path, address: str, pool: WorkerPool, tmp_path: Path) -> None:
    hand_in_all(root, STUDENTS)
    alone = Path(shutil.copytree(root, tmp_path / "alone"))
    killed: list[psutil.Process] = []

    def on_row(row: Row) -> None:
        done.append(row.student)
        if len(done) == STUDENTS // 2:
            victim = dask_workers(address)[0]
            killed.extend([victim, *victim.children(recursive=True)])
            kill([victim])

    done: list[str] = []
    rows = grade(LESSON, course=CourseFolder(root), scheduler=address, on_row=on_row)
    assert [row.student for row in rows] == [f"s{number:03}" for number in range(STUDENTS)]
    assert sorted(done) == [row.student for row in rows]
    assert {row.outcome for row in rows} == {"graded", "unreadable"}
    assert len(killed) > 2
    assert wait_until(lambda: not any(process.is_running() for process in killed)), killed
    assert wait_until(lambda: not dask_workers(address)), "a worker pool outlives its grading"
    grade(LESSON, course=CourseFolder(alone), pool=pool)
    assert scores(root) == scores(alone)


def test_a_worker_lost_again_and_again_is_one_fault(
    root: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("ann", "bob"):
        hand_in(root, student, ANSWERS[0])
    grade_there = dask_cluster.grade_there

    def deadly_for_bob(name: str, task: Task) -> Graded:
        if task.hand_in.student == "bob":
            os.kill(os.getpid(), signal.SIGKILL)
        return grade_there(name, task)

    with monkeypatch.context() as patch:
        patch.setattr(dask_cluster, "grade_there", deadly_for_bob)
        ann, bob = grade(LESSON, course=CourseFolder(root), scheduler=address)
    assert (ann.points, ann.outcome) == (9, "graded")
    assert (bob.points, bob.outcome) == (0, FAULT)
    assert "the cluster failed" in bob.message
    ann, bob = grade(LESSON, course=CourseFolder(root), scheduler=address)
    assert (ann.points, bob.points, ann.fresh, bob.fresh) == (9, 9, False, True)


def test_a_lost_scheduler_is_said_and_what_was_graded_stays(
    root: Path, tmp_path: Path, pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How long Dask hopes for the scheduler to come back.
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "3s")
    monkeypatch.setattr(dask_cluster, "CONNECT_SECONDS", 3)
    hand_in_all(root, 6)
    rows: list[Row] = []

    with running_cluster(tmp_path, 1) as address:

        def lose(row: Row) -> None:
            rows.append(row)
            kill([process for process in marked(address) if runs(process, "scheduler")])

        with pytest.raises(CourseError, match="scheduler was lost"):
            grade(LESSON, course=CourseFolder(root), scheduler=address, on_row=lose)
    assert rows
    recorded = {row.student for row in grade(LESSON, course=CourseFolder(root), pool=pool) if not row.fresh}
    assert {row.student for row in rows} <= recorded


def test_a_worker_without_walls_stops_the_grading_once(root: Path, tmp_path: Path) -> None:
    hand_in(root, "ann", ANSWERS[0])

    def tear_down_walls() -> None:
        confinement.probe = lambda: [confinement.Layer("files", "other files", "no mounts here")]

    with running_cluster(tmp_path / "dask", 1) as address:
        with distributed.Client(address, set_as_default=False) as client:
            client.run(tear_down_walls)
        with pytest.raises(CourseError, match=r"worker tcp://127\.0\.0\.1:\d+ cannot grade(?s:.*)no files"):
            grade(LESSON, course=CourseFolder(root), scheduler=address)
    assert not (root / "feedback").exists()


def test_a_worker_with_another_course_is_refused(root: Path, tmp_path: Path) -> None:
    hand_in(root, "ann", ANSWERS[0])
    here = dask_cluster.versions()

    def pretend_older() -> None:
        dask_cluster.versions = lambda: here | {"keras": "3.0"}

    with running_cluster(tmp_path / "dask", 1) as address:
        with distributed.Client(address, set_as_default=False) as client:
            client.run(pretend_older)
        with pytest.raises(CourseError, match=r"would grade differently: keras is 3\.0 there"):
            grade(LESSON, course=CourseFolder(root), scheduler=address)


def test_a_cluster_that_is_not_there_is_named(root: Path) -> None:
    hand_in(root, "ann", ANSWERS[0])
    with pytest.raises(CourseError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:9"):
        grade(LESSON, course=CourseFolder(root), scheduler="tcp://127.0.0.1:9")
