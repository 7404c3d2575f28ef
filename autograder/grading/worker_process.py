"""A process that grades one submission after another: trusted, and with everything imported once.

Messages on its channel are pickles, between processes of one grader; nothing a student wrote is unpickled.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import socket
import struct
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.grading.grader import Graded, SubmissionGrader, Task
from autograder.grading.lesson_materials import LessonMaterials
from autograder.sandbox import fork_server
from autograder.sandbox.fork_server import ServerGone
from autograder.sandbox.supervisor import Sandboxes
from autograder.sandbox.syscalls import PR_SET_PDEATHSIG, prctl
from autograder.submissions.reading import FAULT, first_line


class WorkerGone(Exception):
    """The process has ended."""


class WorkerLate(Exception):
    """The process has taken too long."""


def send_object(channel: socket.socket, message: Any) -> None:
    """Send one object."""
    data = pickle.dumps(message)
    channel.sendall(struct.pack("<Q", len(data)) + data)


def receive_object(channel: socket.socket) -> Any:
    """Receive one object. Raises EOFError when the other side has closed."""
    (size,) = struct.unpack("<Q", _exactly(channel, 8))
    return pickle.loads(_exactly(channel, size))


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = channel.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


def _work(asked: dict[str, Any], descriptors: list[int]) -> None:
    """In a forked worker: take the materials, then grade the tasks that come, until the channel closes."""
    if sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # whoever ends the server ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    channel = socket.socket(fileno=descriptors[0])
    sandboxes = None
    if len(descriptors) > 1:
        requests = socket.socket(fileno=descriptors[1])
        sandboxes = Sandboxes(requests, tuple(asked["layers"]), asked["slot"], tuple(asked["cores"]))
    place = Path(asked["place"])
    with contextlib.suppress(EOFError, ConnectionError, BrokenPipeError):
        send_object(channel, os.getpid())
        materials: LessonMaterials = receive_object(channel)
        if sandboxes:
            sandboxes = replace(sandboxes, concealed=(materials.folder,))
        desk = SubmissionGrader(materials, place, sandboxes)
        while True:
            send_object(channel, _graded_or_fault(desk, receive_object(channel)))


def _graded_or_fault(desk: SubmissionGrader, task: Task) -> Graded | ServerGone:
    """The graded submission; a ServerGone when the warm parent is lost; a fault of ours for anything else."""
    try:
        return desk.grade(task)
    except ServerGone as error:
        return error
    except Exception as error:
        return Graded(task.hand_in.student, FAULT, f"{type(error).__name__}: {first_line(error)}")


def main() -> None:
    """Serve on the socket whose descriptor is the first argument; remove the scratch folder at the end."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    scratch = Path(sys.argv[2])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        fork_server.serve(requests, lambda: None, _work)
    finally:
        fork_server.end_children()  # they write there
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
