"""Readings: one answer seen under several orders of the known weights (see `weights`).

The arrays of the first reading have plain names (`plain/output`), those of the others a number in front
(`1:plain/output`).
"""

from __future__ import annotations

from dataclasses import replace

from course_lib.checks.evidence import Array, Evidence


def name(reading: int, array: str) -> str:
    """The name of an array of a reading."""
    return f"{reading}:{array}" if reading else array


def of(evidence: Evidence) -> list[Evidence]:
    """The evidence of every reading, numbers only; what was not looked at again is as in the first."""
    found: dict[str, dict[str, Array]] = {}
    for full, array in evidence.arrays.items():
        if array.dtype.kind not in "biuf":
            continue
        prefix, colon, rest = full.partition(":")
        found.setdefault(prefix if colon else "", {})[rest if colon else full] = array
    first = found.pop("", {})
    return [replace(evidence, arrays={**first, **arrays}) for arrays in ({}, *found.values())]
