"""How much memory processes hold, what the kernel keeps for them included."""

from __future__ import annotations

import contextlib
import os
import re
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

KB = 1024  # what Linux calls kB


def memory_held(pids: Iterable[int]) -> int:
    """Bytes in use by these processes, each shared byte counted once.

    Counted are their own pages, their page tables, and every socket and pipe as if it were full: what waits
    there belongs to no process. Processes that have ended, or may not be looked at, count nothing.
    """
    total, channels = 0, set[str]()
    for pid in pids:
        threads = [f"/proc/{pid}/task/{thread}" for thread in _names_in(f"/proc/{pid}/task")]
        # Any living thread tells it of the whole process; the first may have ended before the others.
        total += next(filter(None, map(_bytes_of_pages, threads)), 0)
        for thread in threads:  # may have descriptors of its own
            channels.update(_channels_of(thread))
    return total + len(channels) * channel_bytes()


def _bytes_of_pages(thread: str) -> int:
    """Bytes of a thread's process, a share of what it has in common with others, and of its page tables."""
    total = 0
    for name, amount in (("smaps_rollup", r"^Pss: +(\d+)"), ("status", r"^VmPTE:\s+(\d+)")):
        with contextlib.suppress(OSError):
            told = Path(thread, name).read_text(errors="replace")
            if found := re.search(amount, told, re.M):
                total += int(found[1]) * KB
    return total


def _channels_of(thread: str) -> Iterator[str]:
    """The open sockets and pipes, named as everywhere on this machine."""
    for descriptor in _names_in(f"{thread}/fd"):
        with contextlib.suppress(OSError):
            place = os.readlink(f"{thread}/fd/{descriptor}")
            if place.startswith(("socket:", "pipe:")):
                yield place


def channel_bytes() -> int:
    """What waits in one socket at most: it takes one more message just before it is full."""
    with socket.socket(socket.AF_UNIX) as usual:
        return 2 * usual.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
