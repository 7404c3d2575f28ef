"""The words in which a result appears: in a lesson's text, and in the table of `course claims status`."""

from authoring.claims.claim import Claim
from authoring.claims.ledger import Finding
from course_lib.training.trials.comparison import LEVEL, Comparison, Mean

FORMS = ("mean", "against", "difference", "interval", "pairs", "p", "seeds", "result")
_LEVEL = f"{100 * LEVEL:.0f} % interval"


def result_words(finding: Finding, form: str) -> str:
    """One form of a finding's result:

    - `mean`, `against`: mean of the variant, and of what it is compared with;
    - `difference`, `interval`: mean of the paired differences, and its interval, "0.31 to 0.55"; for a claim
      that compares nothing, `interval` is that of the mean;
    - `pairs`: in how many pairs the variant is higher, "9 of 10"; `p`: the p value of the sign test on them;
    - `seeds`: how many seeds;
    - `result`: all of it in one phrase.

    LookupError if the form is unknown or does not suit the claim, or there is no result.
    """
    claim, result = finding.claim, finding.result
    if result is None:
        raise LookupError(f"claim {finding.id} has no result: {finding.why}")
    if form not in FORMS:
        raise LookupError(f"{form!r} is not a form of a result; choose one of {', '.join(FORMS)}")
    seeds = len(result.seeds)
    if form == "seeds":
        return str(seeds)
    if isinstance(result, Mean):
        return _mean_words(finding, claim, result, form)
    return {
        "mean": _value(claim, result.mean),
        "against": _value(claim, result.against_mean),
        "difference": _difference(claim, result.difference),
        "interval": f"{_number(claim, result.low)} to {_difference(claim, result.high)}",
        "pairs": f"{result.higher} of {seeds}",
        "p": f"{result.sign_test:.2g}",
        "result": _comparison(claim, result),
    }[form]


def _mean_words(finding: Finding, claim: Claim, result: Mean, form: str) -> str:
    interval = f"{_number(claim, result.low)} to {_value(claim, result.high)}"
    phrase = f"{_value(claim, result.value)} ({_LEVEL} {interval}, {len(result.seeds)} seeds)"
    forms = {"mean": _value(claim, result.value), "interval": interval, "result": phrase}
    if form not in forms:
        raise LookupError(f"claim {finding.id} compares nothing, so it has no {form!r}")
    return forms[form]


def _comparison(claim: Claim, result: Comparison) -> str:
    means = f"{_value(claim, result.mean)} against {_value(claim, result.against_mean)}"
    interval = f"{_number(claim, result.low)} to {_difference(claim, result.high)}"
    pairs = (
        f"{len(result.seeds)} paired seeds"
        if isinstance(claim.against, str)
        else f"{len(result.seeds)} seeds"
    )
    if result.verdict == "no detectable difference":
        return f"{means}: no detectable difference ({_LEVEL} of the difference {interval}, {pairs})"
    return f"{means}, a difference of {_difference(claim, result.difference)} ({_LEVEL} {interval}, {pairs})"


def _value(claim: Claim, value: float) -> str:
    return _number(claim, value) + (" %" if claim.unit == "%" else "")


def _difference(claim: Claim, value: float) -> str:
    return _number(claim, value) + (" points" if claim.unit == "%" else "")


def _number(claim: Claim, value: float) -> str:
    shown = f"{100 * value if claim.unit == '%' else value:,.{claim.digits}f}"
    return shown.replace("-", "−") if float(shown.replace(",", "")) else shown.replace("-", "")
