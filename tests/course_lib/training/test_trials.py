"""Runs over paired seeds: stored line by line, gone on with, and compared with care."""

import json
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import keras
import numpy as np
import pytest
from scipy.stats import binomtest, norm, t

from course_lib.training.trials import Run, compare, data_hash, mean_of, read_runs, run_variants
from course_lib.training.trials.comparison import expanded

SEEDS = range(3, 9)
Measure = Callable[[int], dict[str, float]]


def counted(calls: list[tuple[str, int]], name: str, gain: float) -> Measure:
    def measure(seed: int) -> dict[str, float]:
        calls.append((name, seed))
        return {"accuracy": gain + 0.01 * seed, "loss": 1 - gain}

    return measure


def variants(calls: list[tuple[str, int]]) -> dict[str, Measure]:
    return {"plain": counted(calls, "plain", 0.5), "attention": counted(calls, "attention", 0.6)}


def quiet(_: str) -> None:
    pass


def runs_of(values: dict[str, Sequence[float]]) -> list[Run]:
    return [
        Run(variant, seed, "quick", {"accuracy": value}, 1.0, "2026-01-01", {}, "tensorflow", {})
        for variant, sample in values.items()
        for seed, value in enumerate(sample)
    ]


def test_every_run_is_one_line_that_says_how_to_repeat_it(tmp_path: Path) -> None:
    store = tmp_path / "deep" / "trial.jsonl"
    run_variants(variants([]), SEEDS, store, profile="smoke", data="abc", say=quiet)
    lines = [json.loads(line) for line in store.read_text().splitlines()]
    assert [(line["variant"], line["seed"]) for line in lines[:3]] == [
        ("plain", 3),
        ("attention", 3),
        ("plain", 4),
    ]
    assert len(lines) == 12
    first = lines[0]
    assert first["metrics"] == {"accuracy": pytest.approx(0.53), "loss": 0.5}
    assert first["versions"].keys() == {"python", "keras", "tensorflow", "numpy"}
    assert (first["profile"], first["data"], first["backend"]) == ("smoke", "abc", keras.backend.backend())
    assert first["machine"].keys() == {"processor", "cores"}


def test_finished_runs_are_not_repeated_and_a_torn_line_is_set_aside(tmp_path: Path) -> None:
    store, calls, said = tmp_path / "trial.jsonl", [], []
    before = run_variants(variants(calls), SEEDS, store, profile="quick", say=quiet)
    whole = store.read_bytes()
    store.write_bytes(whole[:-20])  # the power went while the last line was written
    calls.clear()
    after = run_variants(variants(calls), SEEDS, store, profile="quick", say=said.append)
    assert calls == [("attention", 8)]
    assert "line 12 is not a run (it is not whole JSON). Set aside in trial.jsonl.damaged" in said[0]
    torn = whole[:-20].splitlines()[-1]
    assert store.with_name("trial.jsonl.damaged").read_bytes() == torn + b"\n"
    assert [run.metrics for run in after] == [run.metrics for run in before]
    assert store.read_bytes().splitlines()[:11] == whole.splitlines()[:11]


def test_the_stop_button_keeps_what_is_finished_and_says_so(tmp_path: Path) -> None:
    store, said = tmp_path / "trial.jsonl", []

    def stopped(seed: int) -> dict[str, float]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_variants(variants([]) | {"slow": stopped}, [1], store, profile="smoke", say=said.append)
    assert said[-1].startswith("stopped by you; 2 runs are stored")
    assert len(read_runs(store)[0]) == 2


