"""The report as one HTML file that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.grading.grader import NEEDS_A_LOOK
from autograder.report.items import FEWEST, analyse, misread
from autograder.report.results import ClassResults, StudentResult
from autograder.report.similarity import groups
from autograder.submissions.reading import GRADED

MOST_BINS = 10
STEPS = (0.5, 1, 2, 5, 10, 20, 50, 100)  # points that a bar of the histogram may span
LONGEST = 1500  # characters of code that are shown
MOST_GROUPS = 20


@dataclass(frozen=True)
class Look:
    """Somebody whose submission a person should open, and why; the smaller `rank`, the sooner."""

    student: str
    rank: int
    why: str


def render_report(found: ClassResults, who: bool = True) -> str:
    """The report on a lesson as HTML; without `who`, it does not tell which student wrote or got what."""
    environment = Environment(
        loader=PackageLoader("autograder.report", "."), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    environment.filters["words"] = with_code_spans
    items = analyse(found)
    shown = groups(found)
    return environment.get_template("page.html.jinja").render(
        lesson=found.lesson,
        who=who,
        fewest=FEWEST,
        summary=summary(found.results),
        histogram=histogram(found.results),
        items=items,
        misread=misread(found),
        groups=shown[:MOST_GROUPS],
        groups_more=len(shown[MOST_GROUPS:]),
        looks=looks(found.results),
        results=found.results,
        sections=found.sections,
        longest=LONGEST,
    )


def with_code_spans(text: str) -> Markup:
    """A text for the page: what stands between backticks as code, all else as it is."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def report_data(found: ClassResults) -> dict[str, Any]:
    """What the report says, for programs."""
    return {
        "lesson": found.lesson,
        "summary": asdict(summary(found.results)),
        "exercises": [asdict(item) for item in analyse(found)],
        "misconceptions": [asdict(each) for each in misread(found)],
        "unnamed": [asdict(group) for group in groups(found)],
        "look first": [asdict(look) for look in looks(found.results)],
        "students": [
            {"student": r.student, "points": r.points, "waiting": r.waiting, "outcome": r.outcome}
            for r in found.results
        ],
    }


@dataclass(frozen=True)
class Summary:
    """A class in numbers; of points: over those that were graded, the hand-graded part as far as it is in."""

    students: int
    graded: int
    most: float
    mean: float
    median: float
    full: int
    waiting: int


def summary(results: tuple[StudentResult, ...]) -> Summary:
    points = [result.points for result in results if result.outcome == GRADED]
    most = max((result.most for result in results), default=0.0)
    return Summary(
        len(results),
        len(points),
        most,
        float(np.mean(points)) if points else 0.0,
        float(np.median(points)) if points else 0.0,
        sum(value >= most for value in points),
        sum(result.waiting > 0 for result in results),
    )


@dataclass(frozen=True)
class Bar:
    """A bar of the histogram: from, to (in points), how many, and its height as a share of the highest."""

    low: float
    high: float
    count: int
    height: float


def histogram(results: tuple[StudentResult, ...]) -> tuple[Bar, ...]:
    """How the points are spread over equal steps, over everyone.

    The last bar holds those with all points and with more, the first those with less than none.
    """
    most = max((result.most for result in results), default=0.0) or 1.0
    step = next((step for step in STEPS if most / step <= MOST_BINS), most / MOST_BINS)
    edges = np.append(np.arange(0, most, step), most)
    counts, edges = np.histogram(np.clip([result.points for result in results], 0, most), edges)
    highest = max(counts.max(), 1)
    return tuple(
        Bar(float(low), float(high), int(count), float(count / highest))
        for count, low, high in zip(counts, edges, edges[1:], strict=False)
    )


def looks(results: tuple[StudentResult, ...]) -> tuple[Look, ...]:
    """Who needs a person's eye, the most urgent first."""
    found = []
    for result in results:
        odd = [a for a in result.answers if a.outcome in NEEDS_A_LOOK]
        if result.outcome != GRADED:
            found.append(Look(result.student, 0, f"{result.outcome}: {result.remarks}"))
        elif tampered := [a.exercise for a in odd if a.outcome == "tampered"]:
            found.append(Look(result.student, 1, f"tampered in {', '.join(tampered)}"))
        elif odd:
            told = ", ".join(f"{answer.outcome} in {answer.exercise}" for answer in odd)
            found.append(Look(result.student, 2, told))
        elif result.remarks:
            found.append(Look(result.student, 3, result.remarks))
    return tuple(sorted(found, key=lambda look: (look.rank, look.student)))
