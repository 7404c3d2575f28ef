"""`course claims`"""

from enum import StrEnum
from typing import Annotated

import typer

from course_lib.cli.json_output import AsJson, print_json
from course_lib.errors import CourseError
from course_lib.lessons import find_lesson
from course_lib.paths import project_root


class ClaimAction(StrEnum):
    """What can be done with claims."""

    run = "run"
    status = "status"


def command(
    action: Annotated[ClaimAction, typer.Argument(help="Measure what is not fresh, or show what is known.")],
    lesson: Annotated[str | None, typer.Argument(help="Number or name of a lesson; else all.")] = None,
    name: Annotated[str | None, typer.Argument(help="Id of one claim or experiment; else all.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure the numbers that the lessons state, and show which of them stand.

    The claims of a lesson are in `claims/lesson_NN.py`, their runs in `claims/results/`. `run` trains what is
    missing, or measured with older code or other data; stop it at any time, it goes on where it was. `status`
    lists every claim with seeds, date, versions, result and state, and exits with 1 unless all are fresh.

    Example: `course claims status 01`
    """
    from course_lib.session import load_tensorflow

    load_tensorflow()  # quietly, before the claims import it
    from authoring.claims import examine, ledgers, run_experiment

    root = project_root()
    number = find_lesson(lesson, root)[:2] if lesson else ""
    found = ledgers(root, number)
    if number and not found:
        raise CourseError(
            f"Lesson {number} has no claims.",
            where=str(root / "claims" / f"lesson_{number}.py"),
            fix="write that file; docs/author-guide.md shows how",
        )
    if name:
        name = name.rpartition(".")[2]
        known = {
            each for ledger in found for claim in ledger.claims for each in (claim.id, claim.experiment.id)
        }
        if name not in known:
            raise CourseError(f"There is no claim {name!r}.", fix=f"choose one of {', '.join(sorted(known))}")
    if action is ClaimAction.run:
        for ledger in found:
            wanted = {c.experiment.id for c in ledger.claims if name in (None, c.id, c.experiment.id)}
            for experiment in ledger.experiments:
                if experiment.id in wanted:
                    print(f"lesson {ledger.number}, experiment {experiment.id}", flush=True)
                    run_experiment(ledger, experiment)
    findings = [
        finding
        for ledger in found
        for finding in examine(ledger)
        if name in (None, finding.claim.id, finding.claim.experiment.id)
    ]

    from authoring.claims.table import finding_as_data, print_findings

    if as_json:
        print_json([finding_as_data(finding) for finding in findings])
    else:
        print_findings(findings)
    if any(finding.state != "fresh" for finding in findings):
        raise typer.Exit(1)