@pytest.mark.parametrize("change", [{"profile": "full"}, {"data": "other"}, {"sources": "newer"}])
def test_what_was_measured_otherwise_is_measured_again(tmp_path: Path, change: dict[str, str]) -> None:
    store, calls = tmp_path / "trial.jsonl", []
    setting = {"profile": "quick", "data": "", "sources": ""}
    run_variants(variants(calls), SEEDS, store, **setting, say=quiet)
    run_variants(variants(calls), SEEDS, store, **setting | change, say=quiet)
    assert len(calls) == 24


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"nonsense", "not whole JSON"),
        (b"\xff\xfe", "not whole JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b'{"variant": "a", "seed": 1}', "missing or unknown: backend, date"),
        (b'{"extra": 1}', "extra"),
        (b"[" * 200_000, "not whole JSON"),
    ],
)
def test_lines_that_are_not_runs_are_named(tmp_path: Path, line: bytes, why: str) -> None:
    store = tmp_path / "trial.jsonl"
    run_variants(variants([]), [1], store, profile="smoke", say=quiet)
    store.write_bytes(line + b"\n" + store.read_bytes())
    runs, (damage,) = read_runs(store)
    assert len(runs) == 2
    assert damage.line == 1 and why in damage.why


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"metrics": {"loss": 10**400}}, "the metric loss is 1000000"),
        ({"metrics": {"loss": np.inf}}, "the metric loss is inf"),
        ({"seconds": np.nan}, "seconds is nan, not a finite number of at least 0"),
        ({"seconds": -1}, "seconds is -1"),
        ({"versions": {"keras": [3]}}, "the version of keras is [3], not a text"),
    ],
)
def test_numbers_that_cannot_be_are_damage_that_is_set_aside(tmp_path: Path, change: dict, why: str) -> None:
    store, said = tmp_path / "trial.jsonl", []
    runs = run_variants(variants([]), [1], store, profile="smoke", say=quiet)
    good = store.read_text()
    store.write_text(good + json.dumps(json.loads(good.splitlines()[0]) | change) + "\n")
    again = run_variants(variants([]), [1], store, profile="smoke", say=said.append)
    assert (again, store.read_text()) == (runs, good)
    assert "line 3 is not a run" in said[0] and why in said[0]


def test_a_metric_that_is_not_a_number_is_refused_and_what_came_before_is_kept(tmp_path: Path) -> None:
    store = tmp_path / "trial.jsonl"
    with pytest.raises(ValueError, match="bad with seed 1 measured accuracy = nan"):
        run_variants(
            variants([]) | {"bad": lambda seed: {"accuracy": np.nan}}, [1], store, profile="smoke", say=quiet
        )
    assert len(read_runs(store)[0]) == 2


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"variants": {}}, "variants={}"),
        ({"seeds": [1, 1]}, "seeds=[1, 1]"),
        ({"seeds": [-1]}, "seeds=[-1]"),
        ({"seeds": []}, "seeds=[]"),
        ({"seeds": [2**32]}, "seeds=[4294967296] is not allowed; give whole numbers from 0 to 2**32 - 1"),
        ({"seeds": [True, 2]}, "seeds=[True, 2]"),
        ({"store": Path(__file__).parent}, "is a folder, or lies in a file; give a file"),
        ({"store": Path(__file__) / "trial.jsonl"}, "is a folder, or lies in a file; give a file"),
        ({"profile": "slow"}, "profile='slow' is not known; choose one of smoke, quick, full"),
    ],
)
def test_bad_arguments_are_named(tmp_path: Path, wrong: dict, message: str) -> None:
    arguments = {"variants": variants([]), "seeds": SEEDS, "profile": "smoke"} | wrong
    with pytest.raises(ValueError, match=re.escape(message)):
        run_variants(**{"store": tmp_path / "trial.jsonl"} | arguments)


def test_a_difference_that_every_seed_shows_is_found() -> None:
    rng = np.random.default_rng(0)
    plain = rng.normal(0.7, 0.05, 8)  # seeds differ far more than the variants
    runs = runs_of({"attention": plain + rng.normal(0.02, 0.003, 8), "plain": plain})
    found = compare(runs, "attention", "plain", "accuracy")
    assert found.verdict == "higher"
    assert 0.015 < found.low < found.difference < found.high < 0.025
    assert (found.higher, found.lower) == (8, 0)
    assert found.sign_test == pytest.approx(2 * 0.5**8)
    assert "attention is higher than plain" in found.sentence
    turned = compare(runs, "plain", "attention", "accuracy")
    assert turned.verdict == "lower"
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


@pytest.mark.parametrize(
    ("differences", "verdict"),
    [
        ((-0.01,) * 3 + (1.0,) * 6, "no detectable difference"),  # the interval is above zero
        ((-0.01, 1.0, 1.0, 1.0, 1.0), "higher"),
        ((0.0, 1.0, 1.0, 1.0, 1.0), "higher"),  # a tie says nothing
        ((0.01, -1.0, -1.0, -1.0, -1.0), "lower"),
        ((0.01,) * 3 + (-1.0,) * 6, "no detectable difference"),
    ],
)
def test_a_few_large_differences_alone_make_no_verdict(differences: tuple[float, ...], verdict: str) -> None:
    found = compare(runs_of({"a": differences}), "a", 0.0, "accuracy")
    assert not found.low <= 0 <= found.high
    assert found.verdict == verdict


