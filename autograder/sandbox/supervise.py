"""The trusted side: starts the warm parent, hands out notebooks, keeps the limits, takes outputs in."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from autograder.sandbox import frames, layers
from autograder.sandbox.limits import Limits
from course_lib.errors import CourseError
from course_lib.paths import project_root

START_SECONDS = 180
INTERRUPT_SECONDS = 2.0
MAX_RUNS = 4  # how often a notebook is begun anew, each time without the cell that ended the run before


class Untrusted(CourseError):
    """Too few layers hold here to run other people's code."""


@dataclass
class CellResult:
    """What a cell gave.

    outcome: done, time, memory, crash, or not run. dropped: bytes of output beyond the limit.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    outcome: str = "not run"
    dropped: int = 0


class WarmParent:
    """A running warm parent. Children may be asked for from several threads."""

    def __init__(self, trust: bool = False) -> None:
        self.layers = layers.probe()
        gaps = layers.missing(self.layers)
        if gaps and not trust:
            raise Untrusted(
                "Other people's code cannot be run safely here: "
                + "; ".join(f"no {gap.name} ({gap.problem})" for gap in gaps),
                fix="grade on Linux, outside a strict container, or trust the submissions with --trust",
            )
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._requests, self._lock, self._slots = ours, threading.Lock(), set[int]()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.sandbox.warm", str(theirs.fileno())],
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        theirs.close()
        ready = select.select([ours], [], [], START_SECONDS)[0] and ours.recv(16) == b"ready"
        if not ready:
            self._process.kill()
            said = self._process.communicate()[1].decode(errors="replace").strip().splitlines()
            raise CourseError(f"The warm parent did not start: {(said or ['no reason given'])[-1]}")

    def close(self) -> None:
        """End the parent; children that still run die with it."""
        self._requests.close()
        self._process.terminate()
        self._process.communicate()

    def __enter__(self) -> WarmParent:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fork(self, limits: Limits) -> Child:
        """A new confined child."""
        with self._lock:
            slot = next(number for number in range(10_000) if number not in self._slots)
            self._slots.add(slot)
            ours, theirs = socket.socketpair()
            reader, writer = os.pipe()
            data_folder = os.environ.get("FASHION_MNIST_DIR")
            asked = {
                "layers": [layer.name for layer in self.layers if layer.holds],
                "readable": readable_places(data_folder),
                "slot": slot,
                "limits": asdict(limits),
                "environment": {"FASHION_MNIST_DIR": data_folder} if data_folder else {},
            }
            socket.send_fds(self._requests, [json.dumps(asked).encode()], [theirs.fileno(), writer])
            theirs.close()
            os.close(writer)
        return Child(ours, reader, lambda: self._slots.discard(slot))


def readable_places(data_folder: str | None) -> list[str]:
    """What a child may read: Python, its packages, the course's library, the data. No solution, no key."""
    places = [sys.prefix, sys.base_prefix, str(project_root() / "course_lib")]
    if data_folder:
        places.append(data_folder)
    return sorted({str(Path(place).resolve()) for place in places} | {sys.prefix})


class Child:
    """One confined child: its channel, and the pipe on which its keeper reports pid and fate."""

    def __init__(self, channel: socket.socket, reader: int, release: Any) -> None:
        self.channel, self._release = channel, release
        self._reader = os.fdopen(reader, "r")
        first = self._reader.readline().strip()
        if not first.isdigit():
            self.channel.close()
            release()
            raise CourseError(f"A sandbox could not be set up: {first or 'no reason given'}")
        self._handle = os.pidfd_open(int(first))

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process that runs the cells, if it still runs."""
        try:
            signal.pidfd_send_signal(self._handle, number)
        except ProcessLookupError:
            return

    def end(self) -> int:
        """Kill what still runs; returns the wait status."""
        self.signal(signal.SIGKILL)
        status = self._reader.readline().strip()
        self._reader.close()
        os.close(self._handle)
        self.channel.close()
        self._release()
        if status.startswith("failed"):
            raise CourseError(f"A sandbox could not be set up: {status}")
        return int(status or 0)


def run_notebook(parent: WarmParent, cells: dict[int, str], limits: Limits) -> dict[int, CellResult]:
    """Run code cells (number → source) in order in one child and return what each gave.

    A cell that exceeds its time, or ends the child, costs that cell only: the rest is run again without it.
    """
    results = {number: CellResult() for number in cells}
    left_out: set[int] = set()
    for _ in range(MAX_RUNS):
        wanted = {number: source for number, source in cells.items() if number not in left_out}
        stopped = run_once(parent, wanted, limits, results)
        if stopped is None:
            break
        left_out.add(stopped)
    return results


def run_once(
    parent: WarmParent, cells: dict[int, str], limits: Limits, results: dict[int, CellResult]
) -> int | None:
    """One child through all cells; returns the number of the cell that ended it early, or None."""
    child = parent.fork(limits)
    current: int | None = next(iter(cells), None)
    outcome = "crash"
    try:
        frames.send(child.channel, {"cells": list(cells.items()), "output": limits.output})
        deadline = time.monotonic() + limits.cell_seconds
        interrupted = False
        while True:
            try:
                message = frames.receive(child.channel, deadline)
            except frames.Late:
                outcome = "time"
                if interrupted:
                    break
                child.signal(signal.SIGINT)
                interrupted, deadline = True, time.monotonic() + INTERRUPT_SECONDS
                continue
            if message.get("finished"):
                return None
            if isinstance(message.get("started"), int):
                current, outcome = message["started"], "crash"
                deadline, interrupted = time.monotonic() + limits.cell_seconds, False
            elif message.get("cell") == current and current in results:
                results[current] = CellResult(
                    as_outputs(message.get("outputs")),
                    "time" if interrupted else "done",
                    message["dropped"] if isinstance(message.get("dropped"), int) else 0,
                )
    except (frames.Broken, OSError):
        pass
    finally:
        status = child.end()
    if current in results:
        if outcome == "crash" and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            outcome = "time"
        results[current] = CellResult([], outcome)
    return current


def as_outputs(value: Any) -> list[dict[str, Any]]:
    """Outputs as nbformat knows them; anything else a child sent is left out."""
    kept = []
    for output in value if isinstance(value, list) else []:
        match output:
            case {"output_type": "stream", "name": "stdout" | "stderr", "text": str()}:
                kept.append(output)
            case {"output_type": "display_data", "data": dict(), "metadata": dict()}:
                kept.append(output)
            case {"output_type": "execute_result", "data": dict(), "metadata": dict()}:
                kept.append(output | {"execution_count": None})
            case {"output_type": "error", "ename": str(), "evalue": str(), "traceback": list()}:
                kept.append(output | {"traceback": [str(line) for line in output["traceback"]]})
    return kept
