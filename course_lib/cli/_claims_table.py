"""Shows findings about claims to people and to programs."""

import dataclasses
from typing import Any

from rich.console import Console
from rich.table import Table

from course_lib.claims import Finding
from course_lib.claims.words import words


def table(findings: list[Finding]) -> None:
    """Print one row for each claim, and below what to do about those that are not fresh."""
    rows = Table("claim", "result", "seeds", "date", "versions", "state", show_lines=True)
    for finding in findings:
        rows.add_row(
            finding.id,
            f"{finding.claim.sentence}\n{words(finding, 'result')}"
            if finding.result
            else finding.claim.sentence,
            words(finding, "seeds") if finding.result else "",
            _dates(finding),
            "\n".join(_versions(finding)),
            finding.state,
        )
    console = Console()
    console.print(rows)
    for finding in findings:
        if finding.why:
            console.print(f"{finding.id}: {finding.why}", highlight=False)
    fresh = sum(finding.state == "fresh" for finding in findings)
    console.print(f"{fresh} of {len(findings)} claims are fresh.")


def as_data(finding: Finding) -> dict[str, Any]:
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


def _dates(finding: Finding) -> str:
    dates = sorted({run.date for run in finding.runs})
    return dates[0] if len(dates) == 1 else " to ".join((dates[0], dates[-1])) if dates else ""


def _versions(finding: Finding) -> list[str]:
    return sorted({f"{name} {number}" for run in finding.runs for name, number in run.versions.items()})
