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

_SCHEMA = 3
PUBLIC_KEYS = Path(__file__).parent / "keys"
PUBLIC_SEED = 20170900
_REMEDY = "Unpack the newest zip file of the course once more; in the whole course, run `./course build`."
_FINGERPRINT = 32
_TOLERANCE = 2e-4


class KeyMissing(FileNotFoundError):
    """An answer key is not there or cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Misconception:
    """A known wrong answer in the words that a student reads.

    Attributes:
        id: Unique in its exercise; "EXERCISE.ID" for one inherited from another exercise.
        title: What is wrong, in one sentence.
        hint: Why it is wrong.
        next_step: One thing to do next.
    """

    id: str
    title: str
    hint: str
    next_step: str


@dataclass(frozen=True)
class Expected:
    """The evidence that a key holds for one way to answer.

    Attributes:
        id: "solution", the id of a variant, or that of a misconception.
        arrays: Some arrays whole, of the others a `fingerprint`.
        shapes: The shape of every array without axes of size 1.
        facts: The facts of the evidence; for a misconception also "failed", the criteria that it fails.
    """

    id: str
    arrays: dict[str, Array]
    shapes: dict[str, list[int]]
    facts: dict[str, Any]


@dataclass(frozen=True)
class AnswerKey:
    """Everything needed to judge one exercise.

    Attributes:
        exercise: The exercise's id.
        seed: The probe's seed.
        digest: Of the lesson source, exercise, probe and misconceptions that the key was made from.
        right: One entry per legitimate variant, the solution first.
        wrong: One entry per misconception, in the author's order.
    """

    exercise: str
    seed: int
    digest: str
    right: tuple[Expected, ...]
    wrong: tuple[tuple[Misconception, Expected], ...] = field(default=())


def fingerprint(name: str, array: Array, size: int = _FINGERPRINT) -> Array:
    """Return at most `size` values of an array, (size,), at places that depend on its name and size only.

    They are enough to recognise an array; whole arrays would make keys large.
    """
    flat = np.asarray(array, dtype=np.float64).ravel()
    if flat.size <= size:
        return flat
    # A linear congruence instead of a random generator: the same places under every NumPy version.
    return flat[(crc32(name.encode()) + np.arange(size, dtype=np.int64) * 245_489) % flat.size]


def squeezed(shape: tuple[int, ...]) -> list[int]:
    """Return a shape without its axes of size 1."""
    return [size for size in shape if size != 1]


def _close(seen: Array, target: Array) -> bool:
    """Whether arrays are equal up to float32 noise, whole numbers exactly, and finite in the same places."""
    if target.dtype.kind in "iub":
        return bool(np.array_equal(np.ravel(seen), np.ravel(target)))
    seen, target = np.asarray(seen, np.float64).ravel(), np.asarray(target, np.float64).ravel()
    finite = np.isfinite(target)
    if seen.shape != target.shape or not np.array_equal(finite, np.isfinite(seen)):
        return False
    return bool(np.all(np.abs(seen - target)[finite] <= _TOLERANCE * np.maximum(1.0, np.abs(target[finite]))))


def matches(name: str, seen: Array, known: Expected) -> bool:
    """Whether an array of evidence equals that of a key, whole or fingerprint, axes of size 1 aside."""
    if squeezed(seen.shape) != known.shapes[name]:
        return False
    target = known.arrays[name]
    whole = list(squeezed(target.shape)) == known.shapes[name]
    return _close(seen if whole else fingerprint(name, seen, target.size), target)


def expected_evidence(
    id: str, evidence: Evidence, whole: tuple[str, ...] = (), size: int = _FINGERPRINT
) -> Expected:
    """Return evidence as a key holds it.

    Args:
        id: The id of the entry.
        evidence: The evidence.
        whole: Names of arrays to keep as they are.
        size: How many values to keep of the others.
    """
    arrays = {}
    for name, array in evidence.arrays.items():
        kept = np.asarray(array) if name in whole else fingerprint(name, array, size)
        arrays[name] = kept.astype(np.float32) if array.dtype.kind == "f" else kept
    shapes = {name: squeezed(array.shape) for name, array in evidence.arrays.items()}
    return Expected(id, arrays, shapes, evidence.facts)


@lru_cache(maxsize=256)
def _seal(value: float, step: float, salt: str) -> str:
    """Return a number as a salted digest, so that a key can recognise it without showing it.

    Numbers that round to the same multiple of `step` have one seal. The digest is slow to compute, since the
    answer to a quiz is often a small whole number that could be found by trying.
    """
    return hashlib.pbkdf2_hmac("sha256", repr(round(value / step)).encode(), salt.encode(), 20_000).hex()


def sealed_number(id: str, evidence: Evidence, step: float, salt: str) -> Expected:
    """Return the number in `evidence.arrays["value"]` as a key holds it, without showing it."""
    facts = {"seal": _seal(float(evidence.arrays["value"]), step, salt), "step": step, "salt": salt}
    return Expected(id, {}, {}, facts)


def seal_of(evidence: Evidence, facts: dict[str, Any]) -> str | None:
    """Return the seal of an answered number under a key's step and salt; None without a finite number."""
    value = evidence.arrays.get("value")
    if value is None or value.size != 1 or not np.isfinite(number := float(value.ravel()[0])):
        return None
    return _seal(number, facts["step"], facts["salt"]) if abs(number) < 1e15 else None


def save(key: AnswerKey) -> bytes:
    """Return an answer key as npz bytes; the same key always gives the same bytes."""
    head: dict[str, Any] = {
        "schema": _SCHEMA,
        "exercise": key.exercise,
        "seed": key.seed,
        "digest": key.digest,
    }
    streams: dict[
        str, Any
    ] = {}  # all values of one type in one member: a member for each array would be large

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
    """Return the first bytes of all values, then all second ones, and so on, which compresses better."""
    return np.ascontiguousarray(values.view(np.uint8).reshape(-1, values.itemsize).T)


def _values(planes: Array, dtype: str) -> Array:
    """Undo `_planes`."""
    return np.ascontiguousarray(planes.T).view(dtype).ravel()


def _content(head: dict[str, Any], members: dict[str, Any]) -> str:
    """Return a digest of all that a key holds, so that a damaged or edited file is noticed."""
    hasher = hashlib.sha256(json.dumps(head, sort_keys=True).encode())
    for dtype in sorted(members):
        hasher.update(members[dtype].tobytes())
    return hasher.hexdigest()[:16]


def load(path: Path) -> AnswerKey:
    """Read an answer key.

    Raises:
        KeyMissing: If the file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as loaded:
            head = json.loads(loaded["head"].tobytes())
            members = {name: loaded[name] for name in loaded.files if name != "head"}
        if head["schema"] == _SCHEMA and head.pop("content", "") != _content(head, members):
            raise ValueError("its content is not what was written")
    except FileNotFoundError:
        raise KeyMissing(f"There is no answer key at {path}. {_REMEDY}") from None
    except Exception as error:
        raise KeyMissing(f"The answer key {path} is damaged ({error}). {_REMEDY}") from None
    if head["schema"] != _SCHEMA:
        raise KeyMissing(f"The answer key {path} is of another version. {_REMEDY}")

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
    """Return the key that ships with the course.

    Raises:
        KeyMissing: If the file is missing or damaged.
    """
    return load(PUBLIC_KEYS / f"{exercise}.npz")
