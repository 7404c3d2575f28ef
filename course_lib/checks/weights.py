"""Known weights for a model of unknown style.

A probe gives every answer the same weights, whichever layers it was written with. A kernel is put together
from known blocks, which go by shape and by their order in the graph: `Dense`, a 1×1 `Conv2D`, `Conv1D` and a
kernel stored the other way round get the same matrix, and two one-channel convolutions get the two slices of
one two-channel convolution.

Order in the graph is a matter of style too. So blocks of the same shape are also dealt out in other orders,
each of them a `reading` of the answer. An answer is right when one reading gives the numbers of the equation;
no reading of a wrong answer does, because all blocks are different.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import islice, permutations, product
from typing import Any

import numpy as np

from course_lib.checks.evidence import Array

Shape = tuple[int, ...]
GAIN = 3.5  # wide enough that gates spread over (0.05, 0.95): a hard sigmoid or a missing ReLU must show
MAX_READINGS = 4
MAX_PERMUTED = 3  # more blocks of one shape than this keep the order of the graph
NAMES = {
    "moving_mean": "moving_mean",
    "moving_variance": "moving_variance",
    "gamma": "gamma",
    "scale": "gamma",
    "bias": "bias",
    "beta": "bias",
    "kernel": "kernel",
}


def uniform(seed: int, shape: Shape, *stream: int | str) -> Array:
    """float32 values in [-1, 1), from PCG64's raw doubles alone: the same under every NumPy version."""
    words = [seed, *(part if isinstance(part, int) else int.from_bytes(part.encode()) for part in stream)]
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))
    return (2 * generator.random(shape) - 1).astype(np.float32)


def role(weight: Any) -> str:
    """What a weight is for: kernel, bias, gamma, moving_mean, moving_variance; or state, left as it is."""
    if "float" not in str(weight.dtype):
        return "state"
    last = weight.path.rsplit("/", 1)[-1]
    if named := next((found for part, found in NAMES.items() if part in last), None):
        return named
    wide = sum(size != 1 for size in weight.shape) >= 2
    return "kernel" if wide or (len(weight.shape) >= 2 and last[0] in "wk") else "bias"


def shape_of(weight: Any) -> Shape:
    return tuple(int(size) for size in weight.shape)


def blocks(shape: Shape) -> list[Shape]:
    """The blocks a kernel is made of: one matrix, or one (k, k, out) slice per input channel."""
    while len(shape) > 2 and shape[0] == 1:
        shape = shape[1:]
    if len(shape) <= 2:
        return [shape]
    return [shape[:-2] + shape[-1:]] * shape[-2]


def standing(block: Shape) -> Shape:
    """A matrix and its transpose count as one shape: the longer side stands."""
    return (max(block), min(block)) if len(block) == 2 else block


def block_values(seed: int, block: Shape, number: int, of: int) -> Array:
    """The known values of one block: the `number`-th of `of` blocks with that shape in the model."""
    stands = standing(block)
    fan_in = math.sqrt(math.prod(block)) if len(block) <= 2 else of * math.prod(block[:-1])
    values = GAIN / math.sqrt(fan_in) * uniform(seed, stands, 1, number, *stands)
    if len(block) == 2 and block[0] == block[1]:
        return ((values + values.T) / math.sqrt(2)).astype(np.float32)  # nothing tells which way it lies
    return (values if stands == block else values.T).astype(np.float32)


def kernels(model: Any) -> list[Any]:
    return [weight for weight in model.weights if role(weight) == "kernel"]


def readings(model: Any) -> list[list[int]]:
    """The orders in which known blocks are dealt to the kernels: that of the graph first.

    Each order has one number per block of the model, counted among the blocks of the same shape.
    """
    places: dict[Shape, list[int]] = {}
    shapes = [block for weight in kernels(model) for block in blocks(shape_of(weight))]
    for place, block in enumerate(shapes):
        places.setdefault(standing(block), []).append(place)
    ways = [
        permutations(range(len(group))) if len(group) <= MAX_PERMUTED else [tuple(range(len(group)))]
        for group in places.values()
    ]
    orders = []
    for way in islice(product(*ways), MAX_READINGS):
        order = [0] * len(shapes)
        for group, numbers in zip(places.values(), way, strict=True):
            for place, number in zip(group, numbers, strict=True):
                order[place] = number
        orders.append(order)
    return orders


def assign(
    model: Any,
    seed: int,
    order: list[int],
    biases: bool = False,
    without: frozenset[int] = frozenset(),
) -> None:
    """Give a built Keras model known weights, in place.

    Args:
        order: one of `readings(model)`.
        biases: False sets every bias to zero, so that answers with and without biases agree.
        without: indices (in graph order) of biases to leave at zero although `biases` is True.

    Batch normalisation becomes the identity at inference: many right answers have one, many have none.
    """
    deal_kernels(model, seed, order)
    deal_biases(model, seed, biases, without)
    epsilons = {
        id(layer.moving_variance): layer.epsilon
        for layer in model._flatten_layers()
        if hasattr(layer, "moving_variance") and hasattr(layer, "epsilon")
    }
    for weight in model.weights:
        match role(weight):
            case "gamma":
                weight.assign(np.ones(weight.shape, np.float32))
            case "moving_mean":
                weight.assign(np.zeros(weight.shape, np.float32))
            case "moving_variance":
                weight.assign(np.full(weight.shape, 1.0 - epsilons.get(id(weight), 0.0), np.float32))


def deal_kernels(model: Any, seed: int, order: list[int]) -> None:
    count = Counter(standing(block) for weight in kernels(model) for block in blocks(shape_of(weight)))
    numbers = iter(order)
    for weight in kernels(model):
        shape = shape_of(weight)
        dealt = [block_values(seed, b, next(numbers), count[standing(b)]) for b in blocks(shape)]
        # A matrix is whole; the slices of a convolution are stacked along its input channels.
        core = dealt[0] if len(dealt) == 1 else np.stack(dealt, axis=-2)
        weight.assign(core.reshape(shape))


def deal_biases(model: Any, seed: int, known: bool, without: frozenset[int]) -> None:
    drawn: Counter[int] = Counter()
    for index, weight in enumerate(weight for weight in model.weights if role(weight) == "bias"):
        shape = shape_of(weight)
        size = math.prod(shape)
        kept = known and index not in without
        weight.assign(uniform(seed, shape, 2, drawn[size], size) if kept else np.zeros(shape, np.float32))
        drawn[size] += 1


def summary(model: Any) -> dict[str, Any]:
    """The weights of a model, without regard to style: kernel blocks and bias sizes, and how many values.

    `kernels` is sorted; `biases` follows the graph.
    """
    trainable = model.trainable_weights
    dealt = [standing(b) for w in trainable if role(w) == "kernel" for b in blocks(shape_of(w))]
    return {
        "kernels": sorted(list(block) for block in dealt),
        "biases": [math.prod(shape_of(w)) for w in trainable if role(w) == "bias"],
        "kernel_values": sum(math.prod(block) for block in dealt),
        "trainable": sum(math.prod(shape_of(w)) for w in trainable),
    }
