"""Messages between the supervisor and a child: four bytes of length, then JSON."""

from __future__ import annotations

import json
import select
import socket
import struct
from collections.abc import Callable
from typing import Any, Protocol

from autograder.submissions.bounded_json import read_json

MAX_FRAME = 40_000_000
MAX_BARE = 2_000_000  # bytes of it outside of texts


class ChannelBroken(Exception):
    """The other side closed, or sent what cannot be read."""


class AnswerGarbled(ChannelBroken):
    """The other side sent something else than a frame, or more than a frame may hold."""


class AnswerLate(Exception):
    """Nothing complete came in time."""


def send_message(channel: socket.socket, message: dict[str, Any]) -> None:
    """Send one message."""
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    channel.sendall(struct.pack("<I", len(data)) + data)


class Waiting(Protocol):
    """Decides how long to wait for a message."""

    def wait(self, readable: Callable[[float], bool]) -> None:
        """Return once `readable(seconds)` says that something came; raise Late to give up."""


def receive_message(channel: socket.socket, waiting: Waiting | None = None) -> dict[str, Any]:
    """Receive one message; waits as long as `waiting` does, or for ever.

    Raises:
        Late: when `waiting` gives up. Broken: when no further message can come, Garbled for what came.
    """
    (size,) = struct.unpack("<I", _exactly(channel, 4, waiting))
    if size > MAX_FRAME:
        raise AnswerGarbled(f"a message of {size:,} bytes")
    try:
        message = read_json(_exactly(channel, size, waiting), MAX_BARE)
    except ValueError as error:
        raise AnswerGarbled(f"a message that cannot be read: {error}") from error
    if not isinstance(message, dict):
        raise AnswerGarbled("a message that is no object")
    return message


def _exactly(channel: socket.socket, size: int, waiting: Waiting | None) -> bytes:
    """That many bytes."""

    def readable(seconds: float) -> bool:
        return bool(select.select([channel], [], [], seconds)[0])

    data = bytearray()
    while len(data) < size:
        if waiting:
            waiting.wait(readable)
        try:
            piece = channel.recv(min(size - len(data), 1 << 20))
        except OSError as error:
            raise ChannelBroken(str(error)) from error
        if not piece:
            raise ChannelBroken("closed")
        data += piece
    return bytes(data)
