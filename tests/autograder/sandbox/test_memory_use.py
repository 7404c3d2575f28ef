"""Memory is found wherever a process puts it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from autograder.sandbox import memory_use
from autograder.sandbox.limits import MB

Start = Callable[[str], int]

IDLE = ""
PAGES = "held = bytearray(100_000_000)"
# A page that is only read costs none, but for its place in a table.
TABLES = (
    "import mmap\n"
    "held = mmap.mmap(-1, 4 << 30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
    "for place in range(0, 4 << 30, 2 << 20): held[place]"
)
SOCKETS = "import socket\nheld = [socket.socketpair() for _ in range(100)]"
PIPES = "import os\nheld = [os.pipe() for _ in range(100)]"
AFTER_ITS_FIRST_THREAD = (
    "import ctypes, os, threading, time\n"
    "held = bytearray(100_000_000)\n"
    "threading.Thread(target=lambda: (time.sleep(0.5), print('ready', flush=True), time.sleep(60))).start()\n"
    "ctypes.CDLL(None).syscall(60 if os.uname().machine == 'x86_64' else 93, 0)"
)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a Python process that runs some code and then waits; gives its id."""
    started = []

    def begin(code: str) -> int:
        waits = f"{code}\nprint('ready', flush=True)\nimport time\ntime.sleep(60)"
        process = subprocess.Popen([sys.executable, "-c", waits], stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout and process.stdout.readline() == b"ready\n"
        return process.pid

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("code", "least"),
    [
        (PAGES, 100 * MB),
        (TABLES, 8 * MB),
        (SOCKETS, 200 * memory_use.channel_bytes()),
        (PIPES, 100 * memory_use.channel_bytes()),
        (AFTER_ITS_FIRST_THREAD, 100 * MB),
    ],
    ids=["pages", "page tables", "sockets", "pipes", "after its first thread"],
)
def test_memory_is_counted(code: str, least: int, start: Start) -> None:
    assert memory_use.memory_held([start(code)]) > memory_use.memory_held([start(IDLE)]) + 0.9 * least


def test_a_process_that_has_ended_holds_nothing() -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    assert memory_use.memory_held([ended.pid]) == 0
