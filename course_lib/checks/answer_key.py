"""Answer keys: the evidence a right answer gives, and the evidence of each known misconception.

A key holds arrays, facts and hints. It holds no code, and nothing in it can answer an exercise:
it knows the outputs for its own inputs only.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from course_lib.checks.evidence import Array, Evidence

SCHEMA = 3
PUBLIC_KEYS = Path(__file__).parent / "keys"
PUBLIC_SEED = 20170900
REMEDY = "Unpack the newest zip file of the course once more; in the whole course, run `./course build`."
FINGERPRINT = 32
TOLERANCE = 2e-4


class KeyMissing(FileNotFoundError):
    """An answer key is not there or cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Misconception:
    """A known wrong answer as the student hears of it."""

    id: str
    title: str
    hint: str
    next_step: str


@dataclass(frozen=True)
class Expected:
    """Evidence a key holds for one way to answer: some arrays whole, of the others a fingerprint.

    shapes: the shape of every array, size-1 axes left out.
    """

    id: str
    arrays: dict[str, Array]
    shapes: dict[str, list[int]]
    facts: dict[str, Any]


@dataclass(frozen=True)
class AnswerKey:
    """Everything needed to judge one exercise.

    seed: the probe's seed.
    digest: fingerprint of the lesson source, exercise, probe and misconceptions the key was made from.
    right: one entry per legitimate variant. wrong: one entry per misconception, in the author's order.
    """

    exercise: str
    seed: int
    digest: str
    right: tuple[Expected, ...]
    wrong: tuple[tuple[Misconception, Expected], ...] = field(default=())


def fingerprint(name: str, array: Array, size: int = FINGERPRINT) -> Array:
    """At most `size` values of an array, at places that depend on its name and size only."""
    flat = np.asarray(array, dtype=np.float64).ravel()
    if flat.size <= size:
        return flat
    # A linear congruence instead of a random generator: the same places under every NumPy version.
    return flat[(crc32(name.encode()) + np.arange(size, dtype=np.int64) * 245_489) % flat.size]


def squeezed(shape: tuple[int, ...]) -> list[int]:
    """A shape without its axes of size 1."""
    return [size for size in shape if size != 1]


def close(seen: Array, target: Array) -> bool:
    """Equal up to float32 noise, whole numbers exactly; not finite only where the target is not."""
    if target.dtype.kind in "iub":
        return bool(np.array_equal(np.ravel(seen), np.ravel(target)))
    seen, target = np.asarray(seen, np.float64).ravel(), np.asarray(target, np.float64).ravel()
    finite = np.isfinite(target)
    if seen.shape != target.shape or not np.array_equal(finite, np.isfinite(seen)):
        return False
    return bool(np.all(np.abs(seen - target)[finite] <= TOLERANCE * np.maximum(1.0, np.abs(target[finite]))))


def matches(name: str, seen: Array, known: Expected) -> bool:
    """Does an array of the evidence equal a whole or fingerprinted one of the key, size-1 axes aside?"""
    if squeezed(seen.shape) != known.shapes[name]:
        return False
    target = known.arrays[name]
    whole = list(squeezed(target.shape)) == known.shapes[name]
    return close(seen if whole else fingerprint(name, seen, target.size), target)


def expected(id: str, evidence: Evidence, whole: tuple[str, ...] = (), size: int = FINGERPRINT) -> Expected:
    """Keep evidence in a key: the arrays named in `whole` as they are, of the others `size` values."""
    arrays = {}
    for name, array in evidence.arrays.items():
        kept = np.asarray(array) if name in whole else fingerprint(name, array, size)
        arrays[name] = kept.astype(np.float32) if array.dtype.kind == "f" else kept
    shapes = {name: squeezed(array.shape) for name, array in evidence.arrays.items()}
    return Expected(id, arrays, shapes, evidence.facts)


@lru_cache(maxsize=256)
def seal(value: float, step: float, salt: str) -> str:
    """A number as a salted digest of its multiple of `step`, so that a key can recognise but not tell it."""
    return hashlib.pbkdf2_hmac("sha256", repr(round(value / step)).encode(), salt.encode(), 20_000).hex()


