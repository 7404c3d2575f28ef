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

from course_lib.checks import weights
from course_lib.checks.evidence import Array, values

PREFIX = "manner/"
NAMES = ("first", "second")  # under which the answer is used twice in one model
PART = slice(1, 3)  # of the batch


def shown(
    model: Any, twice: Any, x: Array, seed: int, reading: int, wanted: tuple[weights.Shape, ...]
) -> dict[str, Array]:
    """The manner of a model with known weights, in numbers.

    model: built around the answer; weights known. twice: one model with the answer in it twice, or None.
    x: inputs (N, ...). wanted: the blocks of the equation, see `weights.blocks`.

    part: output for some images of the batch. training: the same in training mode. gradient: of one known sum
    of the outputs, at the input. kernels: the norm of that gradient at each block of weights. first, second:
    the outputs of `twice`, each use with weights of its own, dealt to the layers that carry its name.
    """
    part = x[PART]
    found = {"part": values(model(part, training=False))}
    with still_batch_norms(model):
        found["training"] = values(model(part, training=True))
    found |= gradients(model, part, seed, reading, wanted)
    if twice is not None:
        found |= both_uses(twice, part, seed, reading, wanted)
    return {PREFIX + name: array for name, array in found.items()}


def told(model: Any, twice: Any, x: Array) -> dict[str, bool]:
    """What the answer says of itself; True is good."""
    return {
        "trained": not weights_without_gradient(model, x[PART]),
        "named": all("probe" in layer.name for layer in model.layers if layer.weights),
        "twice": twice is not None,
        "fresh": twice is None or len(twice.weights) == 2 * len(model.weights),
    }


@contextlib.contextmanager
def still_batch_norms(model: Any) -> Iterator[None]:
    """Batch normalisation stays the identity in training mode: many right answers have one, some none."""
    layers = [layer for layer in weights.batch_norms(model) if layer.trainable]
    for layer in layers:
        layer.trainable = False
    try:
        yield
    finally:
        for layer in layers:
            layer.trainable = True


def gradients(
    model: Any, x: Array, seed: int, reading: int, wanted: tuple[weights.Shape, ...]
) -> dict[str, Array]:
    """The gradient of a known sum of the outputs, at the input and (its norms) at the blocks of weights."""
    import tensorflow as tf

    given, kernels = tf.constant(x), weights.kernels(model)
    with tf.GradientTape() as tape:
        tape.watch(given)
        output = tf.cast(model(given, training=False), tf.float32)
        total = tf.reduce_sum(output * weights.uniform(seed, tuple(output.shape), 5))
    at_input, *at_kernels = tape.gradient(
        total, [given, *(k.value for k in kernels)], unconnected_gradients=tf.UnconnectedGradients.ZERO
    )
    numbers = iter(weights.readings(model, wanted)[reading])
    norms = []
    for kernel, gradient in zip(kernels, at_kernels, strict=True):
        shape = weights.shape_of(kernel)
        for block, slice_ in slices(np.asarray(gradient), weights.blocks(shape, wanted)):
            norms.append((weights.standing(block), next(numbers), float(np.linalg.norm(slice_))))
    in_order = [norm for *_, norm in sorted(norms)]
    found = {"gradient": values(at_input)}
    return found | {"kernels": np.asarray(in_order, np.float32)} if norms else found


def slices(kernel: Array, blocks: list[weights.Shape]) -> Iterator[tuple[weights.Shape, Array]]:
    """The parts of a kernel that belong to its blocks, as `weights.deal_kernels` laid them there."""
    if len(blocks) == 1:
        yield blocks[0], kernel
    elif len(blocks[0]) == 2:
        ends = np.cumsum([math.prod(block) for block in blocks])
        yield from zip(blocks, np.split(kernel.ravel(), ends[:-1]), strict=True)
    else:
        core = kernel.reshape(*blocks[0][:-1], len(blocks), blocks[0][-1])
        yield from ((block, core[..., place, :]) for place, block in enumerate(blocks))


def both_uses(
    twice: Any, x: Array, seed: int, reading: int, wanted: tuple[weights.Shape, ...]
) -> dict[str, Array]:
    """The outputs of both uses, after both have been given their weights."""
    import keras

    uses = {name: keras.Model(twice.input, output) for name, output in zip(NAMES, twice.outputs, strict=True)}
    for place, (name, use) in enumerate(uses.items(), 1):
        orders = weights.readings(use, wanted)
        weights.assign(use, seed + place, orders[min(reading, len(orders) - 1)], wanted=wanted)
        for layer in use.layers:
            if name not in layer.name:
                silence(layer)
    return {name: values(use(x, training=False)) for name, use in uses.items()}


def silence(model: Any) -> None:
    """Set every kernel and bias of a model or layer to zero."""
    for weight in model.weights:
        if weights.role(weight) in ("kernel", "bias"):
            weight.assign(np.zeros(weight.shape, np.float32))


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
