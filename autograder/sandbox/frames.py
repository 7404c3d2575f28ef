"""Messages between the supervisor and a child: four bytes of length, then JSON."""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any

MAX_FRAME = 40_000_000


class Broken(Exception):
    """The other side closed, sent something else than a frame, or more than a frame may hold."""


class Late(Exception):
    """Nothing complete came in time."""


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    """Send one message."""
    data = json.dumps(message).encode()
    channel.sendall(struct.pack("<I", len(data)) + data)


def receive(channel: socket.socket, deadline: float | None = None) -> dict[str, Any]:
    """Receive one message; `deadline` is a time of `time.monotonic`.

    Raises:
        Late: at the deadline. Broken: when no further message can come.
    """
    (size,) = struct.unpack("<I", exactly(channel, 4, deadline))
    if size > MAX_FRAME:
        raise Broken(f"a message of {size:,} bytes")
    try:
        message = json.loads(exactly(channel, size, deadline))
    except (ValueError, RecursionError) as error:
        raise Broken("a message that is no JSON") from error
    if not isinstance(message, dict):
        raise Broken("a message that is no object")
    return message


def exactly(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    """That many bytes."""
    data = bytearray()
    while len(data) < size:
        wait = None if deadline is None else max(0.0, deadline - time.monotonic())
        if not select.select([channel], [], [], wait)[0]:
            raise Late
        try:
            piece = channel.recv(min(size - len(data), 1 << 20))
        except OSError as error:
            raise Broken(str(error)) from error
        if not piece:
            raise Broken("closed")
        data += piece
    return bytes(data)
