"""The claims ledger: the numbers in the lessons' text, what was measured for them, and whether they stand."""

from authoring.claims.claim import Claim, Experiment, from_lesson
from authoring.claims.ledger import Finding, Ledger, examine, ledgers, run_experiment

__all__ = [
    "Claim",
    "Experiment",
    "Finding",
    "Ledger",
    "examine",
    "from_lesson",
    "ledgers",
    "run_experiment",
]
