"""Grading on the machines of a Dask cluster.

A Dask worker only supervises: it has a workbench of its own, and student code runs in that one's sandbox.
Dask may do a task more than once when a worker is lost; a result is recorded once, by whoever asked for it.
"""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import distributed
from distributed import WorkerPlugin, get_worker

from autograder.canary import require_working_sandbox
from autograder.grading.kit import LessonKit
from autograder.grading.one import Graded, Task
from autograder.grading.submission import FAULT, first_line
from autograder.grading.workbench import Workbench
from course_lib.errors import CourseError

CONNECT_SECONDS = 20
PLUGIN = "attention-course-grading"


class Supervisor(WorkerPlugin):
    """What a Dask worker keeps for one lesson: the kit, and a workbench once there is work."""

    name = PLUGIN

    def __init__(self, kit: LessonKit) -> None:
        self._kit = kit

    def setup(self, worker: distributed.Worker) -> None:
        self._threads, self._lock = worker.state.nthreads, threading.Lock()
        self._bench: Workbench | None = None

    def teardown(self, worker: distributed.Worker) -> None:
        if self._bench:
            self._bench.close()

    def grade(self, task: Task) -> Graded:
        """Grade one submission here."""
        with self._lock:
            if self._bench is None:
                bench = Workbench(self._threads, Path(tempfile.gettempdir()), self._kit.trust)
                if bench.parent:
                    require_working_sandbox(bench.parent.sandboxes(), self._kit.source)
                self._bench = bench
        return self._bench.grade(self._kit, task)


def grade_there(task: Task) -> Graded:
    """What a Dask worker does with one submission."""
    supervisor = get_worker().plugins[PLUGIN]
    assert isinstance(supervisor, Supervisor)
    return supervisor.grade(task)


@contextlib.contextmanager
def cluster_bench(
    scheduler: str, kit: LessonKit
) -> Iterator[tuple[Callable[[LessonKit, Task], Future[Graded]], int]]:
    """A way to hand tasks to the cluster at that address, and how many it does at once.

    Raises CourseError when there is no such cluster, or nobody works in it.
    """
    try:
        client = distributed.Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise CourseError(
            f"There is no Dask scheduler at {scheduler}: {first_line(error)}",
            fix="start one with `dask scheduler`, and workers with `dask worker ADDRESS`",
        ) from error
    with client:
        threads = client.nthreads()
        if not threads:
            raise CourseError(
                f"The Dask cluster at {scheduler} has no workers.", fix=f"run `dask worker {scheduler}`"
            )
        client.register_plugin(Supervisor(kit), name=PLUGIN)
        try:
            yield lambda _, task: submit(client, task), sum(threads.values())
        finally:
            client.unregister_worker_plugin(PLUGIN)


def submit(client: distributed.Client, task: Task) -> Future[Graded]:
    """Hand a task to the cluster; whatever goes wrong there becomes a fault of ours."""
    graded: Future[Graded] = Future()
    student = task.hand_in.student

    def done(remote: Any) -> None:
        try:
            graded.set_result(remote.result())
        except BaseException as error:
            graded.set_result(Graded(student, FAULT, f"the cluster failed: {first_line(error)}"))

    graded.remote = client.submit(grade_there, task, pure=False)  # type: ignore[attr-defined]
    graded.remote.add_done_callback(done)  # type: ignore[attr-defined]
    return graded
