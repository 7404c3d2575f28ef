"""Known weights for a model of unknown style.

A probe gives every answer the same weights, whichever layers it was written with. Values go by the shape of a
weight and its order in the graph, so that `Dense`, a 1×1 `Conv2D` and `Conv1D` get the same matrix, and two
one-channel convolutions get the two slices of one two-channel convolution.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from course_lib.checks.evidence import Array

Shape = tuple[int, ...]


def uniform(seed: int, shape: Shape, *stream: int | str) -> Array:
    """float32 values in [-1, 1), from PCG64's raw doubles alone: the same under every NumPy version."""
    words = [seed, *(part if isinstance(part, int) else int.from_bytes(part.encode()) for part in stream)]
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))
    return (2 * generator.random(shape) - 1).astype(np.float32)


def role(path: str, shape: Shape) -> str:
    """What a weight is for: kernel, bias, gamma, moving_mean or moving_variance."""
    last = path.rsplit("/", 1)[-1]
    if last in ("moving_mean", "moving_variance"):
        return last
    if "gamma" in last or "scale" in last:
        return "gamma"
    if "bias" in last or "beta" in last:
        return "bias"
    return "kernel" if sum(size != 1 for size in shape) >= 2 or len(shape) >= 2 else "bias"


def blocks(shape: Shape) -> list[Shape]:
    """The pieces a kernel is drawn in: one matrix, or one (k, k, out) slice per input channel."""
    while len(shape) > 2 and shape[0] == 1:
        shape = shape[1:]
    if len(shape) <= 2:
        return [shape]
    return [shape[:-2] + shape[-1:]] * shape[-2]


def kernel(seed: int, shape: Shape, drawn: Counter[Shape]) -> Array:
    """A known kernel of that shape; `drawn` counts the blocks of each shape that came before in the graph."""
    pieces = []
    for block in blocks(shape):
        pieces.append(uniform(seed, block, 1, drawn[block], *block))
        drawn[block] += 1
    core = pieces[0] if len(pieces) == 1 and pieces[0].ndim <= 2 else np.stack(pieces, axis=-2)
    fan_in = max(1, int(np.prod(shape[:-1])))
    # Wide enough that gates spread over (0.05, 0.95): a hard sigmoid, a tanh or a missing ReLU must show.
    gain = 3.0 / np.sqrt(fan_in)
    return (gain * core).reshape(shape)


def assign(model: Any, seed: int, biases: bool = False, without: frozenset[int] = frozenset()) -> None:
    """Give a built Keras model known weights, in place.

    Args:
        biases: False sets every bias to zero, so that answers with and without biases agree.
        without: indices (in graph order) of biases to leave at zero although `biases` is True.

    Normalisation layers become the identity at inference: many right answers have one, many have none.
    """
    epsilons = {
        id(layer.moving_variance): layer.epsilon
        for layer in model._flatten_layers()
        if hasattr(layer, "moving_variance") and hasattr(layer, "epsilon")
    }
    drawn: Counter[Shape] = Counter()
    bias_index = 0
    for weight in model.weights:
        shape = tuple(int(size) for size in weight.shape)
        size = (int(np.prod(shape)),)
        match role(weight.path, shape):
            case "kernel" if "float" in str(weight.dtype):
                weight.assign(kernel(seed, shape, drawn))
            case "gamma":
                weight.assign(np.ones(shape, np.float32))
            case "moving_mean":
                weight.assign(np.zeros(shape, np.float32))
            case "moving_variance":
                weight.assign(np.full(shape, 1.0 - epsilons.get(id(weight), 0.0), np.float32))
            case "bias" if "float" in str(weight.dtype):
                known = biases and bias_index not in without
                value = uniform(seed, shape, 2, drawn[size], *size) if known else np.zeros(shape, np.float32)
                weight.assign(value)
                drawn[size] += 1
                bias_index += 1


def summary(model: Any) -> dict[str, Any]:
    """The weights of a model, without regard to style: kernel pieces and bias sizes, sorted, and counts."""
    pieces: list[list[int]] = []
    bias_sizes: list[int] = []
    for weight in model.trainable_weights:
        shape = tuple(int(size) for size in weight.shape)
        match role(weight.path, shape):
            case "kernel":
                pieces += [list(block) for block in blocks(shape)]
            case "bias":
                bias_sizes.append(int(np.prod(shape)))
    return {
        "kernels": sorted(pieces),
        "biases": bias_sizes,
        "kernel_values": int(sum(np.prod(piece) for piece in pieces)),
        "trainable": int(sum(np.prod(weight.shape) for weight in model.trainable_weights)),
    }
