"""Scenes of an experiment with made-up parts: its split, a trial, a registration, its runs, a reading.

Nothing is trained here. Canvases, networks and measures give known numbers and record how they are called.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from course_lib.checks import known_weights
from course_lib.checks.evidence import BEHAVIOUR, Array, WrongReturn, tensor_values
from course_lib.checks.probe import Draw, kind_of_value, named_arrays
from course_lib.checks.protocol_probe import Scene, how_it_ends, text_codes

if TYPE_CHECKING:
    from course_lib.training.trials.registration import Registration


# Attention to make a control of. An error message may show these functions' names to a student. -------------
def gate_with_weights(x: Any, name: str) -> Any:
    """Attention handed to the answer: gates from the channels' means, with weights to count."""
    from keras import layers, ops

    z = ops.mean(x, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
    return x * layers.Dense(x.shape[-1], activation="sigmoid", name=name)(z)


def map_with_weights(x: Any, name: str) -> Any:
    """Attention handed to the answer: a map that adds up what is around each position."""
    from keras import layers

    return x * layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name)(x)


def deviation_gate(x: Any, name: str) -> Any:
    """Attention handed to the answer: no weights, and more than a factor below 1."""
    from keras import layers, ops

    mean = ops.mean(x, axis=(1, 2), keepdims=True)
    return x * (0.7 + layers.Activation("sigmoid", name=name)((x - mean) ** 2))


# A split ----------------------------------------------------------------------------------------------------
_SPLIT_FLAGS = ("kind", "shared", "twice", "lost", "count", "unrepeatable", "fixed", "first")


def split_inputs(seed: int) -> dict[str, tuple[Array, int, int]]:
    """Return, by scene, the garment of each canvas (n,), how many garments to hold out, and a seed."""
    draw = Draw(seed)
    names = np.cumsum(np.abs(100 * draw.values((draw.size(24, 30),))).astype(int) % 7 + 2)
    order = np.argsort(draw.values((3 * len(names),)))
    garments = np.concatenate([names, names, names])[order][: 2 * len(names)]  # one to three canvases each
    tested, first = draw.size(5, 8), draw.size(100, 900)
    fewer = np.sort(np.concatenate([names[:11], names[:11]]))
    return {
        "plain": (garments, tested, first),
        "again": (garments, tested, first),
        "other": (garments, tested, first + 1),
        "sorted": (fewer, 3, first),
        "many": (np.tile(names[:8], 10), 7, first),  # drawn from the canvases, some garment comes twice
    }


def split_scenes(draw: Draw) -> Sequence[Scene]:
    """Return one scene that makes every split, since some flags need several of them."""
    return (partial(_splits, split_inputs(draw.seed)),)


def _splits(inputs: Mapping[str, tuple[Array, int, int]], answer: Any) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for scene, given in inputs.items():
        raw |= _split(scene, *given, answer)
    found = split_flags(inputs, {name: np.asarray(value) for name, value in raw.items()})
    return {**raw, "seen/flags": np.array([found[flag] for flag in _SPLIT_FLAGS], np.uint8)}


def _split(scene: str, garments: Array, tested: int, seed: int, answer: Any) -> dict[str, Any]:
    """Make one split; return both sides, and whether the array that was handed in is as it was."""
    np.random.seed(7 if scene == "again" else 3)  # noqa: NPY002 (only the seed may decide)
    random.seed(11 if scene == "again" else 5)
    given = garments.copy()
    result = answer(given, tested, seed)
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise WrongReturn(f"returned {kind_of_value(result)} instead of two arrays of places")
    sides = dict(zip(("train", "test"), map(tensor_values, result), strict=True))
    return {f"{BEHAVIOUR}{scene}/{side}": array for side, array in sides.items()} | {
        f"{BEHAVIOUR}{scene}/kept": np.array_equal(given, garments)
    }


