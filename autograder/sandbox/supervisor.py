"""The trusted side: starts the warm parent, hands out cells, keeps the limits, takes outputs in."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from autograder.lessons.held_back_files import STAND_IN
from autograder.sandbox import confinement, fork_server, limits, memory_use, messages
from autograder.sandbox.fork_server import ForkServer, ServerGone
from autograder.sandbox.limits import Limits
from autograder.sandbox.output_filter import OUTCOME as OUTCOME
from autograder.sandbox.output_filter import OutputBudget, as_outputs
from course_lib.checks.judge import OUT_OF_MEMORY
from course_lib.errors import CourseError
from course_lib.paths import project_root

INTERRUPT_SECONDS = 2.0  # how long a cell may take to obey an interrupt
WATCH_SECONDS = 0.5  # how often the memory of a cell that takes longer is looked at
SEND_SECONDS = 30.0  # how long a child may leave what it is sent unread
MOST_CORES = 4  # more help no exercise, and TensorFlow starts threads for each of them
MAX_RUNS = 20  # how often a notebook is begun anew, each time without the cell that ended the run before
MOST_OUTPUTS = 2_000  # of one cell
# Of the environment, to find libraries and their caches.
PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "HOME", "XDG_CACHE_HOME")


class NoSandbox(CourseError):
    """Too few layers hold here to run other people's code."""


@dataclass
class CellResult:
    """What a cell gave.

    outcome: done, time, memory, output, crash, or not run. dropped: bytes of output beyond the limit.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    outcome: str = "not run"
    dropped: int = 0


@dataclass(frozen=True)
class Sandboxes:
    """Where to ask for confined children: the warm parent's socket, the layers that hold, and who asks.

    slot: number of this asker among all of the parent's; each has at most one child at a time.
    cores: processor cores its children may use, of which each gets the first few; none means any.
    concealed: folders of which they may see nothing, beside the course and the home: that of the class.
    """

    requests: socket.socket
    layers: tuple[str, ...]
    slot: int = 0
    cores: tuple[int, ...] = ()
    concealed: tuple[str, ...] = ()

    def fork(self, most: Limits, hidden: tuple[str, ...] = ()) -> Child:
        """A new confined child that sees none of the `hidden` modules.

        Raises ServerGone without a parent, CourseError when the walls fail.
        """
        ours, theirs = socket.socketpair()
        ours.settimeout(SEND_SECONDS)
        reader, writer = os.pipe()
        data_folder = os.environ.get("FASHION_MNIST_DIR")
        asked = {
            "layers": self.layers,
            "readable": readable_places(data_folder),
            "concealed": [*_concealed_places(), *self.concealed],
            "hidden": hidden,
            "stand_in": str(STAND_IN),
            "slot": self.slot,
            "cores": (self.cores or available_cores())[:MOST_CORES],
            "limits": asdict(most),
            "environment": {"FASHION_MNIST_DIR": data_folder} if data_folder else {},
        }
        try:
            fork_server.request(self.requests, asked, [theirs.fileno(), writer])
        except ServerGone:
            ours.close()
            os.close(reader)
            raise
        finally:
            theirs.close()
            os.close(writer)
        return Child(ours, reader)


class WarmParent:
    """A running warm parent.

    layers: which walls hold around its children. Raises Untrusted when too few do and `trust` is not given.
    """

    def __init__(self, trust: bool = False) -> None:
        self.layers = confinement.probe()
        gaps = confinement.missing(self.layers)
        if gaps and not trust:
            raise NoSandbox(
                "Other people's code cannot be run safely here: "
                + "; ".join(f"no {gap.name} ({gap.problem})" for gap in gaps),
                fix="grade on Linux, outside a strict container, or trust the submissions with --trust",
            )
        # What it knows its children can find in its memory: nothing else of our environment.
        self.server = ForkServer(
            "autograder.sandbox.warm_parent", environment={"OPENBLAS_NUM_THREADS": "1"}, inherited=PASSED_ON
        )

    def sandboxes(self, slot: int = 0, cores: tuple[int, ...] = ()) -> Sandboxes:
        """The way to its children for one of several askers."""
        names = tuple(layer.name for layer in self.layers if layer.holds)
        return Sandboxes(self.server.requests, names, slot, cores)

    def close(self) -> None:
        """End the parent; children that still run end with it."""
        self.server.close()

    def __enter__(self) -> WarmParent:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def available_cores() -> tuple[int, ...]:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0)))
    return tuple(range(os.cpu_count() or 1))


def readable_places(data_folder: str | None) -> list[str]:
    """What a child may read: Python, its packages, the course's library, the data. No solution, no key."""
    places = [sys.prefix, sys.base_prefix, str(project_root() / "course_lib")]
    if data_folder:  # file by file: the folder may hold anything
        places += map(str, Path(data_folder).glob("*-ubyte*"))
    return sorted({str(Path(place).resolve()) for place in places} | {sys.prefix})


