"""Lesson 09, attention on trial: a block of one's own, its control, and the steps of an honest experiment.

Nothing is trained here. The functions of a protocol get made-up parts: canvases, networks and measures that
give known numbers and note how they are called. What the sign of a result is plays no part.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from course_lib.checks import known_weights
from course_lib.checks.behaviour import BEHAVIOUR, carries_name
from course_lib.checks.criteria import Test, behaves_well, every, has_shape, numbers, the_number
from course_lib.checks.evidence import Array, Evidence, WrongReturn, tensor_values
from course_lib.checks.exercise import Criterion, Exercise, Look, Picture
from course_lib.checks.probe import (
    Case,
    Draw,
    FunctionProbe,
    LayerProbe,
    NumberProbe,
    describe_error,
    is_finished_block,
    kind_of_value,
    named_arrays,
    undisturbed_randomness,
)

if TYPE_CHECKING:
    from course_lib.training.trials.registration import Registration

LESSON = "09_attention_on_trial"
WORDS = ("higher", "lower", "no detectable difference")


@dataclass(frozen=True)
class ProtocolProbe:
    """Plays scenes with a function of the protocol: each hands it made-up parts and notes what happens."""

    scenes: Callable[[Draw], Sequence[Callable[[Any], dict[str, Any]]]]
    most_readings = 1

    def run(self, exercise: str, answer: Any, seed: int) -> Evidence:
        """Play the scenes one after another, up to the first that fails."""
        arrays: dict[str, Array] = {}
        facts: dict[str, Any] = {}
        for number, scene in enumerate(self.scenes(Draw(seed))):
            try:
                with undisturbed_randomness():
                    arrays |= {name: np.asarray(value) for name, value in scene(answer).items()}
            except (Exception, SystemExit) as error:  # whatever the answer does is a finding
                facts["error"] = describe_error(error, f"scene {number}", "run")
                break
        return Evidence(exercise, arrays, facts)


def codes(text: Any) -> Array:
    """A text as whole numbers, since evidence holds nothing else."""
    if not isinstance(text, str):
        raise WrongReturn(f"holds {kind_of_value(text)} where a text is expected")
    return np.frombuffer(text.encode()[:200], np.uint8)


def how_it_ends(call: Callable[[], Any]) -> int:
    """0: with a ValueError; 1: with another error; 2: with a result."""
    try:
        call()
    except ValueError:
        return 0
    except NotImplementedError:
        raise
    except Exception:
        return 1
    return 2


# my_attention: any block that looks -----------------------------------------------------------------------
SPOT = (2, 3, 1)  # row, column and channel of a value that stays while everything around it changes
DRAWS = 4  # of random weights
FLAGS = (
    "shape",
    "finite",
    "identity",
    "blind",
    "pointwise",
    "adds",
    "mixed",
    "moody",
    "shared",
    "untrained",
    "unnamed",
)


def own_inputs(seed: int) -> dict[str, Array]:
    """Feature maps (N, H, W, C) for a block that nobody knows."""
    draw = Draw(seed)
    # Channels in eights, and enough of them for a reduction of 16: many blocks work in groups.
    height, width, channels = draw.size(6, 8), draw.size(9, 11), 8 * draw.size(2, 4)
    plain = draw.features((3, height, width, channels))
    plain[(slice(None), *SPOT)] = 1.3
    around = plain + 1.5 * draw.values(plain.shape) + 0.5
    around[(slice(None), *SPOT)] = 1.3
    dead = plain.copy()
    dead[..., 0] = dead[2] = 0
    holes = np.where(draw.values(plain.shape) < 0, 0, plain)
    return {
        "plain": plain,
        "around": around.astype(np.float32),
        "dead": dead,
        "holes": holes.astype(np.float32),
        "small": draw.features((2, 5, 4, 16)),
        "large": draw.features((2, 14, 14, 32)),
    }


@dataclass(frozen=True)
class OwnBlockProbe:
    """Looks at a block that no equation is known of: what it gives, with random weights, for other inputs.

    The outputs are raw and are judged by themselves. The flags beside them only serve to name a mistake.
    """

    most_readings = 1

    def run(self, exercise: str, answer: Any, seed: int) -> Evidence:
        arrays: dict[str, Array] = {}
        facts: dict[str, Any] = {}
        stage = "build"
        try:
            with undisturbed_randomness():
                inputs = own_inputs(seed)
                model = own_model(answer, inputs["plain"].shape[1:], ("probe",), seed)
                stage = "run"
                for number in range(DRAWS):
                    give_weights(model, seed, number)
                    for name in ("plain", "around"):
                        arrays[f"{BEHAVIOUR}{name}{number}"] = tensor_values(
                            model(inputs[name], training=False)
                        )
                    arrays[f"{BEHAVIOUR}gradients{number}"] = gradients(model, inputs["plain"])
                named = [carries_name(layer) for layer in model.layers if layer.weights]
                arrays[f"{BEHAVIOUR}named"] = np.array(named, np.uint8)
                images = np.split(inputs["plain"], len(inputs["plain"]))
                alone = [tensor_values(model(image, training=False)) for image in images]
                arrays[f"{BEHAVIOUR}alone"] = np.concatenate(alone)
                arrays[f"{BEHAVIOUR}again"] = tensor_values(model(inputs["plain"], training=False))
                for name in ("dead", "holes"):
                    arrays[f"{BEHAVIOUR}{name}"] = tensor_values(model(inputs[name], training=False))
                stage = "other sizes"
                for name in ("small", "large"):
                    other = own_model(answer, inputs[name].shape[1:], ("probe",), seed)
                    arrays[f"{BEHAVIOUR}{name}"] = tensor_values(other(inputs[name], training=False))
                stage = "twice"
                twice = own_model(answer, inputs["plain"].shape[1:], ("first", "second"), seed)
                first, second = twice(inputs["plain"], training=False)
                arrays |= {
                    f"{BEHAVIOUR}first": tensor_values(first),
                    f"{BEHAVIOUR}second": tensor_values(second),
                }
        except (Exception, SystemExit) as error:  # whatever the answer does is a finding
            facts["error"] = describe_error(error, stage, stage)
        else:
            found = own_flags(inputs, arrays)
            arrays["seen/flags"] = np.array([found[flag] for flag in FLAGS], np.uint8)
        return Evidence(exercise, arrays, facts)


def own_model(answer: Any, shape: tuple[int, ...], names: tuple[str, ...], seed: int) -> Any:
    """A model around a block, used once under each name, with random weights."""
    import keras

    x = keras.Input(shape)
    outputs = [answer(x, name) for name in names]
    for y in outputs:
        if not isinstance(y, keras.KerasTensor):
            raise WrongReturn(f"returned {kind_of_value(y)} instead of a Keras tensor")
    model = keras.Model(x, outputs if len(outputs) > 1 else outputs[0])
    borrowed = {type(layer).__name__ for layer in model._flatten_layers() if is_finished_block(layer)}
    if borrowed:
        raise WrongReturn(f"uses the finished block {min(borrowed)}; here you write one yourself")
    give_weights(model, seed, 0)
    return model


def give_weights(model: Any, seed: int, number: int) -> None:
    """The `number`-th draw of random weights. One draw may let a ReLU sleep for every image; not all will."""
    for place, weight in enumerate(model.trainable_weights):
        shape = tuple(weight.shape)
        noise = known_weights.uniform_values(seed, shape, 9, number, place)
        if known_weights.weight_role(weight) == "kernel":
            weight.assign(2.5 * noise / math.sqrt(max(1, math.prod(shape[:-1]))))
        else:
            weight.assign((1 if "gamma" in weight.path else 0) + 0.3 * noise)


def gradients(model: Any, x: Array) -> Array:
    """The norm of the gradient that reaches each weight."""
    import tensorflow as tf

    factors = np.cos(np.arange(x.size, dtype=np.float32)).reshape(x.shape)
    with tf.GradientTape() as tape:
        output = model(x, training=False)
        total = tf.reduce_sum(output * factors if output.shape == x.shape else output)
    found = tape.gradient(total, [weight.value for weight in model.trainable_weights])
    return np.array([0 if each is None else np.linalg.norm(np.asarray(each)) for each in found], np.float32)


def own_flags(inputs: Mapping[str, Array], arrays: Mapping[str, Array]) -> dict[str, bool]:
    """What is wrong with a block, from its raw outputs; True is bad."""
    seen = {name.removeprefix(BEHAVIOUR): np.asarray(array, np.float64) for name, array in arrays.items()}
    draws = range(DRAWS)
    inputs = {**inputs, **{f"{name}{n}": inputs[name] for name in ("plain", "around") for n in draws}}
    outputs = [name for name in inputs if name in seen]
    found = dict.fromkeys(FLAGS, False)
    found["shape"] = any(seen[name].shape != inputs[name].shape for name in outputs)
    found["finite"] = not all(np.isfinite(seen[name]).all() for name in outputs)
    if found["shape"] or found["finite"]:
        return found
    x = np.asarray(inputs["plain"], np.float64)
    spot = (slice(None), *SPOT)

    def blind_to(y: Array) -> bool:
        """Is one image scaled as another? Then each output is also the other's, times the inputs' ratio."""
        return bool(np.abs(y[0] * x[1] - y[1] * x[0]).max() < 1e-3 * np.abs(y).max() * np.abs(x).max())

    drawn = [seen[f"plain{n}"] for n in draws]
    around = [seen[f"around{n}"] for n in draws]
    found["identity"] = all(np.allclose(x, y, atol=1e-4) for y in drawn)
    found["pointwise"] = all(
        np.abs(y - other)[spot].max() < 1e-3 * np.abs(y).max() for y, other in zip(drawn, around, strict=True)
    )
    found["blind"] = all(map(blind_to, drawn))
    holes = seen["holes"]
    found["adds"] = bool(np.abs(holes[inputs["holes"] == 0]).max() > 1e-4 * np.abs(holes).max())
    last = drawn[-1]
    found["mixed"] = bool(np.abs(last - seen["alone"]).max() > 1e-4 * np.abs(last).max())
    found["moody"] = bool(np.abs(last - seen["again"]).max() > 1e-4 * np.abs(last).max())
    reached = np.max([seen[f"gradients{n}"] for n in draws], axis=0)
    found["shared"] = bool(len(reached) and np.allclose(seen["first"], seen["second"]))
    found["untrained"] = bool((reached == 0).any())
    found["unnamed"] = not found["shared"] and not seen["named"].all()
    return found


def no_flag(says: Mapping[str, str]) -> Test:
    """None of these flags is up, by the raw outputs."""

    def test(look: Look) -> str | None:
        if look.evidence.error:
            return "the block could not be looked at to the end"
        found = own_flags(own_inputs(look.seed), look.evidence.arrays)
        return next((words for flag, words in says.items() if found[flag]), None)

    return test


# blind: the same attention, shown a map of ones -------------------------------------------------------------
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


GIVEN = {"gates": gate_with_weights, "map": map_with_weights, "deviation": deviation_gate}


def blind_cases(draw: Draw) -> tuple[Case, ...]:
    batch, height = draw.size(3, 4), draw.size(5, 6)
    width, channels = draw.size(7, 8), draw.size(9, 11)
    shape = (height, width, channels)
    return (
        Case("plain", shape, batch, ("gates",), kernels=((channels, channels),)),
        Case("map", shape, batch, ("map",), kernels=channels * ((3, 3, 1),)),
        Case("bare", shape, batch, ("deviation",)),
        Case("zeros", shape, batch, ("deviation", "rectified")),
    )


def made_blind(answer: Any, x: Any, name: str, arguments: tuple[Any, ...]) -> Any:
    control = answer(GIVEN[arguments[0]])
    if not callable(control):
        raise WrongReturn(f"returned {kind_of_value(control)} instead of a function of (x, name)")
    if "rectified" in arguments:  # as behind a ReLU: many values are 0
        from keras import ops

        x = ops.relu(x)
    return control(x, name)


def ratio_of_first(arrays: dict[str, Array], seed: int) -> Array:
    """Output / input of one channel of the first image; where the input is nearly 0 there is no ratio."""
    x = BLIND.inputs(seed)["plain"][0, ..., 0]
    return np.where(np.abs(x) > 0.05, np.asarray(arrays["plain/output"])[0, ..., 0] / x, 0)


BLIND = LayerProbe(blind_cases, made_blind)


# split ------------------------------------------------------------------------------------------------------
SPLIT_FLAGS = ("kind", "shared", "twice", "lost", "count", "unrepeatable", "fixed", "first")


def split_inputs(seed: int) -> dict[str, tuple[Array, int, int]]:
    """Which garment each canvas shows, how many garments to hold out, and the seed, by scene."""
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
        "many": (np.tile(names[:8], 10), 7, first),  # who draws from the canvases draws some garment twice
    }


def split_scene(scene: str, garments: Array, tested: int, seed: int) -> Callable[[Any], dict[str, Any]]:
    def play(answer: Any) -> dict[str, Any]:
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

    return play


def split_scenes(draw: Draw) -> Sequence[Callable[[Any], dict[str, Any]]]:
    inputs = split_inputs(draw.seed)

    def all_of_it(answer: Any) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for scene, given in inputs.items():
            raw |= split_scene(scene, *given)(answer)
        found = split_flags(inputs, {name: np.asarray(value) for name, value in raw.items()})
        return {**raw, "seen/flags": np.array([found[flag] for flag in SPLIT_FLAGS], np.uint8)}

    return (all_of_it,)


def split_flags(inputs: Mapping[str, tuple[Array, int, int]], arrays: Mapping[str, Array]) -> dict[str, int]:
    """What is wrong with a split, from the places it returned; 0 is good."""
    found = dict.fromkeys(SPLIT_FLAGS, 0)
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


def split_is(says: Mapping[str, str]) -> Test:
    """None of these flags is up, by the raw places."""

    def test(look: Look) -> str | None:
        if look.evidence.error:
            return "no split came back"
        found = split_flags(split_inputs(look.seed), look.evidence.arrays)
        return next((words for flag, words in says.items() if found[flag]), None)

    return test


# trial ------------------------------------------------------------------------------------------------------
class MadeUpNetwork:
    """Stands for a network: first weights as Keras draws them, and what was learned, as one number."""

    def __init__(self, attention: Callable[[float, str], float]) -> None:
        import keras

        self.attention = attention(1.5, "made_up")
        self.first = float(np.asarray(keras.initializers.GlorotUniform()((3, 4)))[0].sum())
        self.learned = 0.0


def made_up_canvases(seed: int) -> tuple[Array, Array]:
    return known_weights.uniform_values(int(seed), (6,), 4, "train"), known_weights.uniform_values(
        int(seed), (5,), 4, "test"
    )


def made_up_fit(model: MadeUpNetwork, train: Array, seed: int) -> dict[str, list[float]]:
    model.learned += model.first + 0.7 * float(np.sum(train)) + 0.3 * (int(seed) % 11) + model.attention
    return {"loss": [1.0]}


def made_up_score(model: MadeUpNetwork, test: Array) -> dict[str, float]:
    angle = 2 * model.learned + 3 * float(np.sum(test))
    return {"accuracy": 50 + 20 * float(np.cos(angle)), "pointing": 40 + 9 * float(np.sin(angle))}


def trial_scenes(draw: Draw) -> Sequence[Callable[[Any], dict[str, Any]]]:
    seed, before = draw.size(2, 400), draw.size(1000, 2000)

    def scene(name: str, factor: float, seed: int, before: int) -> Callable[[Any], dict[str, Any]]:
        def play(answer: Any) -> dict[str, Any]:
            import keras

            keras.utils.set_random_seed(before)  # what ran earlier must not matter
            chance: dict[str, float] = {}  # what was left to chance in this trial, by what it decided

            def network(attention: Callable[[float, str], float]) -> MadeUpNetwork:
                made = MadeUpNetwork(attention)
                chance["weights"] = made.first
                return made

            def canvases(seed: int) -> tuple[Array, Array]:
                chance["canvases"] = float(seed)
                return made_up_canvases(seed)

            def fit(model: MadeUpNetwork, train: Array, seed: int) -> dict[str, list[float]]:
                chance["order"] = float(seed)
                return made_up_fit(model, train, seed)

            result = answer(lambda x, _: factor * x, seed, canvases, network, fit, made_up_score)
            if not isinstance(result, Mapping):
                raise WrongReturn(f"returned {kind_of_value(result)} instead of what `score` gives")
            decided = {f"{BEHAVIOUR}{name}/{part}": number for part, number in chance.items()}
            return {f"{name}/{part}": array for part, array in named_arrays(result).items()} | decided

        return play

    return (
        scene("plain", 0.4, seed, before),
        scene("again", 0.4, seed, before + 1),
        scene("other_attention", 0.9, seed, before),
        scene("other_seed", 0.4, seed + 1, before),
    )


LEFT_TO_CHANCE = {
    "weights": "the first weights are the same",
    "canvases": "the canvases are the same",
    "order": "`fit` gets the same seed",
}


def repeatable(look: Look) -> str | None:
    """The same call gives the same measures whatever ran before, and another seed gives others."""
    seen = look.evidence.arrays
    if not all(f"{scene}/accuracy" in seen for scene in ("plain", "again", "other_seed")):
        return "no measures came back"
    if not np.allclose(seen["plain/accuracy"], seen["again/accuracy"], atol=1e-3):
        return "the same trial, run again after something else, measures another accuracy"
    if np.allclose(seen["plain/accuracy"], seen["other_seed/accuracy"], atol=1e-3):
        return "another seed measures exactly the same"
    for part, words in LEFT_TO_CHANCE.items():
        one, other = (seen.get(f"{BEHAVIOUR}{scene}/{part}") for scene in ("plain", "other_seed"))
        if one is not None and other is not None and np.allclose(one, other, atol=1e-6):
            return f"{words} with another seed: a fixed number stands where `seed` should"
    return None


# register ---------------------------------------------------------------------------------------------------
PLAN = ("hypothesis", "variant", "control", "metric")


def plan(draw: Draw) -> dict[str, Any]:
    """A plan of its own for every seed."""
    number = draw.size(10, 99)
    first = draw.size(3, 400)
    return {
        "hypothesis": f"Hänel's block {number} names more canvases right.",
        "variant": f"block {number}",
        "control": f"blind {number}",
        "metric": "accuracy",
        "seeds": [first + step for step in (3, 0, 7, 2, 12, 8)],
    }


BAD_PLANS = {
    "same": "the variant as its own control",
    "none": "no control",
    "few": "four seeds",
    "repeated": "five seeds, one of them twice",
    "six_repeated": "six seeds, one of them twice",
}


def register_scenes(draw: Draw) -> Sequence[Callable[[Any], dict[str, Any]]]:
    given = plan(draw)

    def registered(answer: Any, **changes: Any) -> Any:
        said = given | {"seeds": list(given["seeds"])} | changes
        return answer(*(said[part] for part in (*PLAN, "seeds")))

    def kept(found: Any) -> dict[str, Any]:
        texts = {part: codes(getattr(found, part)) for part in PLAN}
        return {**texts, "seeds": np.asarray(list(found.seeds))}

    def what_is_kept(answer: Any) -> dict[str, Any]:
        found = registered(answer)
        return {f"kept/{part}": value for part, value in kept(found).items()}

    def digests(answer: Any) -> dict[str, Any]:
        changes: dict[str, dict[str, Any]] = {"plain": {}}
        changes |= {part: {part: given[part] + "!"} for part in PLAN} | {"metric": {"metric": "pointing"}}
        changes["seeds"] = {"seeds": given["seeds"][:-1]}
        changes["tuple"] = {"seeds": tuple(given["seeds"])}
        changes["range"] = {"seeds": range(given["seeds"][0], given["seeds"][0] + 6)}
        return {f"digest/{name}": codes(registered(answer, **each).digest) for name, each in changes.items()}

    def later(answer: Any) -> dict[str, Any]:
        seeds = list(given["seeds"])
        found = registered(answer, seeds=seeds)
        seeds[0], seeds[1:] = 999, [998]
        seen: dict[str, Any] = {"later/seeds": np.asarray(list(found.seeds))}
        for part, other in (("metric", "loss"), ("seeds", (1, 2, 3, 4, 5))):
            fresh = registered(answer)
            try:
                setattr(fresh, part, other)
            except Exception:
                seen[f"later/set_{part}"] = 0
            else:
                seen[f"later/set_{part}"] = 1
        fresh = registered(answer)
        try:
            fresh.seeds[0] = 77
        except Exception:
            seen["later/set_a_seed"] = 0
        else:
            seen["later/set_a_seed"] = 1
        return seen

    def refused(answer: Any) -> dict[str, Any]:
        bad = {
            "same": {"control": given["variant"]},
            "none": {"control": ""},
            "few": {"seeds": given["seeds"][:4]},
            "repeated": {"seeds": [*given["seeds"][:4], given["seeds"][0]]},
            "six_repeated": {"seeds": [*given["seeds"][:5], given["seeds"][1]]},
        }
        ends = {name: how_it_ends(partial(registered, answer, **change)) for name, change in bad.items()}
        try:  # are six seeds kept, or five of them?
            seeds_kept = len(registered(answer, **bad["six_repeated"]).seeds)
        except Exception:
            seeds_kept = 0
        return {f"refused/{name}": np.uint8(end) for name, end in ends.items()} | {
            "refused/seeds_kept": seeds_kept,
            "refused/five": np.uint8(how_it_ends(partial(registered, answer, seeds=given["seeds"][:5]))),
        }

    return what_is_kept, digests, later, refused


def bad_plans_refused(look: Look) -> str | None:
    """No plan that could prove nothing came back as a registration."""
    seen = look.evidence.arrays
    passed = [words for name, words in BAD_PLANS.items() if np.all(seen.get(f"refused/{name}", 0) == 2)]
    if not passed:
        return None
    plans = "1 bad plan was" if len(passed) == 1 else f"{len(passed)} bad plans were"
    return f"{plans} accepted: {'; '.join(passed)}"


# run_trials -------------------------------------------------------------------------------------------------
class MadeUpMeasure:
    """Stands for training: gives known measures, others at every further call, and counts its calls."""

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


def registration(draw: Draw, metric: str, count: int) -> Registration:
    from course_lib.training.trials.registration import Registration  # brings Keras, which no judge needs

    said = plan(draw)
    seeds = tuple(draw.size(0, 3) + 5 * step for step in range(count))[::-1]
    return Registration(said["hypothesis"], said["variant"], said["control"], metric, seeds, "0" * 64)


def both_there(look: Look) -> str | None:
    """The dict has an entry for the variant and one for the control."""
    for case in ("plain", "second"):
        for part in ("variant", "control"):
            if f"{case}/{part}" not in look.evidence.arrays:
                return f"the dict has no entry with the name of the {part}"
    return None


def left(returned: list[Any]) -> tuple[int, int]:
    """How many values were returned in spite of a failed run, and how many of them are 0."""
    try:
        every = np.concatenate(
            [np.ravel(tensor_values(each)) for result in returned for each in result.values()]
        )
    except Exception:  # nothing came back, or nothing that could be counted
        return 0, 0
    return len(every), int((every == 0).sum())


def run_scenes(draw: Draw) -> Sequence[Callable[[Any], dict[str, Any]]]:
    plain, second = registration(draw, "accuracy", 6), registration(draw, "pointing", 5)

    def whole(name: str, said: Registration) -> Callable[[Any], dict[str, Any]]:
        def play(answer: Any) -> dict[str, Any]:
            measure = MadeUpMeasure(said)
            result = answer(said, measure)
            if not isinstance(result, Mapping):
                raise WrongReturn(
                    f"returned {kind_of_value(result)} instead of a dict with the values of each variant"
                )
            found: dict[str, Any] = {
                "missing": np.array([getattr(said, part) not in result for part in ("variant", "control")]),
                "calls": measure.calls,
                "others": measure.others,
            }
            for part in ("variant", "control"):
                if getattr(said, part) in result:
                    found |= named_arrays({part: result[getattr(said, part)]})
            return {f"{name}/{part}": value for part, value in found.items()}

        return play

    def note(returned: list[Any], answer: Any, measure: MadeUpMeasure) -> None:
        returned.append(answer(plain, measure))

    def broken(answer: Any) -> dict[str, Any]:
        seen = {}
        for name, place, value in (
            ("nan", 3, "nan"),
            ("infinite", 0, "inf"),
            ("error", 2, "error"),
            ("nan_once", 1, "nan once"),
            ("error_once", 4, "error once"),
        ):
            for part in ("variant", "control"):
                measure = MadeUpMeasure(plain, (getattr(plain, part), plain.seeds[place], value))
                returned: list[Any] = []
                end = how_it_ends(partial(note, returned, answer, measure))
                # That a run failed may be told by its own error or by another, but it has to be told.
                told = int(end == 2) if value.startswith("error") else end
                seen[f"broken/{name}_{part}"] = np.array([told, *left(returned)])
        return seen

    return whole("plain", plain), whole("second", second), broken


# paired_interval, reading -----------------------------------------------------------------------------------
def interval_inputs(draw: Draw) -> dict[str, tuple[Array, Array]]:
    """Percentages of two variants: seeds differ much, the variants little."""
    found = {}
    for name, count, shift in (("five", 5, 1.5), ("eight", 8, -1.2), ("twelve", 12, 0.3)):
        common = 70 + 15 * draw.values((count,)).astype(np.float64)
        gain = shift + 2 * draw.values((count,)).astype(np.float64)
        found[name] = (common + gain, common)
    return found


def the_mean(look: Look) -> str | None:
    """The middle number is the mean of the differences."""
    for case, (mine, other) in interval_inputs(Draw(look.seed)).items():
        seen = np.ravel(look.evidence.arrays[f"{case}/output"])
        if seen.shape != (3,):
            return f"{seen.size} numbers came back, expected 3: low, mean, high"
        if not np.isclose(seen[1], np.mean(mine - other), atol=1e-4):
            return f"the middle number is {seen[1]:.4g}, the mean difference is {np.mean(mine - other):.4g}"
    return None


def reading_cases(draw: Draw) -> dict[str, tuple[list[float], tuple[float, float, float]]]:
    """Differences of pairs, and an interval of their mean (low, mean, high)."""
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


def one_of_three(look: Look) -> str | None:
    """Every text that came back is one of the three, up to capitals."""
    if any(np.any(seen < 0) for seen in look.evidence.arrays.values()):
        return "a text came back that is none of the three, letter by letter"
    return None


def reading_scenes(draw: Draw) -> Sequence[Callable[[Any], dict[str, Any]]]:
    def scene(name: str, differences: list[float], interval: tuple[float, ...]) -> Any:
        def play(answer: Any) -> dict[str, Any]:
            word = answer(np.array(differences), interval)
            if not isinstance(word, str):
                raise WrongReturn(f"returned {kind_of_value(word)} instead of a text")
            said = word.lower()  # spaces count
            return {name: np.int32(WORDS.index(said) if said in WORDS else -1 - crc32(said.encode()) % 9999)}

        return play

    return [scene(name, *given) for name, given in reading_cases(draw).items()]


# ------------------------------------------------------------------------------------------------------------
EXERCISES = (
    Exercise(
        "my_attention",
        LESSON,
        "A block of your own",
        OwnBlockProbe(),
        (
            Criterion(
                "shape",
                1,
                "a feature map of the same shape comes out, and no number is lost",
                no_flag(
                    {
                        "shape": "the output has another shape than the input",
                        "finite": "where a channel is 0 everywhere, the output is not a finite number",
                    }
                ),
                "Return the refined feature map, (N, H, W, C), for every size that comes in.",
            ),
            Criterion(
                "looks",
                1,
                "each value is multiplied by what is found around it in the same image",
                no_flag(
                    {
                        "identity": "the output is the input",
                        "blind": "every image is scaled in the same way",
                        "pointwise": "a value comes out the same whatever is around it",
                        "adds": "where x is 0 something else comes out: the block does not multiply x",
                        "mixed": "the result for one image changes with the other images of the batch: take "
                        "means over axes 1 and 2",
                        "moody": "the same input gives another output at the next call",
                        "shared": "two uses of the block share their weights",
                        "untrained": "no gradient reaches some of the weights",
                        "unnamed": "the name of a layer with weights does not begin with `name`",
                    }
                ),
                "Let the gate or the map come from the input, and make the layers inside the function.",
                requires=("shape",),
            ),
        ),
    ),
    Exercise(
        "blind",
        LESSON,
        "A control that cannot look",
        BLIND,
        (
            Criterion(
                "numbers",
                0.5,
                "the attention is shown a map of ones, and its answer scales the input",
                every(has_shape("plain", rank=4), numbers("plain", "map", "bare", "zeros")),
                "Call `attention` on `ones_like(x)`, so that the ones come from `x`; then multiply.",
            ),
            Criterion(
                "habits",
                0.5,
                "as many weights as the block, all of them in use",
                behaves_well,
                "Hand `name` on to `attention`, and use what it returns.",
                requires=("numbers",),
            ),
        ),
        Picture("output / input of one channel", ratio_of_first),
    ),
    Exercise(
        "split",
        LESSON,
        "Split without a leak",
        ProtocolProbe(split_scenes),
        (
            Criterion(
                "apart",
                1,
                "no garment stands on both sides, and no canvas is lost",
                split_is(
                    {
                        "kind": "what came back are not places in `garments`: whole numbers from 0",
                        "shared": "some garments are seen in training and tested on",
                        "twice": "some canvases come up twice",
                        "count": "the number of garments held out is not `tested`",
                        "lost": "some canvases are on neither side",
                    }
                ),
                "Choose garments, not canvases; then see where each canvas belongs.",
            ),
            Criterion(
                "seeded",
                1,
                "the seed alone decides which garments are held out",
                split_is(
                    {
                        "unrepeatable": "the same seed gave another split",
                        "fixed": "two seeds gave the same split",
                        "first": "the garments with the lowest or highest numbers are held out",
                    }
                ),
                "Draw with `np.random.default_rng(seed)`.",
                requires=("apart",),
            ),
        ),
    ),
    Exercise(
        "trial",
        LESSON,
        "One trial",
        ProtocolProbe(trial_scenes),
        (
            Criterion(
                "repeatable",
                1,
                "the seed fixes all that is left to chance",
                repeatable,
                "Set Keras' random seed before the network is made, and use `seed` in every step.",
            ),
            Criterion(
                "numbers",
                1,
                "trained on one side, scored on the other",
                numbers("plain", "again", "other_attention", "other_seed", relative=1e-5),
                "Seed, network, canvases, fit on the first part, score on the second.",
                requires=("repeatable",),
            ),
        ),
    ),
    Exercise(
        "register",
        LESSON,
        "Register before you run",
        ProtocolProbe(register_scenes),
        (
            Criterion(
                "frozen",
                0.5,
                "all that was said is kept, and cannot be changed later",
                numbers("kept", "later"),
                "Return a `trials.Registration`, its seeds as a tuple.",
            ),
            Criterion(
                "digest",
                0.5,
                "the digest belongs to every part of the plan",
                numbers("digest"),
                "SHA-256 of the JSON text of the list of all five parts.",
            ),
            Criterion(
                "refused",
                1,
                "plans that could prove nothing are refused",
                every(bad_plans_refused, numbers("refused")),
                "Raise a ValueError for a missing control, for fewer than five seeds, and for a seed twice.",
            ),
        ),
    ),
    Exercise(
        "run_trials",
        LESSON,
        "Run what was registered",
        ProtocolProbe(run_scenes),
        (
            Criterion(
                "pairs",
                1,
                "every pair is measured once, and the registered metric is kept",
                every(both_there, numbers("plain", "second")),
                "For each registered seed, measure the variant and the control once; keep the order of the "
                "seeds.",
            ),
            Criterion(
                "honest",
                1,
                "a failed run is not passed over",
                numbers("broken"),
                "Raise a ValueError when a measure is not finite, measure nothing twice, and catch no error.",
                requires=("pairs",),
            ),
        ),
    ),
    Exercise(
        "paired_interval",
        LESSON,
        "The interval of the differences",
        FunctionProbe(interval_inputs),
        (
            Criterion(
                "mean",
                0.5,
                "three numbers, the mean difference in the middle",
                the_mean,
                "Return (low, mean, high).",
            ),
            Criterion(
                "interval",
                1.5,
                "Student's t interval of the paired differences",
                numbers("five", "eight", "twelve", relative=1e-5),
                "Mean ± t · s / √n, where s is the deviation of the differences and t has n − 1 degrees of "
                "freedom.",
                requires=("mean",),
            ),
        ),
    ),
    Exercise(
        "reading",
        LESSON,
        "Read the interval",
        ProtocolProbe(reading_scenes),
        (
            Criterion(
                "clear",
                0.5,
                "a difference is only called one where the interval is clear of zero",
                every(one_of_three, numbers("clear")),
                "Three words only: higher, lower, no detectable difference.",
            ),
            Criterion(
                "pairs",
                0.5,
                "three quarters of the pairs that differ agree",
                numbers("pairs"),
                "Count the pairs above and below; a pair without a difference counts in neither.",
                requires=("clear",),
            ),
        ),
    ),
    Exercise(
        "quiz_lower_end",
        LESSON,
        "Quiz: the lower end",
        NumberProbe(step=0.02),
        (
            Criterion(
                "number",
                1,
                "where the interval begins",
                the_number,
                "Mean − t · s / √n; s divides the sum of squares by n − 1.",
            ),
        ),
    ),
    Exercise(
        "quiz_coordinate",
        LESSON,
        "Quiz: what coordinate attention costs",
        NumberProbe(),
        (
            Criterion(
                "number",
                1,
                "the trainable parameters",
                the_number,
                "Three layers with kernels and biases; two numbers per hidden channel for the normalisation.",
            ),
        ),
    ),
    Exercise(
        "quiz_pairs",
        LESSON,
        "Quiz: how many pairs",
        NumberProbe(),
        (
            Criterion(
                "number",
                1,
                "how many pairs",
                the_number,
                "The width goes with 1 / √n.",
            ),
        ),
    ),
)
