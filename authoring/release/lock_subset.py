"""The part of requirements.lock that some of its packages need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from packaging.utils import canonicalize_name

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
WHO_ASKED = re.compile(r"^\s*#(?: via)? +([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One entry of a lock: its text with the hashes, its name, and the packages that asked for it."""

    name: str
    text: str
    asked_by: frozenset[str]


def needed_by(names: Iterable[str], lock: str) -> str:
    """The lock without the packages that none of these needs, at first or at second hand.

    lock: as `uv pip compile` writes it, with a comment below each pin that says which packages asked for it.
    """
    pins = list(pins_of(lock))
    kept: set[str] = {canonicalize_name(name) for name in names}
    while more := {pin.name for pin in pins if pin.asked_by & kept} - kept:
        kept |= more
    return "".join(pin.text for pin in pins if pin.name in kept)


def pins_of(lock: str) -> Iterator[Pin]:
    """The entries of a lock, in its order."""
    for text in re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE):
        if name := NAME.match(text):
            asked_by = frozenset(canonicalize_name(asker) for asker in WHO_ASKED.findall(text))
            yield Pin(canonicalize_name(name.group()), text, asked_by)
