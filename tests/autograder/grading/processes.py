"""The processes of a grading that runs, and what a grading may leave behind."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import psutil

WARM, WORKER = "autograder.sandbox.warm_parent", "autograder.grading.worker_process"
KINDS = ("worker", "server", "parent", "main", "all")


def of_kind(kind: str, main: int) -> list[psutil.Process]:
    """The processes of one kind of the grading whose main process has that pid."""
    with contextlib.suppress(psutil.Error):
        first = psutil.Process(main)
        if kind == "main":
            return [first]
        if kind == "all":
            return [*first.children(recursive=True), first]
        module = WARM if kind == "parent" else WORKER
        servers = [child for child in first.children() if runs(child, module)]
        return [own for server in servers for own in server.children()] if kind == "worker" else servers
    return []


def runs(process: psutil.Process, module: str) -> bool:
    with contextlib.suppress(psutil.Error):
        return module in process.cmdline()
    return False


def kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()


def marked(mark: str) -> list[psutil.Process]:
    """Living processes that were started with `mark` in their environment, or forked from such a one."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.status() != psutil.STATUS_ZOMBIE and mark in process.environ().values():
                found.append(process)
    return found


def leavings() -> set[str]:
    """Mounts and shared memory, but for semaphores of Python's: other programs come and go with theirs."""
    shared = {str(path) for path in Path("/dev/shm").iterdir() if not path.name.startswith("sem.mp-")}
    return shared | set(Path("/proc/self/mounts").read_text().splitlines())


def wait_until(true: Callable[[], bool], seconds: float = 120.0) -> bool:
    """Has it become true? Waits at most so long, which only a failure takes."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
