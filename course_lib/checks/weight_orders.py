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


def of(evidence: Evidence, most: int) -> list[Evidence]:
    """The evidence of every reading, numbers only; what was not looked at again is as in the first.

    most: how many readings a probe may give. Evidence with more, from whoever made it, is read no further.
    """
    found: dict[str, dict[str, Array]] = {str(number): {} for number in range(most)}
    for full, array in evidence.arrays.items():
        prefix, colon, rest = full.partition(":")
        number, plain_name = (prefix, rest) if colon else ("0", full)
        if array.dtype.kind in "biuf" and number in found:
            found[number][plain_name] = array
    first = found.pop("0")
    return [replace(evidence, arrays={**first, **arrays}) for arrays in ({}, *filter(None, found.values()))]