def split_flags(inputs: Mapping[str, tuple[Array, int, int]], arrays: Mapping[str, Array]) -> dict[str, int]:
    """Return what is wrong with a split, from the places it returned; 0 is good.

    Args:
        inputs: What the answer was called with, by scene.
        arrays: The places that it returned, by scene and side.
    """
    found = dict.fromkeys(_SPLIT_FLAGS, 0)
    for scene, (garments, tested, _) in inputs.items():
        train, test = (arrays[f"{BEHAVIOUR}{scene}/{side}"] for side in ("train", "test"))
        if any(side.ndim != 1 or side.dtype.kind not in "iu" for side in (train, test)):
            found["kind"] = 1
            return found
        if any(side.size and (side.min() < 0 or side.max() >= len(garments)) for side in (train, test)):
            found["kind"] = 2  # no places: numbers of garments, say
            return found
        found["shared"] |= bool(set(garments[train]) & set(garments[test]))
        found["twice"] |= len({*train, *test}) < len(train) + len(test)
        found["lost"] |= len({*train, *test}) < len(garments)
        held_out, trained_on = len(set(garments[test])), len(set(garments[train]))
        if held_out != tested:
            found["count"] = 2 if trained_on == tested else 3 if len(test) == tested else 1
    by_scene = {scene: set(arrays[f"{BEHAVIOUR}{scene}/test"]) for scene in inputs}
    found["unrepeatable"] = int(by_scene["plain"] != by_scene["again"])
    found["fixed"] = int(by_scene["plain"] == by_scene["other"])
    garments, tested, _ = inputs["plain"]
    known, chosen = np.unique(garments), set(garments[sorted(by_scene["plain"])])
    found["first"] = int(chosen in (set(known[:tested]), set(known[-tested:])))
    return found


# A trial ----------------------------------------------------------------------------------------------------
def trial_scenes(draw: Draw) -> Sequence[Scene]:
    """Return scenes that run one trial: as it is, again after other things, with other attention or seed."""
    seed, before = draw.size(2, 400), draw.size(1000, 2000)
    return (
        partial(_trial, "plain", 0.4, seed, before),
        partial(_trial, "again", 0.4, seed, before + 1),
        partial(_trial, "other_attention", 0.9, seed, before),
        partial(_trial, "other_seed", 0.4, seed + 1, before),
    )


def _trial(name: str, factor: float, seed: int, before: int, answer: Any) -> dict[str, Any]:
    """Run a trial; return its measures, and the random choices that it made.

    Args:
        name: The scene's name.
        factor: What the attention that is tried multiplies with.
        seed: The trial's seed.
        before: Keras' seed before the trial; it must not matter.
        answer: The student's function.
    """
    import keras

    keras.utils.set_random_seed(before)
    chance: dict[str, float] = {}  # the random choices of this trial, by what they decide

    def network(attention: Callable[[float, str], float]) -> _MadeUpNetwork:
        made = _MadeUpNetwork(attention)
        chance["weights"] = made.first
        return made

    def canvases(seed: int) -> tuple[Array, Array]:
        chance["canvases"] = float(seed)
        return _made_up_canvases(seed)

    def fit(model: _MadeUpNetwork, train: Array, seed: int) -> dict[str, list[float]]:
        chance["order"] = float(seed)
        return _made_up_fit(model, train, seed)

    result = answer(lambda x, _: factor * x, seed, canvases, network, fit, _made_up_score)
    if not isinstance(result, Mapping):
        raise WrongReturn(f"returned {kind_of_value(result)} instead of what `score` gives")
    decided = {f"{BEHAVIOUR}{name}/{part}": number for part, number in chance.items()}
    return {f"{name}/{part}": array for part, array in named_arrays(result).items()} | decided


class _MadeUpNetwork:
    """A stand-in for a network: first weights as Keras draws them, and what was learned, as one number."""

    def __init__(self, attention: Callable[[float, str], float]) -> None:
        import keras

        self.attention = attention(1.5, "made_up")
        self.first = float(np.asarray(keras.initializers.GlorotUniform()((3, 4)))[0].sum())
        self.learned = 0.0


def _made_up_canvases(seed: int) -> tuple[Array, Array]:
    return known_weights.uniform_values(int(seed), (6,), 4, "train"), known_weights.uniform_values(
        int(seed), (5,), 4, "test"
    )


def _made_up_fit(model: _MadeUpNetwork, train: Array, seed: int) -> dict[str, list[float]]:
    model.learned += model.first + 0.7 * float(np.sum(train)) + 0.3 * (int(seed) % 11) + model.attention
    return {"loss": [1.0]}


def _made_up_score(model: _MadeUpNetwork, test: Array) -> dict[str, float]:
    angle = 2 * model.learned + 3 * float(np.sum(test))
    return {"accuracy": 50 + 20 * float(np.cos(angle)), "pointing": 40 + 9 * float(np.sin(angle))}


