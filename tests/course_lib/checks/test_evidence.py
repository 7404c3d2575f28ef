"""Evidence crosses a border: what comes in is read completely, or refused in a sentence."""

import io
import json
import zipfile
from typing import Any

import numpy as np
import pytest

from course_lib.checks.evidence import (
    MAX_ARRAYS,
    MAX_BYTES,
    SCHEMA,
    Evidence,
    EvidenceError,
    from_mime,
    read_evidence,
    to_mime,
    write_evidence,
)

EVIDENCE = Evidence("squeeze", {"plain/output": np.arange(6.0).reshape(2, 3)}, {"habits": {"named": True}})


def packed(arrays: dict[str, Any], head: object | None = None) -> bytes:
    """An npz as `write` makes it, from parts that `write` would refuse."""
    usual = {"schema": SCHEMA, "exercise": "squeeze", "nonce": "n", "facts": {}}
    text = np.frombuffer(json.dumps(usual if head is None else head).encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, facts=text, **arrays)
    return buffer.getvalue()


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def npy(array: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    return buffer.getvalue()


def text_npy(text: str) -> bytes:
    return npy(np.frombuffer(text.encode(), np.uint8))


HEAD = {"schema": SCHEMA, "exercise": "squeeze", "nonce": "n", "facts": {}}
REFUSED = {
    "nothing": b"",
    "no zip": b"PK\x03\x04 and then nothing",
    "a cut zip": write_evidence(EVIDENCE, "n")[:-40],
    "no facts": zipped({"array/x.npy": npy(np.ones(2))}),
    "facts are no object": packed({}, ["a", "list"]),
    "facts inside are no object": packed({}, HEAD | {"facts": 3}),
    "facts are not JSON": zipped({"facts.npy": text_npy("{")}),
    "deep JSON": zipped({"facts.npy": text_npy('{"a":' * 30_000)}),
    "nested facts": packed({}, HEAD | {"facts": {"a": [[[[[[[[[1]]]]]]]]]}}),
    "endless facts": zipped({"facts.npy": text_npy(json.dumps(HEAD) + " " * 300_000)}),
    "an error of no form": packed({}, HEAD | {"facts": {"error": {"message": "only"}}}),
    "another schema": packed({}, HEAD | {"schema": SCHEMA + 1}),
    "another exercise": packed({}, HEAD | {"exercise": "excitation"}),
    "another request": packed({}, HEAD | {"nonce": "m"}),
    "complex numbers": packed({"array/x": np.array([1j])}),
    "strings": packed({"array/x": np.array(["5"])}),
    "dates": packed({"array/x": np.array(["2020-01-01"], dtype="datetime64[D]")}),
    "a pickle": zipped({"facts.npy": text_npy(json.dumps(HEAD)), "array/x.npy": npy(np.array([{}, {}]))}),
    "no array at all": zipped({"facts.npy": text_npy(json.dumps(HEAD)), "array/x.npy": b"import os"}),
    "a bomb": zipped({"facts.npy": b"\0" * 50_000_000}, zipfile.ZIP_DEFLATED),
    "too many arrays": packed({f"array/{n}": np.ones(1) for n in range(MAX_ARRAYS + 1)}),
    "too many bytes": b"\0" * (2 * MAX_BYTES + 1),
}


def test_what_was_written_is_read() -> None:
    back = read_evidence(write_evidence(EVIDENCE, "n"), "squeeze", "n")
    assert back.facts == EVIDENCE.facts
    np.testing.assert_array_equal(back.arrays["plain/output"], EVIDENCE.arrays["plain/output"])
    assert from_mime(next(iter(to_mime(EVIDENCE, "n").values())), "squeeze", "n").facts == EVIDENCE.facts


@pytest.mark.parametrize("kind", REFUSED)
def test_anything_odd_is_refused(kind: str) -> None:
    with pytest.raises(EvidenceError, match=r"evidence|array|facts|error"):
        read_evidence(REFUSED[kind], "squeeze", "n")


def test_a_header_that_claims_more_than_is_there_is_refused() -> None:
    claims = npy(np.zeros(1)).replace(b"(1,), }       ", b"(99999999,), }")
    assert b"99999999" in claims
    for data in (claims, npy(np.zeros(4))[:-8]):
        with pytest.raises(EvidenceError):
            read_evidence(
                zipped({"facts.npy": text_npy(json.dumps(HEAD)), "array/x.npy": data}), "squeeze", "n"
            )


@pytest.mark.parametrize(
    "bundle", [None, 3, {}, {"payload": 3}, {"payload": "not base64!"}, {"payload": "QQ=="}]
)
def test_an_output_without_evidence_is_refused(bundle: object) -> None:
    with pytest.raises(EvidenceError):
        from_mime(bundle, "squeeze", "n")


def test_large_evidence_and_other_than_numbers_are_not_written() -> None:
    with pytest.raises(EvidenceError, match="at most"):
        write_evidence(Evidence("squeeze", {"x": np.zeros(MAX_BYTES // 8 + 1)}))
    with pytest.raises(EvidenceError, match="only numbers"):
        write_evidence(Evidence("squeeze", {"x": np.array(["a"])}))