def _concealed_places() -> list[str]:
    """What no child may read even where a readable place is around it: the course and the home."""
    return [str(project_root()), str(Path.home().resolve())]


class Child:
    """One confined child: its channel, and the pipe on which its keeper reports pid and fate."""

    def __init__(self, channel: socket.socket, reader: int) -> None:
        self.channel = channel
        self._reader = os.fdopen(reader, "r")
        first = self._reader.readline().strip()
        if not first.isdigit():
            self.channel.close()
            self._reader.close()
            if not first:
                raise ServerGone("the warm parent ended while it was asked for a child")
            raise CourseError(f"A sandbox could not be set up: {first}")
        self.pid = int(first)
        try:
            self._handle = os.pidfd_open(self.pid)
        except ProcessLookupError as error:
            self.channel.close()
            with self._reader as rest:
                said = rest.read().strip()
            if not said:
                raise ServerGone("the warm parent ended with its children") from error
            raise CourseError(f"A sandbox could not be set up: {said}") from error

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process that runs the cells, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    def memory(self) -> int:
        """Bytes in use by all of its processes, and by the kernel for them."""
        with contextlib.suppress(psutil.Error):
            first = psutil.Process(self.pid)
            return memory_use.memory_held(
                [first.pid, *(process.pid for process in first.children(recursive=True))]
            )
        return 0

    def end(self) -> tuple[int, int, int]:
        """Kill what still runs; returns the wait status, the largest size in bytes and the processor seconds.

        Raises ServerGone when the child ended because the warm parent did, CourseError when it had no walls.
        """
        self.signal(signal.SIGKILL)
        said = self._reader.readline().strip()
        self._reader.close()
        os.close(self._handle)
        self.channel.close()
        if said.startswith("failed"):
            raise CourseError(f"A sandbox could not be set up: {said}")
        if not said:  # no submission reaches its keeper
            raise ServerGone("the warm parent ended with its children")
        status, kilobytes, seconds = map(int, said.split())
        return status, kilobytes * 1024, seconds


class SubmissionRun:
    """The cells of one submission, run one after another, each under its own limits.

    A cell that goes too far, or ends the child, costs that cell only: the cells before it are repeated in a
    fresh child, and the rest follow there.
    """

    def __init__(self, sandboxes: Sandboxes, most: Limits, hidden: tuple[str, ...] = ()) -> None:
        self._sandboxes, self._limits, self._hidden = sandboxes, most, hidden
        self._child: Child | None = None
        self._past: list[tuple[str, Limits]] = []  # cells that ended well, to be repeated in a fresh child
        self._starts = 0
        self._test_end = time.monotonic() + most.total_seconds
        self._own_end = self._end = self._test_end - min(most.test_seconds, most.total_seconds / 2)
        self._number = 0
        self._looked = time.monotonic()
        self._room = OutputBudget(most.all_output, most.all_evidence)

    def cell(self, source: str) -> CellResult:
        """Run one cell. Raises ServerGone without a warm parent, CourseError when the walls fail."""
        most = limits.limits_of_cell(source, self._limits)
        self._end = self._test_end if limits.exercise_asked(source) else self._own_end
        if not self._revive():
            return CellResult()
        result = self._try(source, most)
        if self._child and result.outcome != "time":
            self._past.append((source, most))
        kept, left_out = self._room.fit(result.outputs)
        if left_out:
            outcome = "output" if result.outcome == "done" else result.outcome
            return CellResult(kept, outcome, result.dropped + left_out)
        return result

    def close(self) -> None:
        """End the child."""
        if self._child:
            child, self._child = self._child, None
            child.end()

    def __enter__(self) -> SubmissionRun:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _revive(self) -> bool:
        """Have a child in which all earlier good cells have run; False when the run is over."""
        while self._child is None and self._starts < MAX_RUNS and time.monotonic() < self._end:
            self._starts += 1
            self._child = self._sandboxes.fork(self._limits, self._hidden)
            for place, (source, most) in enumerate(self._past):
                result = self._try(source, most)
                if self._child is None or result.outcome == "time":
                    if time.monotonic() < self._end:  # else only the whole notebook's time is over
                        del self._past[place]  # went well once, but not again
                    self.close()
                    break
        return self._child is not None and time.monotonic() < self._end

    def _is_too_large(self, most: Limits) -> bool:
        """Is more memory in use than allowed? Not looked at after each of many quick cells."""
        if time.monotonic() - self._looked < WATCH_SECONDS:
            return False
        self._looked = time.monotonic()
        return self._child is not None and self._child.memory() > most.memory

    def _try(self, source: str, most: Limits) -> CellResult:
        """Run a cell in the child there is; without one afterwards when the cell ended it."""
        child = self._child
        assert child is not None
        self._number += 1
        watch = Watchdog(child, min(time.monotonic() + most.cell_seconds, self._end), most.memory)
        try:
            room = {"output": most.output, "outputs": MOST_OUTPUTS}
            messages.send_message(child.channel, {"cell": self._number, "source": source, **room})
            while True:
                message = messages.receive_message(child.channel, watch)
                if message.get("cell") == self._number:
                    if self._is_too_large(most):
                        self.close()
                        return CellResult([], "memory")
                    return _result_of(message, watch.stopped_for)
        except (messages.ChannelBroken, messages.AnswerLate, OSError) as error:
            self._child = None
            ended = child.end()
            why = "crash" if isinstance(error, messages.AnswerGarbled) else _why_ended(*ended, most)
            return CellResult([], watch.stopped_for or why)


