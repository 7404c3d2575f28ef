"""Behaviour: what a layer function does beyond the numbers of one call.

Examples: whether a result depends on the other images of the batch, whether gradients pass, whether two uses
in one model keep to weights of their own.

Behaviour earns points only where it is *measured*: in numbers that depend on the probe's inputs and weights,
which a submission cannot guess. What is merely *reported*, as a flag, chooses the words of a card and can
cost points, but never earns any: this code runs in the student's process, where a submission may replace
every line of it.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.checks import known_weights
from course_lib.checks.evidence import BATCH_PART, BEHAVIOUR, NAMED_LAYERS, Array, tensor_values

USE_NAMES = ("first", "second")  # under which the answer is used twice in one model


def measured_behaviour(
    model: Any,
    step: Any,
    uses: dict[str, Any],
    x: Array,
    seed: int,
    reading: int,
    wanted: tuple[known_weights.Shape, ...],
    norms: bool = False,
) -> dict[str, Array]:
    """Measure the behaviour of a model that has its known weights.

    Args:
        model: A Keras model around the answer, with known weights.
        step: Its `training_step`.
        uses: A model for each of two uses of the answer, from `models_of_uses`.
        x: Inputs (N, ...).
        seed: The probe's seed.
        reading: Which of the `known_weights.block_orders` the weights were dealt in.
        wanted: The blocks of weights that the equation has.
        norms: Whether batch normalisation belongs to the equation; see `known_weights.assign`.

    Returns:
        Arrays by name, each name beginning with `BEHAVIOUR`. "part": the output for some images of the
        batch; "training": the same in training mode, compiled as in `fit`; "gradient": the gradient of one
        known sum of the outputs at the input; "kernels": the norm of that gradient at each block of weights;
        "first", "second": the outputs of both uses, each with weights of its own, dealt to the layers that
        carry its name.
    """
    part = x[BATCH_PART]
    found = {"part": tensor_values(model(part, training=False))}
    factors = known_weights.uniform_values(seed, found["part"].shape, 5)
    found |= _training_behaviour(model, step, part, factors, reading, wanted)
    found |= _outputs_of_uses(uses, part, seed, reading, wanted, norms)
    return {BEHAVIOUR + name: array for name, array in found.items()}


def reported_behaviour(model: Any, twice: Any, x: Array) -> dict[str, bool]:
    """Report behaviour as flags, True for good; see the module for why they never earn points."""
    return {
        "trained": not _weights_without_gradient(model, x[BATCH_PART]),
        "named": all(map(carries_name, model.layers)),
        "twice": twice is not None,
        "fresh": twice is None or len(twice.weights) == 2 * len(model.weights),
    }


def carries_name(layer: Any) -> bool:
    """Whether the layer, or each of its parts with weights, carries the name that the probe passed in.

    A layer without weights needs no name.
    """
    if not layer.weights or "probe" in layer.name:
        return True
    parts = [part for part in layer._flatten_layers(include_self=False, recursive=False) if part.weights]
    return bool(parts) and all(map(carries_name, parts))


@contextlib.contextmanager
def _frozen_batch_norms(model: Any) -> Iterator[None]:
    """Keep batch normalisation the identity in training mode too.

    Where the equation has none, many right answers have one and many have none: its statistics must not show.
    """
    layers = [layer for layer in known_weights.batch_norms(model) if layer.trainable]
    for layer in layers:
        layer.trainable = False
    try:
        yield
    finally:
        for layer in layers:
            layer.trainable = True


def training_step(model: Any) -> Any:
    """Return a compiled function of (inputs, factors): outputs in training mode, and gradients.

    The gradients are those of sum(outputs · factors), at the inputs and at each kernel. It is compiled since
    `fit` compiles too: an answer could behave well when run eagerly and badly when trained.
    """
    import tensorflow as tf

    @tf.function(autograph=False, jit_compile=False)  # type: ignore[untyped-decorator]
    def step(given: Any, factors: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(given)
            output = model(given, training=True)
            total = tf.reduce_sum(tf.cast(output, tf.float32) * factors)
        sources = [given, *(kernel.value for kernel, _ in known_weights.kernels_of(model))]
        return output, tape.gradient(total, sources, unconnected_gradients=tf.UnconnectedGradients.ZERO)

    return step


def _training_behaviour(
    model: Any, step: Any, x: Array, factors: Array, reading: int, wanted: tuple[known_weights.Shape, ...]
) -> dict[str, Array]:
    """Return outputs and gradients in training mode.

    Gradients at blocks of weights are kept as norms, in an order that does not depend on the graph's, so that
    answers built from other layers agree.
    """
    import tensorflow as tf

    kernels, transposed = known_weights.kernels_of(model, wanted), known_weights.transposed_kernels(model)
    with _frozen_batch_norms(model):
        output, (at_input, *at_kernels) = step(tf.constant(x), tf.constant(factors))
    numbers = iter(known_weights.block_orders(model, wanted)[reading])
    norms = []
    for (kernel, blocks), gradient in zip(kernels, map(np.asarray, at_kernels), strict=True):
        oriented = gradient.swapaxes(-1, -2) if id(kernel) in transposed else gradient
        for block, slice_ in _block_slices(oriented, blocks):
            norms.append((known_weights.standing_shape(block), next(numbers), float(np.linalg.norm(slice_))))
    in_order = [norm for *_, norm in sorted(norms)]
    found = {"training": tensor_values(output), "gradient": tensor_values(at_input)}
    return found | {"kernels": np.asarray(in_order, np.float32)} if norms else found


def _block_slices(
    kernel: Array, blocks: list[known_weights.Shape]
) -> Iterator[tuple[known_weights.Shape, Array]]:
    """Cut a kernel into its blocks, as `known_weights.assign` put them together."""
    if len(blocks) == 1:
        yield blocks[0], kernel
    elif len(blocks[0]) == 2:
        ends = np.cumsum([math.prod(block) for block in blocks])
        yield from zip(blocks, np.split(kernel.ravel(), ends[:-1]), strict=True)
    else:
        core = kernel.reshape(*blocks[0][:-1], len(blocks), blocks[0][-1])
        yield from ((block, core[..., place, :]) for place, block in enumerate(blocks))


def models_of_uses(twice: Any) -> dict[str, Any]:
    """Return a model for each use of the answer in a model that has it twice; {} without such a model."""
    import keras

    if twice is None:
        return {}
    return {
        name: keras.Model(twice.input, output) for name, output in zip(USE_NAMES, twice.outputs, strict=True)
    }


def _outputs_of_uses(
    uses: dict[str, Any],
    x: Array,
    seed: int,
    reading: int,
    wanted: tuple[known_weights.Shape, ...],
    norms: bool,
) -> dict[str, Array]:
    """Return the outputs of both uses, after both have been given their weights.

    A layer that both uses share ends with the weights of the second, so the output of the first shows it.
    """
    for place, (name, use) in enumerate(uses.items(), 1):
        orders = known_weights.block_orders(use, wanted)
        known_weights.assign(
            use, seed + place, orders[min(reading, len(orders) - 1)], wanted=wanted, norms=norms
        )
        for layer in use.layers:
            _zero_others(layer, name)
    return {name: tensor_values(use(x, training=False)) for name, use in uses.items()}


def named_layer_outputs(model: Any, parts: tuple[str, ...], x: Array) -> dict[str, Array]:
    """Return the outputs of the layers called probe_PART inside a model, as far as they are there.

    The layers are watched while the model runs, so that they may also stand inside another model.
    """
    outputs: dict[str, Any] = {}

    def watched(part: str, call: Any) -> Any:
        def watching_call(*arguments: Any, **options: Any) -> Any:
            outputs[part] = call(*arguments, **options)
            return outputs[part]

        return watching_call

    named = {f"probe_{part}": part for part in parts}
    layers = [layer for layer in model._flatten_layers() if layer.name in named]
    for layer in layers:
        layer.call = watched(named[layer.name], layer.call)
    try:
        model(x, training=False)
    finally:
        for layer in layers:
            del layer.call
    return {NAMED_LAYERS + part: tensor_values(output) for part, output in outputs.items()}


def zero_weights(model: Any) -> None:
    """Set every kernel and bias of a model to zero."""
    for weight in model.weights:
        _zero_weight(weight)


def _zero_weight(weight: Any) -> None:
    """Set a kernel or bias to zero; other state of a layer stays."""
    if known_weights.weight_role(weight) in ("kernel", "bias"):
        weight.assign(np.zeros(weight.shape, np.float32))


def _zero_others(layer: Any, name: str) -> None:
    """Set weights to zero unless their layer, or one around it, carries the name."""
    if name in layer.name:
        return
    parts = list(layer._flatten_layers(include_self=False, recursive=False))
    for part in parts:
        _zero_others(part, name)
    inside = {id(weight) for part in parts for weight in part.weights}
    for weight in layer.weights:
        if id(weight) not in inside:
            _zero_weight(weight)


def _weights_without_gradient(model: Any, x: Array) -> list[str]:
    """Return the paths of trainable weights that no gradient reaches."""
    import tensorflow as tf

    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(x, training=False))
    gradients = tape.gradient(loss, model.trainable_weights)
    return [
        weight.path
        for weight, gradient in zip(model.trainable_weights, gradients, strict=True)
        if gradient is None
    ]
