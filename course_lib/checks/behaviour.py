"""The manner of an answer: how a layer function behaves beyond the numbers of one call.

It earns points only where it is *shown*, in numbers that depend on the probe's inputs and weights. What a
notebook merely *tells* (`told`) is good for the words of a card, or can cost points: a submission may change
every line of this file while it runs.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.checks import known_weights
from course_lib.checks.evidence import Array, values

PREFIX = "manner/"
NAMES = ("first", "second")  # under which the answer is used twice in one model
PART = slice(1, 3)  # of the batch
NAMED = "named/"  # what layers give that the exercise has a name for


def shown(
    model: Any,
    step: Any,
    uses: dict[str, Any],
    x: Array,
    seed: int,
    reading: int,
    wanted: tuple[known_weights.Shape, ...],
    norms: bool = False,
) -> dict[str, Array]:
    """The manner of a model with known weights, in numbers.

    model: built around the answer; weights known. step: its `training_step`. uses: see there.
    x: inputs (N, ...). wanted, norms: what the equation has, see `known_weights.assign`.

    part: output for some images of the batch. training: the same in training mode, compiled as `fit` does it.
    gradient: of one known sum of the outputs, at the input. kernels: the norm of that gradient at each block
    of weights. first, second: the outputs of both uses, each with weights of its own, dealt to the layers
    that carry its name.
    """
    part = x[PART]
    found = {"part": values(model(part, training=False))}
    factors = known_weights.uniform(seed, found["part"].shape, 5)
    found |= in_training(model, step, part, factors, reading, wanted)
    found |= both_uses(uses, part, seed, reading, wanted, norms)
    return {PREFIX + name: array for name, array in found.items()}


def told(model: Any, twice: Any, x: Array) -> dict[str, bool]:
    """What the answer says of itself; True is good."""
    return {
        "trained": not weights_without_gradient(model, x[PART]),
        "named": all(map(carries_name, model.layers)),
        "twice": twice is not None,
        "fresh": twice is None or len(twice.weights) == 2 * len(model.weights),
    }


def carries_name(layer: Any) -> bool:
    """Has a layer with weights the name that was passed in, itself or in all of its parts?"""
    if not layer.weights or "probe" in layer.name:
        return True
    parts = [part for part in layer._flatten_layers(include_self=False, recursive=False) if part.weights]
    return bool(parts) and all(map(carries_name, parts))


@contextlib.contextmanager
def still_batch_norms(model: Any) -> Iterator[None]:
    """Batch normalisation stays the identity in training mode: many right answers have one, some none."""
    layers = [layer for layer in known_weights.batch_norms(model) if layer.trainable]
    for layer in layers:
        layer.trainable = False
    try:
        yield
    finally:
        for layer in layers:
            layer.trainable = True


def training_step(model: Any) -> Any:
    """A compiled function of inputs and factors: outputs in training mode, and gradients of their product.

    The gradients are at the inputs and at each kernel.
    """
    import tensorflow as tf

    @tf.function(autograph=False, jit_compile=False)  # type: ignore[untyped-decorator]
    def step(given: Any, factors: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(given)
            output = model(given, training=True)
            total = tf.reduce_sum(tf.cast(output, tf.float32) * factors)
        sources = [given, *(kernel.value for kernel, _ in known_weights.kernels(model))]
        return output, tape.gradient(total, sources, unconnected_gradients=tf.UnconnectedGradients.ZERO)

    return step


def in_training(
    model: Any, step: Any, x: Array, factors: Array, reading: int, wanted: tuple[known_weights.Shape, ...]
) -> dict[str, Array]:
    """Outputs in training mode, and gradients: those at the blocks of weights as norms, in a known order."""
    import tensorflow as tf

    kernels, other_way = known_weights.kernels(model, wanted), known_weights.transposed(model)
    with still_batch_norms(model):
        output, (at_input, *at_kernels) = step(tf.constant(x), tf.constant(factors))
    numbers = iter(known_weights.readings(model, wanted)[reading])
    norms = []
    for (kernel, blocks), gradient in zip(kernels, map(np.asarray, at_kernels), strict=True):
        laid = gradient.swapaxes(-1, -2) if id(kernel) in other_way else gradient
        for block, slice_ in slices(laid, blocks):
            norms.append((known_weights.standing(block), next(numbers), float(np.linalg.norm(slice_))))
    in_order = [norm for *_, norm in sorted(norms)]
    found = {"training": values(output), "gradient": values(at_input)}
    return found | {"kernels": np.asarray(in_order, np.float32)} if norms else found


def slices(kernel: Array, blocks: list[known_weights.Shape]) -> Iterator[tuple[known_weights.Shape, Array]]:
    """The parts of a kernel that belong to its blocks, as `known_weights.deal_kernels` laid them there."""
    if len(blocks) == 1:
        yield blocks[0], kernel
    elif len(blocks[0]) == 2:
        ends = np.cumsum([math.prod(block) for block in blocks])
        yield from zip(blocks, np.split(kernel.ravel(), ends[:-1]), strict=True)
    else:
        core = kernel.reshape(*blocks[0][:-1], len(blocks), blocks[0][-1])
        yield from ((block, core[..., place, :]) for place, block in enumerate(blocks))


def uses(twice: Any) -> dict[str, Any]:
    """A model for each use of the answer in a model that has it twice; none where that could not be built."""
    import keras

    if twice is None:
        return {}
    return {name: keras.Model(twice.input, output) for name, output in zip(NAMES, twice.outputs, strict=True)}


def both_uses(
    uses: dict[str, Any],
    x: Array,
    seed: int,
    reading: int,
    wanted: tuple[known_weights.Shape, ...],
    norms: bool,
) -> dict[str, Array]:
    """The outputs of both uses, after both have been given their weights."""
    for place, (name, use) in enumerate(uses.items(), 1):
        orders = known_weights.readings(use, wanted)
        known_weights.assign(
            use, seed + place, orders[min(reading, len(orders) - 1)], wanted=wanted, norms=norms
        )
        for layer in use.layers:
            silence_others(layer, name)
    return {name: values(use(x, training=False)) for name, use in uses.items()}


def of_layers(model: Any, parts: tuple[str, ...], x: Array) -> dict[str, Array]:
    """What the layers called probe_PART give inside a model; nothing for a layer that is not there.

    Layers are listened to while the model runs, so that they may also stand inside another model.
    """
    heard: dict[str, Any] = {}

    def listened_to(part: str, call: Any) -> Any:
        def listening(*arguments: Any, **options: Any) -> Any:
            heard[part] = call(*arguments, **options)
            return heard[part]

        return listening

    named = {f"probe_{part}": part for part in parts}
    layers = [layer for layer in model._flatten_layers() if layer.name in named]
    for layer in layers:
        layer.call = listened_to(named[layer.name], layer.call)
    try:
        model(x, training=False)
    finally:
        for layer in layers:
            del layer.call
    return {NAMED + part: values(output) for part, output in heard.items()}


def silence(model: Any) -> None:
    """Set every kernel and bias of a model or layer to zero."""
    for weight in model.weights:
        empty(weight)


def empty(weight: Any) -> None:
    """Zeros for a kernel or bias; what else a layer keeps stays."""
    if known_weights.role(weight) in ("kernel", "bias"):
        weight.assign(np.zeros(weight.shape, np.float32))


def silence_others(layer: Any, name: str) -> None:
    """Silence what does not carry a name; a layer that does lends it to all of its parts."""
    if name in layer.name:
        return
    parts = list(layer._flatten_layers(include_self=False, recursive=False))
    for part in parts:
        silence_others(part, name)
    inside = {id(weight) for part in parts for weight in part.weights}
    for weight in layer.weights:
        if id(weight) not in inside:
            empty(weight)


def weights_without_gradient(model: Any, x: Array) -> list[str]:
    """Paths of trainable weights that no gradient reaches."""
    import tensorflow as tf

    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(x, training=False))
    gradients = tape.gradient(loss, model.trainable_weights)
    return [
        weight.path
        for weight, gradient in zip(model.trainable_weights, gradients, strict=True)
        if gradient is None
    ]
