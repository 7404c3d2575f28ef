"""Reads the claims of the lessons and their stored results, and says of each whether it stands."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authoring.claims.claim import EXPECTED, Claim, Experiment
from authoring.claims.code_digest import digest
from course_lib.data.fashion_mnist import NotAvailable, only_what_is_here
from course_lib.errors import CourseError
from course_lib.profiles import PROFILES
from course_lib.session import Session, quiet_start
from course_lib.training.trials.comparison import FEWEST, Comparison, Mean, compare, mean_of
from course_lib.training.trials.running import distinct_seeds, run_variants
from course_lib.training.trials.store import Run, keep_only, read_runs, set_damage_aside

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Ledger:
    """The claims of one lesson: its number "NN", the file they stand in, the course's folder."""

    number: str
    file: Path
    root: Path
    claims: tuple[Claim, ...]

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        """What the claims rest on, each once, in order."""
        return tuple({claim.experiment.id: claim.experiment for claim in self.claims}.values())

    def store(self, experiment: Experiment) -> Path:
        """The file that holds the runs of an experiment."""
        return self.root / "claims" / "results" / f"lesson_{self.number}" / f"{experiment.id}.jsonl"

    def sources(self, experiment: Experiment) -> str:
        """Digest of the code that the experiment measures."""
        return digest(self.file, experiment.run.__name__, self.root)


@dataclass(frozen=True)
class Finding:
    """A claim, its result if there is one, and its state.

    state: fresh; stale (the code it measures, the data, or what is asked for, has changed since); missing
        (not all runs are there, or two of one seed differ); contradicted (fresh, but not what the sentence
        says). why: a sentence, unless it is fresh.
    runs: those the result was made from.
    """

    id: str
    claim: Claim
    state: str
    why: str
    result: Comparison | Mean | None
    runs: tuple[Run, ...]


def ledgers(root: Path, number: str = "") -> list[Ledger]:
    """The ledgers under `root/claims`, or that of one lesson, given by its number "NN".

    CourseError if a file does not load or a claim in it is not well formed.
    """
    return [_load(path, root) for path in sorted(root.glob(f"claims/lesson_{number or '*'}.py"))]


def examine(ledger: Ledger) -> list[Finding]:
    """What is known about every claim of a ledger, from the stored runs and the data on this computer."""
    chosen = {experiment.id: _chosen_runs(ledger, experiment) for experiment in ledger.experiments}
    return [_finding(ledger, claim, *chosen[claim.experiment.id]) for claim in ledger.claims]


def run_experiment(ledger: Ledger, experiment: Experiment, *, say: Callable[[str], None] = print) -> None:
    """Run what is missing, stale or doubtful. Older runs go once the new ones are complete."""
    store = ledger.store(experiment)
    if said := set_damage_aside(store):
        say(said)
    runs, _ = read_runs(store)
    if doubtful := _doubtful(runs):
        say(f"{_named(doubtful)} in {store.name}: neither counts, and it is run again.")
        keep_only(store, [run for run in runs if run not in doubtful])

    def variant(name: str) -> Callable[[int], dict[str, float]]:
        return lambda seed: dict(experiment.run(name, seed, Session(seed, experiment.profile)))

    runs = run_variants(
        {name: variant(name) for name in experiment.variants},
        experiment.seeds,
        store,
        profile=experiment.profile,
        data=experiment.data(),
        sources=ledger.sources(experiment),
        say=say,
    )
    if len(read_runs(store)[0]) > len(runs):
        keep_only(store, runs)


def _chosen_runs(ledger: Ledger, experiment: Experiment) -> tuple[list[Run], str, str]:
    """The runs to show, their state and why: those of today's code and data, else the newest complete."""
    store = ledger.store(experiment)
    runs, damages = read_runs(store)
    order = f"run `course claims run {ledger.number} {experiment.id}`"
    if damages:
        bad = f"line {damages[0].line} of {store.relative_to(ledger.root)} is not a run ({damages[0].why})"
        return [], "missing", f"{bad}; {order}: it sets the line aside and runs what is missing"
    if doubtful := _doubtful(runs):
        return (
            [],
            "missing",
            f"{_named(doubtful)} in {store.relative_to(ledger.root)}; {order}: it measures again",
        )
    wanted = {(variant, seed) for variant in experiment.variants for seed in experiment.seeds}
    groups: dict[tuple[str, str, str], dict[tuple[str, int], Run]] = {}
    for run in runs:
        groups.setdefault((run.sources, run.profile, run.data), {})[run.variant, run.seed] = run
    complete = [
        (key, [group[each] for each in sorted(wanted)])
        for key, group in reversed(groups.items())
        if wanted <= group.keys()
    ]
    asked = ledger.sources(experiment), experiment.profile
    if of_today := [(data, chosen) for (*code, data), chosen in complete if tuple(code) == asked]:
        here = _data_here(experiment)
        for data, chosen in of_today:
            if here in (None, data):
                return chosen, "fresh", ""
        return of_today[0][1], "stale", f"it was measured on other data; {order}"
    if complete:
        return complete[0][1], "stale", f"the code it measures has changed; {order}"
    largest = max((len(wanted & group.keys()) for group in groups.values()), default=0)
    return [], "missing", f"{largest} of {len(wanted)} runs are there; {order}"