def test_rounding_is_a_tie_and_a_small_difference_is_none() -> None:
    rounded = compare(runs_of({"a": [0.1 + 0.2] * 5}), "a", 0.3, "accuracy")
    assert (rounded.verdict, rounded.higher, rounded.difference) == ("no detectable difference", 0, 0)
    small = compare(runs_of({"a": [3.1e-9] * 5}), "a", 3e-9, "accuracy")
    assert (small.verdict, small.higher) == ("higher", 5)


def test_whole_numbers_of_numpy_are_seeds_and_fractions_are_not(tmp_path: Path) -> None:
    runs = run_variants(variants([]), np.arange(2), tmp_path / "trial.jsonl", profile="smoke", say=quiet)
    assert [run.seed for run in runs] == [0, 0, 1, 1]
    assert read_runs(tmp_path / "trial.jsonl") == (runs, [])
    with pytest.raises(ValueError, match=r"seeds=\[0.5\] is not allowed; give whole numbers"):
        run_variants(variants([]), [0.5], tmp_path / "trial.jsonl", profile="smoke", say=quiet)


def test_no_difference_is_called_so() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(0.7, 0.02, (2, 6))
    found = compare(runs_of({"a": a, "b": b}), "a", "b", "accuracy")
    assert found.low <= 0 <= found.high
    assert found.verdict == "no detectable difference"
    assert found.sentence.startswith("accuracy: no detectable difference between a and b (")
    assert found.sign_test == binomtest(int((a > b).sum()), 6).pvalue


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(60):
        found = mean_of(runs_of({"a": rng.normal(0.5, 0.1, 20)}), "a", "accuracy")
        held += found.low <= 0.5 <= found.high
    assert 49 <= held <= 60


@pytest.mark.parametrize("pairs", [5, 6, 10, 50])
def test_few_pairs_get_an_interval_as_wide_as_students(pairs: int) -> None:
    """The standard deviation of bootstrap means is short by sqrt((n - 1) / n); the level makes up for it."""
    wide = norm.ppf((1 + expanded(0.95, pairs)) / 2) * math.sqrt((pairs - 1) / pairs)
    assert wide == pytest.approx(t.ppf(0.975, pairs - 1))


def test_five_pairs_of_equals_are_seldom_called_different() -> None:
    rng = np.random.default_rng(3)
    told = 0
    for _ in range(200):
        a, b = rng.normal(0.5, 0.1, (2, 5))
        told += compare(runs_of({"a": a, "b": b}), "a", "b", "accuracy").verdict != "no detectable difference"
    assert told <= 24  # a plain bootstrap says so 33 times


def test_equal_runs_and_a_fixed_number_make_no_trouble() -> None:
    runs = runs_of({"a": [1.0] * 5, "b": [1.0] * 5})
    same = compare(runs, "a", "b", "accuracy")
    assert (same.low, same.high, same.sign_test) == (0, 0, 1.0)
    assert same.verdict == "no detectable difference"
    chance = compare(runs, "a", 0.5, "accuracy")
    assert (chance.low, chance.high, chance.verdict) == (0.5, 0.5, "higher")


@pytest.mark.parametrize(
    ("values", "against", "metric", "message"),
    [
        ({"a": [1, 2, 3, 4], "b": [1, 2, 3, 4]}, "b", "accuracy", "There are 4 seeds; give at least 5"),
        ({"a": range(6), "b": range(5)}, "b", "accuracy", "seeds [5] were run for only one of 'a' and 'b'"),
        ({"a": range(5)}, "b", "accuracy", "variant 'b' was not run; there are a"),
        ({"a": range(5), "b": range(5)}, "b", "speed", "metric 'speed' was not measured for 'a'"),
        ({"a": range(5)}, None, "accuracy", "against=None is not allowed; give a variant's name or a"),
        ({"a": range(5)}, np.nan, "accuracy", "against=nan is not allowed"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_refused(
    values: dict[str, Sequence[float]], against: str, metric: str, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        compare(runs_of(values), "a", against, metric)


def test_two_runs_of_one_seed_are_refused() -> None:
    runs = runs_of({"a": range(5), "b": range(5)})
    with pytest.raises(ValueError, match="'a' has two runs with seed 0"):
        compare([*runs, runs[0]], "a", "b", "accuracy")


def test_data_hash_sees_values_shapes_and_types() -> None:
    x = np.arange(6)
    assert data_hash(x) == data_hash(x.copy())
    assert len({data_hash(a) for a in (x, x[::-1], x.reshape(2, 3), x.astype("int32"))}) == 4
