"""Several worker processes and the warm parent they share; whatever of it is lost is replaced."""

from __future__ import annotations

import contextlib
import itertools
import os
import queue
import select
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.grading import worker_process
from autograder.grading.grader import Graded, Task
from autograder.grading.lesson_materials import LessonMaterials
from autograder.grading.trial_run import require_working_sandbox
from autograder.grading.worker_process import WorkerGone, WorkerLate
from autograder.sandbox import fork_server, limits
from autograder.sandbox.fork_server import ForkServer, ServerGone
from autograder.sandbox.supervisor import WarmParent, available_cores
from autograder.submissions.reading import FAULT
from course_lib.errors import CourseError

TRIES = 4  # a submission whose worker is lost that often is a fault of ours
OWN_SECONDS = 120.0  # what a worker may take for its own part of one submission
MOST_WORKERS = 256  # of all worker pools in one process
_numbers = itertools.count()


class PoolClosed(RuntimeError):
    """The worker pool is closed; nothing more is graded."""


class WorkerPool:
    """Grades submissions in `workers` processes; `grade` may be called from that many threads at once.

    scratch: a folder for the workers' files; what is in it is removed at the end. With `trust`, submissions
    run in ordinary kernels and no warm parent is started. Raises Untrusted when no sandbox can be had here.
    """

    def __init__(self, workers: int, scratch: Path, trust: bool = False) -> None:
        self.trust = trust
        self._scratch, self._lock, self._closed = scratch, threading.Lock(), False
        self._parent: WarmParent | None = None
        self._server: ForkServer | None = None
        self.place = scratch  # of the workers of the present server
        self._idle: queue.Queue[Worker] = queue.Queue()
        self._workers = [Worker(self, _slot_here(), _cores_of(place, workers)) for place in range(workers)]
        try:
            self.processes()
        except BaseException:
            self.close()
            raise
        for each in self._workers:
            self._idle.put(each)

    def grade(self, materials: LessonMaterials, task: Task) -> Graded:
        """Grade one submission in a free worker."""
        with self.borrowed() as free:
            return free.grade(materials, task)

    @contextlib.contextmanager
    def borrowed(self) -> Iterator[Worker]:
        free = self._idle.get()
        try:
            yield free
        finally:
            self._idle.put(free)

    def processes(self) -> tuple[ForkServer, WarmParent | None]:
        """The process that workers are forked from, and the warm parent; started anew when they are gone."""
        with self._lock:
            if self._closed:
                raise PoolClosed
            if self._server is None or not self._server.alive:
                if self._server:
                    shutil.rmtree(self.place, ignore_errors=True)  # it could not do so itself any more
                place = tempfile.mkdtemp(dir=self._scratch, prefix="course-grade-")
                self._server = ForkServer("autograder.grading.worker_process", place)
                self.place = Path(place)
            if not self.trust and (self._parent is None or not self._parent.server.alive):
                self._parent = WarmParent()
            return self._server, self._parent

    def require_working(self, materials: LessonMaterials) -> None:
        """Have a trial run of the lesson's set-up. Raises CourseError when it goes wrong."""
        said = ""
        for _ in range(TRIES):
            _, parent = self.processes()
            if parent is None:
                return
            try:
                require_working_sandbox(parent.sandboxes(_slot_here()), materials.source)
                return
            except ServerGone as error:
                said = str(error)
        raise CourseError(
            f"The warm parent was ended {TRIES} times before anybody was graded: {said}.",
            fix="see that there is memory enough (about 1 GB, and 3 GB for each submission at once)",
        )

    def pids(self) -> dict[str, list[int]]:
        """The processes at work, by kind."""
        found = {"worker": [each.pid for each in self._workers if each.pid]}
        found["server"] = [self._server.pid] if self._server else []
        found["parent"] = [self._parent.server.pid] if self._parent else []
        return found

    def __len__(self) -> int:
        return len(self._workers)

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._closed = True
        for each in self._workers:
            each.close()
        if self._server:
            self._server.close()
            shutil.rmtree(self.place, ignore_errors=True)
        if self._parent:
            self._parent.close()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Worker:
    """One worker process; started when first needed, and again when it was lost."""

    def __init__(self, pool: WorkerPool, slot: int, cores: tuple[int, ...]) -> None:
        self._pool, self._slot, self._cores = pool, slot, cores
        self._channel: socket.socket | None = None
        self._holds = ("", "")  # digest and folder: two classes may have the same lesson
        self.pid = 0

    def grade(self, materials: LessonMaterials, task: Task) -> Graded:
        """Grade one submission, if need be several times over."""
        said = ""
        for _ in range(TRIES):
            try:
                self._start(materials)
                graded = self._ask(task, materials)
            except WorkerLate as error:  # another try would take as long
                self.close()
                return Graded(task.hand_in.student, FAULT, f"the grader gave {error}")
            except (WorkerGone, ServerGone) as error:
                said = str(error)
                self.close()
                continue
            if not isinstance(graded, ServerGone):
                return graded
            said = str(graded)
            self.close()  # it holds on to the parent that is gone
        return Graded(task.hand_in.student, FAULT, f"the grader was lost {TRIES} times over it: {said}")

    def _start(self, materials: LessonMaterials) -> None:
        """Have a process that holds these materials."""
        if self._channel and self._holds == (materials.digest, materials.folder):
            return
        self.close()
        server, parent = self._pool.processes()
        ours, theirs = socket.socketpair()
        walls = parent.sandboxes() if parent else None
        asked = {
            "slot": self._slot,
            "cores": self._cores,
            "layers": walls.layers if walls else (),
            "place": str(self._pool.place / str(self._slot)),
        }
        descriptors = [theirs.fileno(), *([walls.requests.fileno()] if walls else [])]
        try:
            fork_server.request(server.requests, asked, descriptors)
        finally:
            theirs.close()
        self._channel = ours
        self.pid = int(self._receive(OWN_SECONDS))
        self._send(materials)
        self._holds = (materials.digest, materials.folder)

    def _ask(self, task: Task, materials: LessonMaterials) -> Graded | ServerGone:
        self._send(task)
        own = materials.settings.SandboxExecute.get("limits", {})
        most = limits.limits_of_lesson(materials.lesson, own)
        answer: Graded | ServerGone = self._receive(OWN_SECONDS + 2 * most.total_seconds)
        return answer

    def _send(self, message: object) -> None:
        assert self._channel
        try:
            worker_process.send_object(self._channel, message)
        except OSError as error:
            raise WorkerGone(str(error)) from error

    def _receive(self, seconds: float) -> Any:
        assert self._channel
        if not select.select([self._channel], [], [], seconds)[0]:
            raise WorkerLate(f"no answer in {seconds:.0f} seconds")
        try:
            return worker_process.receive_object(self._channel)
        except (EOFError, OSError) as error:
            raise WorkerGone("its process ended") from error

    def close(self) -> None:
        """End the process."""
        if self._channel:
            self._channel.close()
            self._channel = None
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.pid, self._holds = 0, ("", "")


def _slot_here() -> int:
    """A number that no other worker on this machine has: its submissions get a user id of their own."""
    return os.getpid() * MOST_WORKERS + next(_numbers) % MOST_WORKERS


def _cores_of(slot: int, workers: int) -> tuple[int, ...]:
    """The processor cores for one worker's submissions: none slows another by more than its share."""
    here = available_cores()
    return tuple(here[slot % len(here) :: workers])