def _doubtful(runs: Sequence[Run]) -> list[Run]:
    """Runs of one variant and seed, of the same code and data, that measured different things."""
    measured: dict[tuple[object, ...], Mapping[str, float]] = {}
    keys = [(run.variant, run.seed, run.profile, run.data, run.sources) for run in runs]
    bad = {
        key
        for key, run in zip(keys, runs, strict=True)
        if measured.setdefault(key, run.metrics) != run.metrics
    }
    return [run for key, run in zip(keys, runs, strict=True) if key in bad]


def _named(doubtful: Sequence[Run]) -> str:
    runs = dict.fromkeys(f"{run.variant!r} with seed {run.seed}" for run in doubtful)
    return f"{', '.join(runs)} has two results that differ"


def _data_here(experiment: Experiment) -> str | None:
    """The digest of the experiment's data, or None if they are not on this computer."""
    with only_what_is_here():
        try:
            return experiment.data()
        except NotAvailable:
            return None


def _finding(ledger: Ledger, claim: Claim, runs: list[Run], state: str, why: str) -> Finding:
    name = f"{ledger.number}.{claim.id}"
    if state == "missing":
        return Finding(name, claim, state, why, None, ())
    try:
        result = (
            mean_of(runs, claim.variant, claim.metric)
            if claim.against is None
            else compare(runs, claim.variant, claim.against, claim.metric)
        )
    except ValueError as mistake:
        raise CourseError(f"Claim {name}: {mistake}", where=str(ledger.file)) from mistake
    mine = tuple(run for run in runs if run.variant in (claim.variant, claim.against))
    if state == "fresh" and (otherwise := _contradiction(claim, result)):
        state, why = "contradicted", f"the lesson says {otherwise}; change the lesson"
    return Finding(name, claim, state, why, result, mine)


def _contradiction(claim: Claim, result: Comparison | Mean) -> str:
    """What the sentence says and what the runs say, if that is not the same."""
    if isinstance(result, Comparison):
        same = result.verdict == claim.expected
        return "" if same else f"{claim.expected!r}, the runs say {result.verdict!r}"
    interval = f"the runs say {result.low:.3g} to {result.high:.3g}"
    if claim.at_least is not None and result.low < claim.at_least:
        return f"at least {claim.at_least:g}, {interval}"
    if claim.at_most is not None and result.high > claim.at_most:
        return f"at most {claim.at_most:g}, {interval}"
    return ""


def _load(path: Path, root: Path) -> Ledger:
    module: dict[str, Any] = {"__name__": path.stem, "__file__": str(path)}
    try:
        with quiet_start():  # claims import Keras
            exec(compile(path.read_bytes(), path, "exec"), module)
    except Exception as error:
        raise CourseError(
            f"The claims do not load: {type(error).__name__}: {error}", where=str(path), fix="mend the file"
        ) from error
    ledger = Ledger(path.stem.removeprefix("lesson_"), path, root, tuple(module.get("CLAIMS", ())))
    if mistakes := list(_mistakes(ledger, module)):
        raise CourseError("\n".join(mistakes), where=str(path), fix="mend these claims")
    return ledger


def _mistakes(ledger: Ledger, defined: Collection[str]) -> Iterable[str]:
    seen: set[str] = set()
    for claim in ledger.claims:
        experiment = claim.experiment
        if not _NAME.fullmatch(claim.id) or not _NAME.fullmatch(experiment.id):
            yield f"Claim {claim.id!r} of experiment {experiment.id!r}: use small letters, digits and _."
        if claim.id in seen:
            yield f"Claim {claim.id!r} is there twice."
        seen.add(claim.id)
        for variant in (claim.variant, claim.against):
            if isinstance(variant, str) and variant not in experiment.variants:
                yield f"Claim {claim.id!r}: experiment {experiment.id!r} has no variant {variant!r}."
        if claim.expected not in EXPECTED:
            yield f"Claim {claim.id!r}: expected is {claim.expected!r}; choose one of {', '.join(EXPECTED)}."
        bounded = claim.at_least is not None or claim.at_most is not None
        if bounded != (claim.against is None):
            yield (
                f"Claim {claim.id!r}: at_least or at_most belongs to a mean alone, which needs one of them; "
                "a comparison has `expected`."
            )
        if claim.unit not in ("", "%"):
            yield f"Claim {claim.id!r}: unit is {claim.unit!r}; choose '' or '%'."
    for experiment in ledger.experiments:
        if any(c.experiment != experiment for c in ledger.claims if c.experiment.id == experiment.id):
            yield f"Two experiments are called {experiment.id!r}."
        seeds = len(set(experiment.seeds))
        if seeds < FEWEST:
            yield f"Experiment {experiment.id!r} has {seeds} different seeds; give {FEWEST} or more."
        try:
            distinct_seeds(experiment.seeds)
        except ValueError as mistake:
            yield f"Experiment {experiment.id!r}: {mistake}"
        if experiment.profile not in PROFILES:
            yield f"Experiment {experiment.id!r}: {experiment.profile!r} is not one of {', '.join(PROFILES)}."
        run = experiment.run
        if getattr(run, "__name__", None) not in defined:
            yield f"Experiment {experiment.id!r}: run={run!r} has no name here; write it with `def`."
