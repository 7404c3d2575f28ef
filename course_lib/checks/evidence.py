"""Evidence: what a probe brings back. Named arrays and plain facts, never code.

Evidence crosses from the student's process to the trusted one as an npz file (no pickles) whose member
`facts` holds JSON. Whatever arrives is treated as hostile: `read` either returns clean evidence or raises
`EvidenceError` with a sentence.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

SCHEMA = 1
MIME = "application/vnd.attention-course.evidence+json"
MAX_BYTES = 4_000_000
MAX_ARRAYS = 128
MAX_FACTS = 200_000  # bytes of JSON
MAX_DEPTH = 8
MAX_TEXT = 400  # characters of one string; what judges search through stays short

Array = npt.NDArray[Any]


class EvidenceError(ValueError):
    """Evidence that cannot be read; the message says why."""


class WrongReturn(TypeError):
    """The answer returned something that is not what was asked; the message says what."""


@dataclass(frozen=True)
class Evidence:
    """What one answer did when it was probed.

    arrays: name -> numeric array, for example `plain/output` of shape (N, H, W, C).
    facts: name -> plain JSON value, for example `plain/trainable` -> 318.
    """

    exercise: str
    arrays: dict[str, Array] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def error(self) -> dict[str, Any] | None:
        """The first exception met: stage, type, message, line; or None."""
        error = self.facts.get("error")
        return error if isinstance(error, dict) else None


def values(tensor: Any) -> Array:
    """A tensor's values; raises WrongReturn when they are not numbers."""
    array = np.asarray(tensor)
    if array.dtype.kind not in "biuf":
        raise WrongReturn(f"returned values of type {array.dtype} instead of numbers")
    return array


def write(evidence: Evidence, nonce: str = "") -> bytes:
    """Pack evidence into npz bytes.

    Raises:
        EvidenceError: if the evidence is larger than `MAX_BYTES`, or an array is not numeric.
    """
    for name, array in evidence.arrays.items():
        if array.dtype.kind not in "biuf":
            raise EvidenceError(f"array {name!r} has dtype {array.dtype}; only numbers can be evidence")
    size = sum(array.nbytes for array in evidence.arrays.values())
    if size > MAX_BYTES:
        raise EvidenceError(f"the answer returned {size:,} bytes; at most {MAX_BYTES:,} can be checked")
    head = {"schema": SCHEMA, "exercise": evidence.exercise, "nonce": nonce, "facts": evidence.facts}
    text = np.frombuffer(json.dumps(head, default=str).encode(), dtype=np.uint8)
    members: dict[str, Any] = {f"array/{name}": array for name, array in evidence.arrays.items()}
    buffer = io.BytesIO()
    np.savez(buffer, facts=text, **members)
    return buffer.getvalue()


def read(data: bytes, exercise: str, nonce: str = "") -> Evidence:
    """Unpack npz bytes that came from a process nobody trusts.

    Raises:
        EvidenceError: if anything is off: size, format, member count, dtype, exercise, request.
    """
    if len(data) > 2 * MAX_BYTES:
        raise EvidenceError(f"evidence of {len(data):,} bytes is over the limit")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_ARRAYS + 1:
                raise EvidenceError(f"evidence has {len(members)} members; at most {MAX_ARRAYS + 1} are read")
            if any(m.compress_type != zipfile.ZIP_STORED for m in members):
                raise EvidenceError("evidence is compressed; only plain members are read")
            if sum(m.file_size for m in members) > 2 * MAX_BYTES:
                raise EvidenceError("evidence unpacks to more than the limit")
        with np.load(io.BytesIO(data), allow_pickle=False) as loaded:
            arrays = {name: np.asarray(loaded[name]) for name in loaded.files}
        text = arrays.pop("facts").tobytes()
        if len(text) > MAX_FACTS:
            raise EvidenceError(f"{len(text):,} bytes of facts; at most {MAX_FACTS:,} are read")
        head = plain(json.loads(text))
        if not isinstance(head, dict) or not isinstance(head.get("facts"), dict):
            raise EvidenceError("evidence has no facts")
    except EvidenceError:
        raise
    except Exception as error:  # hostile bytes can make zipfile, numpy and json raise almost anything
        raise EvidenceError(f"evidence cannot be read ({type(error).__name__})") from None
    if head.get("schema") != SCHEMA:
        raise EvidenceError(f"evidence has schema {head.get('schema')!r}, expected {SCHEMA}")
    if head.get("exercise") != exercise:
        raise EvidenceError(f"evidence is for {head.get('exercise')!r}, not for {exercise!r}")
    if head.get("nonce") != nonce:
        raise EvidenceError("evidence does not answer this request")
    clean: dict[str, Array] = {}
    for name, array in arrays.items():
        if array.dtype.kind not in "biuf":
            raise EvidenceError(f"array {name!r} has dtype {array.dtype}; only numbers can be evidence")
        clean[name.removeprefix("array/")] = array
    require_error_form(head["facts"].get("error"))
    return Evidence(exercise, clean, head["facts"])


def plain(value: Any, depth: int = MAX_DEPTH) -> Any:
    """A JSON value with short, printable strings; raises EvidenceError when it is nested too deep."""
    if depth == 0:
        raise EvidenceError("facts are nested too deep")
    if isinstance(value, str):
        return value[:MAX_TEXT].encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [plain(item, depth - 1) for item in value]
    if isinstance(value, dict):
        return {plain(key, depth - 1): plain(item, depth - 1) for key, item in value.items()}
    return value


def require_error_form(error: Any) -> None:
    """Raise EvidenceError unless this is None or an error as `probe.describe_error` writes it."""
    if error is None:
        return
    texts = ("case", "stage", "type", "message")
    if not isinstance(error, dict) or not all(isinstance(error.get(text), str) for text in texts):
        raise EvidenceError("the error it tells of has no readable form")
    if not isinstance(error.get("line"), str | None):
        raise EvidenceError("the error it tells of has no readable line")


def to_mime(evidence: Evidence, nonce: str) -> dict[str, Any]:
    """The notebook output that carries evidence, as a MIME bundle."""
    payload = base64.b64encode(write(evidence, nonce)).decode()
    return {MIME: {"payload": payload}, "text/plain": f"evidence for {evidence.exercise}"}


def from_mime(bundle: Any, exercise: str, nonce: str) -> Evidence:
    """Read evidence out of a notebook output; raises EvidenceError like `read`."""
    payload = bundle.get("payload") if isinstance(bundle, dict) else None
    if not isinstance(payload, str) or len(payload) > 3 * MAX_BYTES:
        raise EvidenceError("evidence output has no readable payload")
    try:
        data = base64.b64decode(payload, validate=True)
    except (binascii.Error, ValueError):
        raise EvidenceError("evidence payload is not base64") from None
    return read(data, exercise, nonce)