def sealed(id: str, evidence: Evidence, step: float, salt: str) -> Expected:
    """Keep a number in a key without showing it; `evidence.arrays["value"]` holds it."""
    facts = {"seal": seal(float(evidence.arrays["value"]), step, salt), "step": step, "salt": salt}
    return Expected(id, {}, {}, facts)


def seal_of(evidence: Evidence, facts: dict[str, Any]) -> str | None:
    """The seal of an answered number under a key's step and salt; None when there is no finite number."""
    value = evidence.arrays.get("value")
    if value is None or value.size != 1 or not np.isfinite(number := float(value.ravel()[0])):
        return None
    return seal(number, facts["step"], facts["salt"]) if abs(number) < 1e15 else None


def save(key: AnswerKey) -> bytes:
    """An answer key as npz bytes; the same key always gives the same bytes."""
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "exercise": key.exercise,
        "seed": key.seed,
        "digest": key.digest,
    }
    streams: dict[str, Any] = {}  # all values of one type in a row: a member of its own for each is large

    def put(entry: Expected) -> dict[str, Any]:
        for array in entry.arrays.values():
            streams.setdefault(str(array.dtype), []).append(array.ravel())
        arrays = [[name, str(array.dtype), array.shape] for name, array in entry.arrays.items()]
        return {"id": entry.id, "shapes": entry.shapes, "facts": entry.facts, "arrays": arrays}

    head["right"] = [put(entry) for entry in key.right]
    head["wrong"] = [{"misconception": asdict(m), **put(entry)} for m, entry in key.wrong]
    members: dict[str, Any] = {dtype: _planes(np.concatenate(arrays)) for dtype, arrays in streams.items()}
    head["content"] = _content(head, members)
    text = np.frombuffer(json.dumps(head, sort_keys=True).encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, head=text, **members)
    return buffer.getvalue()


def _planes(values: Array) -> Array:
    """The first bytes of all values, then all second ones, and so on: like beside like compresses better."""
    return np.ascontiguousarray(values.view(np.uint8).reshape(-1, values.itemsize).T)


def _values(planes: Array, dtype: str) -> Array:
    """`_planes` undone."""
    return np.ascontiguousarray(planes.T).view(dtype).ravel()


def _content(head: dict[str, Any], members: dict[str, Any]) -> str:
    """A digest of all that a key holds: whoever edits one by hand shall hear of it."""
    hasher = hashlib.sha256(json.dumps(head, sort_keys=True).encode())
    for dtype in sorted(members):
        hasher.update(members[dtype].tobytes())
    return hasher.hexdigest()[:16]


def load(path: Path) -> AnswerKey:
    """Read an answer key.

    Raises:
        KeyMissing: if the file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as loaded:
            head = json.loads(loaded["head"].tobytes())
            members = {name: loaded[name] for name in loaded.files if name != "head"}
        if head["schema"] == SCHEMA and head.pop("content", "") != _content(head, members):
            raise ValueError("its content is not what was written")
    except FileNotFoundError:
        raise KeyMissing(f"There is no answer key at {path}. {REMEDY}") from None
    except Exception as error:
        raise KeyMissing(f"The answer key {path} is damaged ({error}). {REMEDY}") from None
    if head["schema"] != SCHEMA:
        raise KeyMissing(f"The answer key {path} is of another version. {REMEDY}")

    streams = {dtype: _values(planes, dtype) for dtype, planes in members.items()}
    taken = dict.fromkeys(streams, 0)

    def take(entry: dict[str, Any]) -> Expected:
        arrays = {}
        for name, dtype, shape in entry["arrays"]:
            start, taken[dtype] = taken[dtype], taken[dtype] + math.prod(shape)
            arrays[name] = streams[dtype][start : taken[dtype]].reshape(shape)
        return Expected(entry["id"], arrays, entry["shapes"], entry["facts"])

    return AnswerKey(
        exercise=head["exercise"],
        seed=head["seed"],
        digest=head["digest"],
        right=tuple(take(entry) for entry in head["right"]),
        wrong=tuple((Misconception(**entry["misconception"]), take(entry)) for entry in head["wrong"]),
    )


def public_key(exercise: str) -> AnswerKey:
    """The key that ships with the course; raises KeyMissing."""
    return load(PUBLIC_KEYS / f"{exercise}.npz")