# A registration ---------------------------------------------------------------------------------------------
_PLAN = ("hypothesis", "variant", "control", "metric")


def register_scenes(draw: Draw) -> Sequence[Scene]:
    """Return scenes that register a plan: kept as it is, with its digest, changed later, and refused."""
    plan = _plan(draw)
    return tuple(partial(scene, plan) for scene in (_kept, _digests, _changed_later, _refused))


def _registered(plan: Mapping[str, Any], answer: Any, **changes: Any) -> Any:
    """Call an answer with a plan, some of it changed."""
    parts = {**plan, "seeds": list(plan["seeds"]), **changes}
    return answer(*(parts[part] for part in (*_PLAN, "seeds")))


def _kept(plan: Mapping[str, Any], answer: Any) -> dict[str, Any]:
    """Register a plan; return its parts as the registration holds them."""
    found = _registered(plan, answer)
    texts = {f"kept/{part}": text_codes(getattr(found, part)) for part in _PLAN}
    return {**texts, "kept/seeds": np.asarray(list(found.seeds))}


def _digests(plan: Mapping[str, Any], answer: Any) -> dict[str, Any]:
    """Register a plan and others that differ in one part; return the digests."""
    changes: dict[str, dict[str, Any]] = {"plain": {}}
    changes |= {part: {part: plan[part] + "!"} for part in _PLAN} | {"metric": {"metric": "pointing"}}
    changes["seeds"] = {"seeds": plan["seeds"][:-1]}
    changes["tuple"] = {"seeds": tuple(plan["seeds"])}
    changes["range"] = {"seeds": range(plan["seeds"][0], plan["seeds"][0] + 6)}
    return {
        f"digest/{name}": text_codes(_registered(plan, answer, **each).digest)
        for name, each in changes.items()
    }


def _changed_later(plan: Mapping[str, Any], answer: Any) -> dict[str, Any]:
    """Change the list of seeds, and the registration itself, later; return what of it was possible."""
    seeds = list(plan["seeds"])
    found = _registered(plan, answer, seeds=seeds)
    seeds[0], seeds[1:] = 999, [998]
    seen: dict[str, Any] = {"later/seeds": np.asarray(list(found.seeds))}
    for part, other in (("metric", "loss"), ("seeds", (1, 2, 3, 4, 5))):
        fresh = _registered(plan, answer)
        try:
            setattr(fresh, part, other)
        except Exception:
            seen[f"later/set_{part}"] = 0
        else:
            seen[f"later/set_{part}"] = 1
    fresh = _registered(plan, answer)
    try:
        fresh.seeds[0] = 77
    except Exception:
        seen["later/set_a_seed"] = 0
    else:
        seen["later/set_a_seed"] = 1
    return seen


def _refused(plan: Mapping[str, Any], answer: Any) -> dict[str, Any]:
    """Register plans that could prove nothing; return how each call ends."""
    bad = {
        "same": {"control": plan["variant"]},
        "none": {"control": ""},
        "few": {"seeds": plan["seeds"][:4]},
        "repeated": {"seeds": [*plan["seeds"][:4], plan["seeds"][0]]},
        "six_repeated": {"seeds": [*plan["seeds"][:5], plan["seeds"][1]]},
    }
    ends = {name: how_it_ends(partial(_registered, plan, answer, **change)) for name, change in bad.items()}
    try:  # tells six seeds that were kept from five of them
        seeds_kept = len(_registered(plan, answer, **bad["six_repeated"]).seeds)
    except Exception:
        seeds_kept = 0
    return {f"refused/{name}": np.uint8(end) for name, end in ends.items()} | {
        "refused/seeds_kept": seeds_kept,
        "refused/five": np.uint8(how_it_ends(partial(_registered, plan, answer, seeds=plan["seeds"][:5]))),
    }


def _plan(draw: Draw) -> dict[str, Any]:
    """Return a plan of an experiment, another one for every seed."""
    number = draw.size(10, 99)
    first = draw.size(3, 400)
    return {
        "hypothesis": f"Hänel's block {number} names more canvases right.",
        "variant": f"block {number}",
        "control": f"blind {number}",
        "metric": "accuracy",
        "seeds": [first + step for step in (3, 0, 7, 2, 12, 8)],
    }


