"""Evidence: what a probe brings back. Named arrays and plain facts, never code.

Evidence crosses from the student's process to the trusted one as an npz file (no pickles) whose member
`facts` holds JSON. Whatever arrives is treated as hostile: `read_evidence` either returns clean evidence or
raises `EvidenceError` with a sentence. The limits below bound the work that one answer can cause.
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
_MAX_FACTS = 200_000  # bytes of JSON
_MAX_DEPTH = 8
_MAX_TEXT = 400  # characters of one string; what judges search through stays short

# These two prefixes of array names, and the name of the fact, are part of every stored answer key and of
# evidence in transit: changing one of them would invalidate all keys.
BEHAVIOUR = "manner/"  # arrays of measured behaviour
NAMED_LAYERS = "named/"  # outputs of layers that the exercise has a name for
BEHAVIOUR_FACT = "habits"  # the fact that holds reported behaviour
BATCH_PART = slice(1, 3)  # images that are also given without the rest of their batch

Array = npt.NDArray[Any]


class EvidenceError(ValueError):
    """Evidence that cannot be read; the message says why."""


class WrongReturn(TypeError):
    """The answer returned something that is not what was asked; the message says what."""


@dataclass(frozen=True)
class Evidence:
    """What one answer did when it was probed.

    Attributes:
        exercise: The exercise's id.
        arrays: Numeric arrays by name, such as "plain/output" of shape (N, H, W, C).
        facts: Plain JSON values by name, such as the error an answer raised.
    """

    exercise: str
    arrays: dict[str, Array] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def error(self) -> dict[str, Any] | None:
        """The first exception met, as `probe.describe_error` writes it; or None."""
        error = self.facts.get("error")
        return error if isinstance(error, dict) else None


def tensor_values(tensor: Any) -> Array:
    """Return a tensor's values as an array.

    Raises:
        WrongReturn: If they are not numbers.
    """
    array = np.asarray(tensor)
    if array.dtype.kind not in "biuf":
        raise WrongReturn(f"returned values of type {array.dtype} instead of numbers")
    return array


def write_evidence(evidence: Evidence, nonce: str = "") -> bytes:
    """Return evidence packed into npz bytes.

    Args:
        evidence: The evidence.
        nonce: That of the request it answers.

    Raises:
        EvidenceError: If the evidence is larger than `MAX_BYTES`, or an array is not numeric.
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


def read_evidence(data: bytes, exercise: str, nonce: str = "") -> Evidence:
    """Unpack npz bytes that came from an untrusted process.

    Args:
        data: The bytes.
        exercise: Id of the exercise that the evidence must be for.
        nonce: That of the request that it must answer.

    Raises:
        EvidenceError: If anything is wrong: size, format, number of members, type, exercise, request.
    """
    if len(data) > 2 * MAX_BYTES:
        raise EvidenceError(f"evidence of {len(data):,} bytes is over the limit")
    try:
        # Looked at before NumPy unpacks anything: a small file can hold many members, or unpack to gigabytes.
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
        if len(text) > _MAX_FACTS:
            raise EvidenceError(f"{len(text):,} bytes of facts; at most {_MAX_FACTS:,} are read")
        head = _bounded_facts(json.loads(text))
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
    _require_error_form(head["facts"].get("error"))
    return Evidence(exercise, clean, head["facts"])


def _bounded_facts(value: Any, depth: int = _MAX_DEPTH) -> Any:
    """Return a JSON value with short strings of valid characters; EvidenceError if nested too deep."""
    if depth == 0:
        raise EvidenceError("facts are nested too deep")
    if isinstance(value, str):
        return value[:_MAX_TEXT].encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_bounded_facts(item, depth - 1) for item in value]
    if isinstance(value, dict):
        return {
            _bounded_facts(key, depth - 1): _bounded_facts(item, depth - 1) for key, item in value.items()
        }
    return value


def _require_error_form(error: Any) -> None:
    """Raise EvidenceError unless this is None or an error as `probe.describe_error` writes it."""
    if error is None:
        return
    texts = ("case", "stage", "type", "message")
    if not isinstance(error, dict) or not all(isinstance(error.get(text), str) for text in texts):
        raise EvidenceError("the error in it has no readable form")
    if not isinstance(error.get("line"), str | None):
        raise EvidenceError("the error in it has no readable line")


def to_mime(evidence: Evidence, nonce: str) -> dict[str, Any]:
    """Return evidence as a MIME bundle, the form of a notebook's output."""
    payload = base64.b64encode(write_evidence(evidence, nonce)).decode()
    return {MIME: {"payload": payload}, "text/plain": f"evidence for {evidence.exercise}"}


def from_mime(bundle: Any, exercise: str, nonce: str) -> Evidence:
    """Read evidence from a MIME bundle of a notebook's output.

    Raises:
        EvidenceError: As `read_evidence` raises it.
    """
    payload = bundle.get("payload") if isinstance(bundle, dict) else None
    if not isinstance(payload, str) or len(payload) > 3 * MAX_BYTES:
        raise EvidenceError("evidence output has no readable payload")
    try:
        data = base64.b64decode(payload, validate=True)
    except (binascii.Error, ValueError):
        raise EvidenceError("evidence payload is not base64") from None
    return read_evidence(data, exercise, nonce)
