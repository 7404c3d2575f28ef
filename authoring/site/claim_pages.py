"""The claims of the lessons with what was measured for them, as a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from authoring.site.markdown import escaped, markdown_table

if TYPE_CHECKING:
    from authoring.claims import Finding

_INTRODUCTION = """# Claims

What a lesson states in numbers was measured over several seeds, and each such claim is one line here. Where
two kinds of network are compared, they ran with the same seeds, and the difference is taken pair by pair.

- The **interval** is that of the mean difference. Where nothing is compared, it is that of the mean.
- "Higher in 9 of 10" counts pairs in which the first was higher; *p* is the sign test on them.
- "No detectable difference" is not "equal". More runs might find one.
- A claim that is not *fresh* says so: then the code or the images have changed since."""


def claims_page(titles: Mapping[str, str], findings: Mapping[str, Finding]) -> str:
    """The page in MyST Markdown; `titles` are those of the lessons, by their folder names."""
    parts = [_INTRODUCTION]
    for lesson, title in titles.items():
        about = [finding for finding in findings.values() if finding.id[:2] == lesson[:2]]
        if about:
            rows = [_row(finding) for finding in about]
            source = f"claims/lesson_{lesson[:2]}.py"
            parts += [
                f"(claims-{lesson[:2]})=\n## {title}",
                f"From [the lesson](/lessons/{lesson}/{lesson}.ipynb); measured by "
                f"[`{source}`](/code/{source}.md). {_measured(about)}",
                markdown_table(("claim", "measured"), rows),
            ]
    return "\n\n".join(parts) + "\n"


def result(finding: Finding) -> str:
    """What was measured, of what, and in which units: "metric, variant against other: …"."""
    from authoring.claims.wording import result_words

    claim = finding.claim
    compared = f"{claim.variant} against {claim.against}" if isinstance(claim.against, str) else claim.variant
    measured = result_words(finding, "result") if finding.result else "no result"
    return f"{claim.metric.replace('_', ' ')}, {compared}: {measured}"


def _row(finding: Finding) -> tuple[str, ...]:
    from authoring.claims.wording import result_words
    from course_lib.training.trials.comparison import Comparison

    measured = [result(finding)]
    if isinstance(finding.result, Comparison):
        measured.append(f"higher in {result_words(finding, 'pairs')}, p = {result_words(finding, 'p')}")
    if finding.state != "fresh":
        measured.append(f"{finding.state}: {finding.why}")
    return escaped(finding.claim.sentence), escaped("; ".join(measured))


def _measured(findings: list[Finding]) -> str:
    """When, and with which versions."""
    from authoring.claims.table import finding_as_data

    runs = dict.fromkeys(
        f"{data['dates']} with {', '.join(data['versions'])}"
        for data in map(finding_as_data, findings)
        if data["dates"]
    )
    return f"Measured {'; '.join(runs)}." if runs else ""