# The runs ---------------------------------------------------------------------------------------------------
def run_scenes(draw: Draw) -> Sequence[Scene]:
    """Return scenes that run what was registered: twice as it should go, then with runs that fail."""
    plain, second = _registration(draw, "accuracy", 6), _registration(draw, "pointing", 5)
    return (
        partial(_runs, "plain", plain),
        partial(_runs, "second", second),
        partial(_failing_runs, plain),
    )


def _runs(name: str, registration: Registration, answer: Any) -> dict[str, Any]:
    """Run a registration; return the values of both variants, and how often each pair was measured."""
    measure = _MadeUpMeasure(registration)
    result = answer(registration, measure)
    if not isinstance(result, Mapping):
        raise WrongReturn(
            f"returned {kind_of_value(result)} instead of a dict with the values of each variant"
        )
    variants = {part: getattr(registration, part) for part in ("variant", "control")}
    found: dict[str, Any] = {
        "missing": np.array([variant not in result for variant in variants.values()]),
        "calls": measure.calls,
        "others": measure.others,
    }
    for part, variant in variants.items():
        if variant in result:
            found |= named_arrays({part: result[variant]})
    return {f"{name}/{part}": value for part, value in found.items()}


def _failing_runs(registration: Registration, answer: Any) -> dict[str, Any]:
    """Run a registration several times, with one run failing each time; return how that ends."""
    seen = {}
    for name, place, value in (
        ("nan", 3, "nan"),
        ("infinite", 0, "inf"),
        ("error", 2, "error"),
        ("nan_once", 1, "nan once"),
        ("error_once", 4, "error once"),
    ):
        for part in ("variant", "control"):
            broken = (getattr(registration, part), registration.seeds[place], value)
            returned: list[Any] = []
            end = how_it_ends(
                partial(_keep_result, returned, answer, registration, _MadeUpMeasure(registration, broken))
            )
            # An answer may report a failed run by the run's own error or by another, but report it it must.
            reported = int(end == 2) if value.startswith("error") else end
            seen[f"broken/{name}_{part}"] = np.array([reported, *_returned_values(returned)])
    return seen


def _keep_result(
    returned: list[Any], answer: Any, registration: Registration, measure: _MadeUpMeasure
) -> None:
    returned.append(answer(registration, measure))


class _MadeUpMeasure:
    """A stand-in for training: gives known measures, others at every further call, and counts its calls.

    Attributes:
        calls: How often each pair was measured, (2, seeds): variant and control.
        others: How often anything else was asked for.
    """

    def __init__(self, registration: Registration, broken: tuple[str, int, str] | None = None) -> None:
        self._names = [registration.variant, registration.control]
        self._seeds, self._broken = registration.seeds, broken
        self.calls = np.zeros((2, len(registration.seeds)), np.int64)
        self.others = 0

    def __call__(self, variant: str, seed: int) -> dict[str, float]:
        if variant not in self._names or seed not in self._seeds:
            self.others += 1
            return {"accuracy": 99.0, "pointing": 99.0, "loss": 0.0}
        place = self._names.index(variant), self._seeds.index(seed)
        found = 50 + 20 * known_weights.uniform_values(int(seed), (3,), 8, place[0], int(self.calls[place]))
        self.calls[place] += 1
        accuracy = float(found[0])
        if self._broken and self._broken[:2] == (variant, seed):
            value, _, once = self._broken[2].partition(" ")
            if once and self.calls[place] > 1:
                value = repr(accuracy)
            if value == "error":
                raise ArithmeticError("the loss is not a number")
            accuracy = float(value)
        return {"loss": float(found[2]), "pointing": float(found[1]), "accuracy": accuracy}


def _registration(draw: Draw, metric: str, count: int) -> Registration:
    from course_lib.training.trials.registration import Registration  # brings Keras, which no judge needs

    plan = _plan(draw)
    seeds = tuple(draw.size(0, 3) + 5 * step for step in range(count))[::-1]
    return Registration(plan["hypothesis"], plan["variant"], plan["control"], metric, seeds, "0" * 64)


def _returned_values(returned: list[Any]) -> tuple[int, int]:
    """Return how many values came back although a run failed, and how many of them are 0."""
    try:
        every = np.concatenate(
            [np.ravel(tensor_values(each)) for result in returned for each in result.values()]
        )
    except Exception:  # nothing came back, or nothing that could be counted
        return 0, 0
    return len(every), int((every == 0).sum())