def _result_of(message: dict[str, Any], stopped_for: str) -> CellResult:
    """What a child says of a cell that it has run to its end."""
    outputs = as_outputs(message.get("outputs"), MOST_OUTPUTS)
    said = message.get("dropped")
    dropped = said if isinstance(said, int) and 0 <= said < 2**63 else 0
    names = {output["ename"] for output in outputs if output["output_type"] == "error"}
    outcome = stopped_for or ("memory" if names & set(OUT_OF_MEMORY) else "output" if dropped else "done")
    return CellResult(outputs, outcome, dropped)


def _why_ended(status: int, size: int, seconds: int, most: Limits) -> str:
    """The outcome of a cell that ended its child, from the child's wait status, size and processor time."""
    ending = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    # The first process of a namespace gets no SIGXCPU: over its processor time it is killed at once.
    if ending == signal.SIGXCPU or (ending == signal.SIGKILL and seconds >= most.cpu_seconds):
        return "time"
    # The system ends the largest process when memory runs out; C++ ends its own when an allocation fails.
    if ending == signal.SIGKILL or (ending in (signal.SIGABRT, signal.SIGSEGV) and size > most.memory // 2):
        return "memory"
    return "crash"


class Watchdog:
    """Waits for a cell's answer, interrupts and then gives up at the deadline or over the memory limit.

    stopped_for: time or memory once it has interrupted the cell, else the empty string.
    """

    def __init__(self, child: Child, deadline: float, memory: int) -> None:
        self._child, self._deadline, self._memory = child, deadline, memory
        self.stopped_for = ""

    def wait(self, readable: Callable[[float], bool]) -> None:
        """Return when there is something to read. Raises messages.Late when the cell must be ended."""
        while True:
            left = self._deadline - time.monotonic()
            if left > 0 and readable(min(left, WATCH_SECONDS)):
                return
            if left <= 0:
                if self.stopped_for:
                    raise messages.AnswerLate
                self.stopped_for = "time"
                self._child.signal(signal.SIGINT)
                self._deadline = time.monotonic() + INTERRUPT_SECONDS
            elif not self.stopped_for and self._child.memory() > self._memory:
                self.stopped_for = "memory"
                raise messages.AnswerLate


def run_notebook(
    sandboxes: Sandboxes, cells: Mapping[int, str], most: Limits, hidden: tuple[str, ...] = ()
) -> dict[int, CellResult]:
    """Run code cells (number → source) in order and return what each gave.

    hidden: modules of the course that are not there meanwhile.
    """
    with SubmissionRun(sandboxes, most, hidden) as run:
        return {number: run.cell(source) for number, source in cells.items()}
