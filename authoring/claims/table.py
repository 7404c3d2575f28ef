"""Shows findings about claims to people and to programs."""

import dataclasses
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from authoring.claims import Finding
from authoring.claims.wording import result_words
from course_lib.training.trials.comparison import LEVEL, Comparison


def print_findings(findings: list[Finding]) -> None:
    """Print one row for each claim, and below what to do about those that are not fresh."""
    rows = Table(box=SIMPLE_HEAD, padding=0, show_edge=False)  # fits 80 columns
    rows.add_column(
        "claim", no_wrap=True, min_width=max((len(finding.id) for finding in findings), default=1)
    )
    for title in ("mean", "against", "interval", "seeds", "p", "state"):
        rows.add_column(title)
    for finding in findings:
        rows.add_row(finding.id, *_numbers(finding), finding.state)
    console = Console(highlight=False)
    console.print(rows)
    console.print(
        f"Intervals ({LEVEL:.0%}) are those of the difference, or of the mean where nothing is compared. "
        "p is that of the sign test on the pairs."
    )
    measured = {
        f"{_dates(finding)} with {', '.join(_versions(finding))}" for finding in findings if finding.runs
    }
    for what in sorted(measured):
        console.print(f"Measured {what}.")
    for why in dict.fromkeys(finding.why for finding in findings if finding.why):
        console.print(f"{', '.join(finding.id for finding in findings if finding.why == why)}: {why}")
    fresh = sum(finding.state == "fresh" for finding in findings)
    console.print(f"{fresh} of {len(findings)} claims are fresh.")


def finding_as_data(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    return {
        "id": finding.id,
        "sentence": finding.claim.sentence,
        "state": finding.state,
        "why": finding.why,
        "profile": finding.claim.experiment.profile,
        "expected": finding.claim.expected,
        "dates": _dates(finding),
        "versions": _versions(finding),
        "result": dataclasses.asdict(finding.result) if finding.result else None,
    }


def _numbers(finding: Finding) -> list[str]:
    """Mean, what it is compared with, interval, number of seeds and p, as the lessons show them."""
    if finding.result is None:
        return [""] * 5
    mean, interval, seeds = (result_words(finding, form) for form in ("mean", "interval", "seeds"))
    interval = interval.removesuffix(" points").removesuffix(" %")  # the mean has the unit
    if not isinstance(finding.result, Comparison):
        return [mean, "", interval, seeds, ""]
    return [mean, result_words(finding, "against"), interval, seeds, result_words(finding, "p")]


def _dates(finding: Finding) -> str:
    dates = sorted({run.date for run in finding.runs})
    return dates[0] if len(dates) == 1 else " to ".join((dates[0], dates[-1])) if dates else ""


def _versions(finding: Finding) -> list[str]:
    return sorted({f"{name} {number}" for run in finding.runs for name, number in run.versions.items()})