# Reading an interval ----------------------------------------------------------------------------------------
_WORDS = ("higher", "lower", "no detectable difference")


def reading_scenes(draw: Draw) -> Sequence[Scene]:
    """Return scenes that each have one interval read; each gives the number of the word that came back."""
    return [partial(_reading, name, *given) for name, given in _reading_cases(draw).items()]


def _reading(name: str, differences: list[float], interval: tuple[float, ...], answer: Any) -> dict[str, Any]:
    """Have an interval read; return the place of the word, or a negative number for any other text."""
    word = answer(np.array(differences), interval)
    if not isinstance(word, str):
        raise WrongReturn(f"returned {kind_of_value(word)} instead of a text")
    word = word.lower()  # spaces count
    return {name: np.int32(_WORDS.index(word) if word in _WORDS else -1 - crc32(word.encode()) % 9999)}


def _reading_cases(draw: Draw) -> dict[str, tuple[list[float], tuple[float, float, float]]]:
    """Return, by name, differences of pairs and an interval of their mean (low, mean, high)."""
    unit = 1 + 0.5 * float(np.abs(draw.values((1,)))[0])

    def case(differences: Sequence[float], low: float, high: float) -> Any:
        scaled = [unit * each for each in differences]
        return scaled, (unit * low, float(np.mean(scaled)), unit * high)

    return {
        "clear/above": case([1, 2, 1.5, 0.5, 1], 0.4, 2.0),
        "clear/below": case([-1, -2, -1.5, -0.5, -1], -2.0, -0.4),
        "clear/holds_above": case([1, 2, 3, 1, 0.1], -0.2, 3.0),
        "clear/holds_below": case([-1, -2, -3, -1, -0.1], -3.0, 0.2),
        "clear/wide": case([9, -8, 7, 6, -5], -7.0, 10.0),
        "clear/touches": case([1, 2, 1, 2, 1], 0.0, 2.8),
        "clear/touches_below": case([-1, -2, -1, -2, -1], -2.8, 0.0),
        "clear/nothing": case([0, 0, 0, 0, 0], 0.0, 0.0),
        "pairs/few_above": case([-0.1, 9, 8, -0.2, 9, -0.1], 0.3, 8.0),
        "pairs/few_below": case([0.1, -9, -8, 0.2, -9, 0.1], -8.0, -0.3),
        "pairs/minority": case([-0.1, 9, -0.2, 9, -0.1], 0.2, 7.0),
        "pairs/minority_below": case([0.1, -9, 0.2, -9, 0.1], -7.0, -0.2),
        "pairs/three_quarters": case([1, 1, 2, 2, 1, 2, -0.1, -0.1], 0.3, 1.9),
        "pairs/three_quarters_below": case([-1, -1, -2, -2, -1, -2, 0.1, 0.1], -1.9, -0.3),
        "pairs/most": case([2, 2, 1, 2, 1, -0.1], 0.4, 2.3),
        "pairs/most_below": case([-2, -2, -1, -2, -1, 0.1], -2.3, -0.4),
        "pairs/ties": case([1, 1, 1, -0.1, 0, 0], 0.05, 1.0),
        "pairs/ties_below": case([-1, -1, -1, 0.1, 0, 0], -1.0, -0.05),
        "pairs/tied_split": case([9, 9, 0, 9, -0.1, 0, 9, -0.1, 0], 0.3, 7.6),
        "pairs/tied_split_below": case([-9, -9, 0, -9, 0.1, 0, -9, 0.1, 0], -7.6, -0.3),
        "pairs/tied_once": case([9, 9, -0.1, 9, 0, -0.1, 9, -0.1, 9], 1.3, 8.6),
        "pairs/tied_once_below": case([-9, -9, 0.1, -9, 0, 0.1, -9, 0.1, -9], -8.6, -1.3),
        "pairs/seven_of_ten": case([3, 3, 3, 3, 3, 3, 3, -0.1, -0.1, -0.1], 0.8, 3.2),
        "pairs/seven_of_ten_below": case([-3, -3, -3, -3, -3, -3, -3, 0.1, 0.1, 0.1], -3.2, -0.8),
    }
