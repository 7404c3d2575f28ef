"""What `course doctor` says of grading on this computer."""

from collections.abc import Iterator
from pathlib import Path

from course_lib.cli.doctor import Finding


def examine_grading(root: Path) -> Iterator[Finding]:
    """One finding for each layer of the sandbox, and one more when too few of them hold here."""
    from autograder.sandbox import confinement

    found = confinement.probe()
    for layer in found:
        yield Finding(
            f"sandbox, {layer.name}",
            f"closes {layer.closes}" if layer.holds else f"does not hold here: {layer.problem}",
        )
    if confinement.missing(found):
        # Not a problem: whoever only learns needs no sandbox.
        yield Finding("sandbox", "too few walls to grade strangers' work; `course grade` will say so")
