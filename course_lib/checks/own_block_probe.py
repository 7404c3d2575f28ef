"""A probe for an attention block of which no equation is known, and a test of what any block must do.

The outputs are kept whole and are judged by themselves. The flags beside them only help to recognise a
mistake: they come from the student's process and earn nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.checks import known_weights
from course_lib.checks.behaviour import carries_name
from course_lib.checks.criteria import Test
from course_lib.checks.evidence import BEHAVIOUR, Array, Evidence, WrongReturn, tensor_values
from course_lib.checks.exercise import Look
from course_lib.checks.probe import (
    Draw,
    describe_error,
    is_finished_block,
    kind_of_value,
    undisturbed_randomness,
)

_SPOT = (2, 3, 1)  # row, column and channel of a value that stays while everything around it changes
_DRAWS = 4  # of random weights: with one of them a ReLU may be silent for every image
_FLAGS = (
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


@dataclass(frozen=True)
class OwnBlockProbe:
    """Runs a block with random weights on several inputs.

    Attributes:
        most_readings: 1: random weights need no order.
    """

    most_readings = 1

    def run(self, exercise: str, answer: Any, seed: int) -> Evidence:
        """Probe a block, up to the first step that raises."""
        arrays: dict[str, Array] = {}
        facts: dict[str, Any] = {}
        stage = "build"
        try:
            with undisturbed_randomness():
                inputs = _inputs(seed)
                model = _model(answer, inputs["plain"].shape[1:], ("probe",), seed)
                stage = "run"
                for number in range(_DRAWS):
                    _give_weights(model, seed, number)
                    for name in ("plain", "around"):
                        arrays[f"{BEHAVIOUR}{name}{number}"] = tensor_values(
                            model(inputs[name], training=False)
                        )
                    arrays[f"{BEHAVIOUR}gradients{number}"] = _gradient_norms(model, inputs["plain"])
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
                    other = _model(answer, inputs[name].shape[1:], ("probe",), seed)
                    arrays[f"{BEHAVIOUR}{name}"] = tensor_values(other(inputs[name], training=False))
                stage = "twice"
                twice = _model(answer, inputs["plain"].shape[1:], ("first", "second"), seed)
                first, second = twice(inputs["plain"], training=False)
                arrays |= {
                    f"{BEHAVIOUR}first": tensor_values(first),
                    f"{BEHAVIOUR}second": tensor_values(second),
                }
        except (Exception, SystemExit) as error:  # whatever the answer does is a finding
            facts["error"] = describe_error(error, stage, stage)
        else:
            found = _flags(inputs, arrays)
            arrays["seen/flags"] = np.array([found[flag] for flag in _FLAGS], np.uint8)
        return Evidence(exercise, arrays, facts)


def _inputs(seed: int) -> dict[str, Array]:
    """Return feature maps (N, H, W, C) by name, for a block of any kind.

    "around": as "plain", but for one value changed everywhere; "dead": with a channel and an image of zeros;
    "holes": with many zeros; "small", "large": of other sizes.
    """
    draw = Draw(seed)
    # Channels in eights, and enough of them for a reduction of 16: many blocks work in groups.
    height, width, channels = draw.size(6, 8), draw.size(9, 11), 8 * draw.size(2, 4)
    plain = draw.features((3, height, width, channels))
    plain[(slice(None), *_SPOT)] = 1.3
    around = plain + 1.5 * draw.values(plain.shape) + 0.5
    around[(slice(None), *_SPOT)] = 1.3
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


def _model(answer: Any, shape: tuple[int, ...], names: tuple[str, ...], seed: int) -> Any:
    """Return a model in which the block is used once under each name, with random weights."""
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
    _give_weights(model, seed, 0)
    return model


def _give_weights(model: Any, seed: int, number: int) -> None:
    """Give a model the `number`-th draw of random weights."""
    for place, weight in enumerate(model.trainable_weights):
        shape = tuple(weight.shape)
        noise = known_weights.uniform_values(seed, shape, 9, number, place)
        if known_weights.weight_role(weight) == "kernel":
            weight.assign(2.5 * noise / math.sqrt(max(1, math.prod(shape[:-1]))))
        else:
            weight.assign((1 if "gamma" in weight.path else 0) + 0.3 * noise)


def _gradient_norms(model: Any, x: Array) -> Array:
    """Return the norm of the gradient that reaches each weight, (weights,)."""
    import tensorflow as tf

    factors = np.cos(np.arange(x.size, dtype=np.float32)).reshape(x.shape)
    with tf.GradientTape() as tape:
        output = model(x, training=False)
        total = tf.reduce_sum(output * factors if output.shape == x.shape else output)
    found = tape.gradient(total, [weight.value for weight in model.trainable_weights])
    return np.array([0 if each is None else np.linalg.norm(np.asarray(each)) for each in found], np.float32)


def _flags(inputs: Mapping[str, Array], arrays: Mapping[str, Array]) -> dict[str, bool]:
    """Return what is wrong with a block, from its outputs; True is bad."""
    seen = {name.removeprefix(BEHAVIOUR): np.asarray(array, np.float64) for name, array in arrays.items()}
    draws = range(_DRAWS)
    inputs = {**inputs, **{f"{name}{n}": inputs[name] for name in ("plain", "around") for n in draws}}
    outputs = [name for name in inputs if name in seen]
    found = dict.fromkeys(_FLAGS, False)
    found["shape"] = any(seen[name].shape != inputs[name].shape for name in outputs)
    found["finite"] = not all(np.isfinite(seen[name]).all() for name in outputs)
    if found["shape"] or found["finite"]:
        return found
    x = np.asarray(inputs["plain"], np.float64)
    spot = (slice(None), *_SPOT)

    def blind_to(y: Array) -> bool:
        """Whether one image is scaled as another, so that their outputs have the ratio of their inputs."""
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


def block_is_free_of(says: Mapping[str, str]) -> Test:
    """Return a test that none of these flags is up, by the outputs.

    Args:
        says: From a flag to the sentence for it; the first that is up gives the message.
    """

    def test(look: Look) -> str | None:
        if look.evidence.error:
            return "the block could not be looked at to the end"
        found = _flags(_inputs(look.seed), look.evidence.arrays)
        return next((words for flag, words in says.items() if found[flag]), None)

    return test
