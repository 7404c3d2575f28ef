"""Processes that import once and are forked many times.

A fork server imports what its children need, then forks one child per request. A child starts in
milliseconds and shares the server's memory until it writes to it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from typing import Any

import psutil

from course_lib.errors import CourseError

START_SECONDS = 180
# Message boundaries let several processes share one server. macOS has no such local sockets; there
# submissions run trusted and one process asks.
KIND = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_STREAM
MAX_REQUEST = 65536
BEHIND = 5  # how far the priority of children lies behind, see nice(2)


class ServerGone(Exception):
    """The server has ended; nothing can be forked from it any more."""


class ForkServer:
    """A server; `module` is run with the descriptor of its socket as the first argument.

    environment: added to what it has from this process, which is all of that, or only what `inherited` names.
    It gets ready in the background. Ends, with the children that depend on it, when this object is closed or
    its process ends.
    """

    def __init__(
        self,
        module: str,
        *arguments: str,
        environment: dict[str, str] | None = None,
        inherited: Sequence[str] | None = None,
    ) -> None:
        self._module, self._ready, self._lock = module, False, threading.Lock()
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, KIND)
        kept = {name: os.environ[name] for name in inherited or () if name in os.environ}
        if inherited is None:
            kept = dict(os.environ)
        # Not a pipe: one that nobody reads would fill up and stop the server.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, str(theirs.fileno()), *arguments],
            env={**kept, **(environment or {})},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            start_new_session=True,
        )
        self.pid = self._process.pid
        theirs.close()

    @property
    def requests(self) -> socket.socket:
        """Where to ask for children, once the server is ready.

        Raises ServerGone when something ended it meanwhile, CourseError when it cannot get ready here.
        """
        with self._lock:
            if not self._ready:
                came = select.select([self._requests], [], [], START_SECONDS)[0]
                if not came or self._requests.recv(16) != b"ready":
                    if came and self._process.wait() < 0:
                        raise ServerGone(f"{self._module} was ended by signal {-self._process.returncode}")
                    self._process.kill()
                    self._said.seek(0)
                    said = self._said.read().decode(errors="replace").strip().splitlines()
                    raise CourseError(f"{self._module} did not start: {(said or ['no reason given'])[-1]}")
                self._ready = True
        return self._requests

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """End the server."""
        self._requests.close()
        self._process.terminate()
        self._process.wait()
        self._said.close()


def request(requests: socket.socket, message: dict[str, Any], descriptors: Sequence[int]) -> None:
    """Ask the server behind `requests` for a child that gets a message and copies of open files.

    Raises ServerGone.
    """
    try:
        socket.send_fds(requests, [json.dumps(message).encode()], list(descriptors))
    except OSError as error:
        raise ServerGone(str(error)) from error


def end_children() -> None:
    """In a server: end its children, and wait until they are gone."""
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            child.kill()
    with contextlib.suppress(ChildProcessError):
        os.wait()  # nothing to reap, so this returns when the last child is gone


def serve(
    requests: socket.socket,
    before: Callable[[], None],
    start: Callable[[dict[str, Any], list[int]], None],
) -> None:
    """In the server: fork a child for every request until the other side closes.

    before: called before each fork; raises when this process is no longer fit to be forked.
    start: what a child does with the message and the descriptors; the child ends when it returns.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks
    gc.collect()
    gc.freeze()  # what is here now is never collected, so that children need not copy it
    os.nice(BEHIND)  # whoever asks, and records what comes back, waits for no child
    requests.send(b"ready")
    while True:
        data, descriptors, _, _ = socket.recv_fds(requests, MAX_REQUEST, 8)
        if not data:
            return
        before()
        if os.fork() == 0:
            try:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                requests.close()
                start(json.loads(data), descriptors)
            finally:
                os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)
