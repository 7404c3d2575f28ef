"""Compares two variants by the differences between runs of the same seed.

The interval is the percentile bootstrap (Efron, 1979) of the mean difference, by SciPy. With few pairs it is
too short: with five it takes 17 of 100 pairs of equals for different, not 5 (claim 09.plain_alarms). So its
level is raised until it is as wide as Student's interval where the differences are normal: the expanded
percentile interval (Hesterberg, 2015, "What teachers should know about the bootstrap", The American
Statistician 69), which halves these alarms (claim 09.course_alarms). And a few large differences could carry
it alone: five pairs are the least, three quarters of them have to agree before anything is called higher or
lower, and the sign test stands beside it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, bootstrap, norm, t

from course_lib.training.trials.store import Run

FEWEST = 5
LEVEL = 0.95
AGREEING = 0.75
_RESAMPLES = 9_999
_ROUNDING = 1e-12  # of the largest value: a smaller difference is a tie


@dataclass(frozen=True)
class Mean:
    """The mean of a metric over seeds, and its bootstrap interval.

    Attributes:
        variant, metric: What was measured of whom.
        seeds: Of the runs, in order.
        value: The mean.
        low, high: Its 95 % interval.
    """

    variant: str
    metric: str
    seeds: tuple[int, ...]
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """What pairs of runs say about two variants; `difference` is variant minus against.

    Attributes:
        variant, against: Who is compared with whom; `against` may be a fixed number, as text.
        metric: By what.
        seeds: Of the pairs, in order.
        mean, against_mean: Means over the seeds.
        difference, low, high: Mean of the paired differences, and its interval.
        higher, lower: In how many pairs the variant was above, and below, the other; ties count in neither,
            and a difference as small as rounding makes is a tie.
        sign_test: Two-sided p value of `higher` against a fair coin; 1.0 if all pairs are ties.
    """

    variant: str
    against: str
    metric: str
    seeds: tuple[int, ...]
    mean: float
    against_mean: float
    difference: float
    low: float
    high: float
    higher: int
    lower: int
    sign_test: float

    @property
    def verdict(self) -> str:
        """The result: "higher", "lower", or "no detectable difference".

        "Higher" needs two things: the interval lies above zero, and the variant is above the other in at
        least three quarters of the pairs that differ. "Lower" likewise.
        """
        enough = AGREEING * (self.higher + self.lower)
        if self.low > 0 and self.higher >= enough:
            return "higher"
        return "lower" if self.high < 0 and self.lower >= enough else "no detectable difference"

    @property
    def sentence(self) -> str:
        """The comparison in words."""
        pairs = len(self.seeds)
        numbers = (
            f"({self.mean:.3g} against {self.against_mean:.3g}; difference {self.difference:.3g}, "
            f"{LEVEL:.0%} interval {self.low:.3g} to {self.high:.3g}; "
            f"higher in {self.higher} of {pairs} pairs, sign test p = {self.sign_test:.2g})"
        )
        if self.verdict in ("higher", "lower"):
            return f"{self.metric}: {self.variant} is {self.verdict} than {self.against} {numbers}."
        return f"{self.metric}: no detectable difference between {self.variant} and {self.against} {numbers}."

    def __str__(self) -> str:
        return self.sentence


def compare(runs: Iterable[Run], variant: str, against: str | float, metric: str) -> Comparison:
    """Compare two variants over paired seeds.

    Args:
        runs: Of one profile; of other variants too.
        variant: Name of the one that is judged.
        against: Name of the one it is compared with, or a fixed number, such as chance.
        metric: Name of the measure that decides.

    Returns:
        The paired differences, with their interval and verdict.

    Raises:
        ValueError: A variant or the metric is unknown, `against` is neither a text nor a finite number, a
            seed was run for one of the two only or twice, or there are fewer than five pairs.
    """
    runs = list(runs)
    is_number = isinstance(against, int | float | np.number) and math.isfinite(against)
    if not isinstance(against, str) and not is_number:
        raise ValueError(f"against={against!r} is not allowed; give a variant's name or a finite number.")
    first = _values(runs, variant, metric)
    second = dict.fromkeys(first, float(against)) if not isinstance(against, str) else None
    second = second or _values(runs, str(against), metric)
    if unpaired := sorted(first.keys() ^ second.keys()):
        raise ValueError(
            f"seeds {unpaired} were run for only one of {variant!r} and {against!r}; "
            "run both with the same seeds, so that every difference is one of a pair."
        )
    seeds = tuple(sorted(first))
    _refuse_few(seeds)
    a, b = (np.array([values[seed] for seed in seeds]) for values in (first, second))
    gains = np.where(np.isclose(a, b, rtol=0, atol=_ROUNDING * np.abs([a, b]).max()), 0.0, a - b)
    low, high = _interval(gains)
    higher, lower = int((gains > 0).sum()), int((gains < 0).sum())
    return Comparison(
        variant=variant,
        against=str(against),
        metric=metric,
        seeds=seeds,
        mean=float(a.mean()),
        against_mean=float(b.mean()),
        difference=float(gains.mean()),
        low=low,
        high=high,
        higher=higher,
        lower=lower,
        sign_test=float(binomtest(higher, higher + lower).pvalue) if higher + lower else 1.0,
    )


def mean_of(runs: Iterable[Run], variant: str, metric: str) -> Mean:
    """Return the mean of a metric over the seeds of one variant, with its interval.

    Raises:
        ValueError: The variant or the metric is unknown, a seed was run twice, or there are fewer than five.
    """
    values = _values(list(runs), variant, metric)
    seeds = tuple(sorted(values))
    _refuse_few(seeds)
    sample = np.array([values[seed] for seed in seeds])
    return Mean(variant, metric, seeds, float(sample.mean()), *_interval(sample))


def _values(runs: Sequence[Run], variant: str, metric: str) -> dict[int, float]:
    """Return the metric of a variant by seed."""
    mine = [run for run in runs if run.variant == variant]
    if not mine:
        known = sorted({run.variant for run in runs})
        raise ValueError(
            f"variant {variant!r} was not run; there are {', '.join(known) or 'no runs at all'}."
        )
    values: dict[int, float] = {}
    for run in mine:
        if metric not in run.metrics:
            raise ValueError(
                f"metric {metric!r} was not measured for {variant!r} with seed {run.seed}; "
                f"there are {', '.join(run.metrics)}."
            )
        if run.seed in values:
            raise ValueError(
                f"{variant!r} has two runs with seed {run.seed}; leave out those of another profile or older "
                "code."
            )
        values[run.seed] = run.metrics[metric]
    return values


def _refuse_few(seeds: Sequence[int]) -> None:
    if len(seeds) < FEWEST:
        raise ValueError(
            f"There are {len(seeds)} seeds; give at least {FEWEST}: fewer say nothing about the next seed."
        )


def expanded(level: float, n: int) -> float:
    """Return the level at which the percentile bootstrap is as wide as Student's interval at `level`.

    Args:
        level: From 0 to 1.
        n: The number of values; at least 2.
    """
    far = math.sqrt(n / (n - 1)) * t.ppf((1 + level) / 2, n - 1)
    return float(2 * norm.cdf(far) - 1)


def _interval(sample: NDArray[np.floating]) -> tuple[float, float]:
    """Return the bootstrap interval of the mean; the same sample gives the same numbers."""
    if np.ptp(sample) == 0:
        return float(sample[0]), float(sample[0])
    found = bootstrap(
        (sample,),
        np.mean,
        confidence_level=expanded(LEVEL, len(sample)),
        n_resamples=_RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(0),
    ).confidence_interval
    return float(found.low), float(found.high)
