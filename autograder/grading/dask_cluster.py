"""Grading on the machines of a Dask cluster.

A Dask worker only supervises: it has a worker pool of its own, and student code runs in that one's sandbox.
Dask may do a task more than once when a worker is lost; a result is recorded once, by whoever asked for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hashlib
import platform
import secrets
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from importlib import metadata
from pathlib import Path
from typing import Any

import distributed
from distributed import WorkerPlugin, get_worker

from autograder.grading.grader import Graded, Task
from autograder.grading.lesson_materials import LessonMaterials
from autograder.grading.worker_pool import WorkerPool
from autograder.submissions.reading import FAULT, first_line
from course_lib.errors import CourseError
from course_lib.paths import project_root

CONNECT_SECONDS = 20
IDLE_SECONDS = 60.0  # a worker without work for so long ends its processes; whoever asked may be gone
# What must be the same everywhere, so that a grade does not depend on the machine.
PACKAGES = ("numpy", "tensorflow", "keras", "nbgrader", "nbconvert", "nbformat", "ipython")


class Supervisor(WorkerPlugin):
    """What a Dask worker keeps for one grading of a lesson: its materials, and a pool while there is work.

    name: one of its own, so that several gradings can share a cluster.
    """

    def __init__(self, name: str, materials: LessonMaterials) -> None:
        self.name, self._materials = name, materials

    def setup(self, worker: distributed.Worker) -> None:
        # Dask removes its own folder, also after a worker that was killed.
        self._threads, self._scratch = worker.state.nthreads, Path(worker.local_directory)
        self._lock = threading.RLock()
        self._pool: WorkerPool | None = None
        self._refused: CourseError | None = None
        self._running = 0
        self._idle: threading.Timer | None = None

    def teardown(self, worker: distributed.Worker) -> None:
        with self._lock:
            if self._idle:
                self._idle.cancel()
            self._running = 0
            self.rest()

    def pool(self) -> WorkerPool:
        """The worker pool, proved to work. Raises CourseError when none can be had here; asks only once."""
        with self._lock:
            if self._refused:
                raise self._refused
            if self._pool is None:
                try:
                    pool = WorkerPool(self._threads, self._scratch, self._materials.trust)
                    with contextlib.ExitStack() as undo:
                        undo.callback(pool.close)
                        pool.require_working(self._materials)
                        undo.pop_all()
                except CourseError as error:
                    self._refused = error
                    raise
                self._pool = pool
            return self._pool

    def rest(self) -> None:
        """End the processes, unless there is work; they come back with it."""
        with self._lock:
            if self._pool and not self._running:
                self._pool.close()
                self._pool = None

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Meanwhile the processes stay, and for a while after."""
        with self._lock:
            self._running += 1
            if self._idle:
                self._idle.cancel()
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                self._idle = threading.Timer(IDLE_SECONDS, self.rest)
                self._idle.daemon = True
                self._idle.start()

    def get_ready(self) -> None:
        """Start all processes and try them out. Raises CourseError."""
        with self.at_work():
            self.pool()

    def grade(self, task: Task) -> Graded:
        """Grade one submission here."""
        with self.at_work():
            return self.pool().grade(self._materials, task)


def _supervisor(name: str) -> Supervisor:
    """The one with that name, in the Dask worker that runs this."""
    found = get_worker().plugins[name]
    assert isinstance(found, Supervisor)
    return found


def grade_there(name: str, task: Task) -> Graded:
    """What a Dask worker does with one submission."""
    return _supervisor(name).grade(task)


async def get_ready_there(name: str, dask_worker: distributed.Worker) -> None:
    """Have a Dask worker prove that it can grade; meanwhile it goes on answering its scheduler."""
    found = dask_worker.plugins[name]
    assert isinstance(found, Supervisor)
    await asyncio.to_thread(found.get_ready)


@functools.cache
def versions() -> dict[str, str]:
    """What grades depend on here: Python, some packages, and the course's own code."""
    hasher = hashlib.sha256()
    for package in ("autograder", "course_lib"):
        for path in sorted((project_root() / package).rglob("*.py")):
            hasher.update(path.relative_to(project_root()).as_posix().encode() + b"\0" + path.read_bytes())
    python = ".".join(platform.python_version_tuple()[:2])
    found = {"Python": python, "the course's code": hasher.hexdigest()[:12]}
    return found | {name: metadata.version(name) for name in PACKAGES}


@contextlib.contextmanager
def cluster_pool(
    scheduler: str, materials: LessonMaterials
) -> Iterator[tuple[Callable[[Task], Future[Graded]], int]]:
    """A way to hand tasks to the cluster at that address, and how many to hand to it at once.

    Raises CourseError when there is no such cluster, nobody works in it, or a worker there cannot grade as
    it is done here.
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
        _require_same_versions(client)
        name = f"attention-course-{materials.lesson}-{secrets.token_hex(4)}"
        client.register_plugin(Supervisor(name, materials), name=name)
        try:
            for worker, problem in _on_all_workers(client, get_ready_there, name).items():
                if isinstance(problem, CourseError):
                    raise CourseError(
                        f"The worker {worker} cannot grade; nobody was graded.\n{problem}",
                        fix="mend that machine, or take it out of the cluster",
                    )
            yield lambda task: _submit(client, name, task), 2 * sum(threads.values())
        finally:
            with contextlib.suppress(OSError, RuntimeError, TimeoutError):  # the cluster may be gone
                client.unregister_worker_plugin(name)


def _on_all_workers(
    client: distributed.Client, function: Callable[..., Any], *arguments: Any
) -> dict[str, Any]:
    """What `function` returns or raises on each worker; a worker lost meanwhile is left out."""
    answers = client.run(function, *arguments, on_error="return")
    return {worker: answer for worker, answer in answers.items() if not isinstance(answer, OSError)}


def _require_same_versions(client: distributed.Client) -> None:
    """Raise CourseError when a worker has another version than this process of anything that matters."""
    here = versions()
    for worker, there in _on_all_workers(client, versions).items():
        if isinstance(there, Exception):
            raise CourseError(
                f"The worker {worker} has no course to grade with: {first_line(there)}",
                fix="start `dask worker` from a copy of the course: .venv/bin/dask worker …",
            )
        if other := [
            f"{what} is {there.get(what)} there, {here[what]} here"
            for what in here
            if there.get(what) != here[what]
        ]:
            raise CourseError(
                f"The worker {worker} would grade differently: {'; '.join(other)}.",
                fix="bring all machines to the same copy of the course and the same requirements.lock",
            )


def _submit(client: distributed.Client, name: str, task: Task) -> Future[Graded]:
    """Hand a task to the cluster.

    What goes wrong with it there becomes a fault of ours; when the cluster itself is lost, the future raises
    CourseError.
    """
    graded: Future[Graded] = Future()
    student = task.hand_in.student

    def done(remote: Any) -> None:
        if remote.status == "finished":
            graded.set_result(remote.result())
        elif remote.status == "error":
            graded.set_result(Graded(student, FAULT, f"the cluster failed: {first_line(remote.exception())}"))
        else:
            graded.set_exception(
                CourseError(
                    "The Dask scheduler was lost. What was graded until then is recorded.",
                    fix="start the cluster again, and run the same command again",
                )
            )

    # The remote future must be kept: without it, the cluster forgets the task.
    graded.remote = client.submit(grade_there, name, task, pure=False)  # type: ignore[attr-defined]
    graded.remote.add_done_callback(done)  # type: ignore[attr-defined]
    return graded
