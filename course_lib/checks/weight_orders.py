"""Readings: one answer seen under several orders of the known weights.

Which of two layers of one shape comes first in the graph is a matter of style, so a probe deals the known
weights in several orders (`known_weights.block_orders`) and keeps what the answer gives under each. That is a
reading. Array names of the first reading are plain (`plain/output`); those of the others begin with a number
(`1:plain/output`).
"""

from __future__ import annotations

from dataclasses import replace

from course_lib.checks.evidence import Array, Evidence


def name_in_reading(reading: int, array: str) -> str:
    """Return the name under which evidence keeps an array of a reading."""
    return f"{reading}:{array}" if reading else array


def readings_of(evidence: Evidence, most: int) -> list[Evidence]:
    """Return the evidence of every reading, its numeric arrays only.

    An array that a reading lacks is taken from the first reading: it does not depend on the order.

    Args:
        evidence: Evidence as a probe packed it, or as anybody else did.
        most: How many readings the probe can give. Others are left out: many of them would be many guesses.
    """
    found: dict[str, dict[str, Array]] = {str(number): {} for number in range(most)}
    for full, array in evidence.arrays.items():
        prefix, colon, rest = full.partition(":")
        number, plain_name = (prefix, rest) if colon else ("0", full)
        if array.dtype.kind in "biuf" and number in found:
            found[number][plain_name] = array
    first = found.pop("0")
    return [replace(evidence, arrays={**first, **arrays}) for arrays in ({}, *filter(None, found.values()))]
