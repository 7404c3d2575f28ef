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
import re
from collections import Counter
from functools import lru_cache
from itertools import islice, permutations, product
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from course_lib.checks.evidence import Array

Shape = tuple[int, ...]
GAIN = 3.5  # wide enough that gates spread over (0.05, 0.95): a hard sigmoid or a missing ReLU must show
MAX_READINGS = 4
MAX_PERMUTED = 3  # more blocks of one shape than this keep the order of the graph
BIASES = {"bias", "biases", "b", "beta", "offset", "shift", "variable"}  # `variable`: a weight without a name
KERNELS = {"kernel", "kernels", "w", "weight", "weights", "k", "filter", "filters"}


@lru_cache(maxsize=1024)
def uniform(seed: int, shape: Shape, *stream: int | str) -> Array:
    """float32 values in [-1, 1), from PCG64's raw doubles alone: the same under every NumPy version.

    Whoever asks again gets the same array, which cannot be written to.
    """
    words = [seed, *(part if isinstance(part, int) else int.from_bytes(part.encode()) for part in stream)]
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))
    values: Array = (2 * generator.random(shape) - 1).astype(np.float32)
    values.flags.writeable = False
    return values


def role(weight: Any) -> str:
    """What a weight is for: kernel, bias, other; or state, left as it is.

    Two wide axes make a kernel whatever its name. Names decide for vectors alone, by whole words.
    """
    if "float" not in str(weight.dtype):
        return "state"
    words = set(re.findall("[a-z]+", weight.path.rsplit("/", 1)[-1].lower()))
    if sum(size != 1 for size in weight.shape) >= 2 or words & KERNELS:
        return "kernel"
    return "bias" if words & BIASES else "other"


def batch_norms(model: Any) -> list[Any]:
    """Keras' own that are used: whatever else normalises, or claims to, has weights like any layer."""
    import keras

    norm = keras.layers.BatchNormalization

    def own(layer: Any) -> bool:
        kind = type(layer)  # another default in a subclass is a matter of style
        return isinstance(layer, norm) and kind.call is norm.call and kind.build is norm.build

    return [layer for layer in model._flatten_layers() if own(layer) and layer.built]


def in_order(model: Any, trainable: bool = False) -> list[Any]:
    """The weights of a model in the order of the graph; inside a layer made of layers, in that of their use.

    Keras lists the parts of such a layer as they were made, which need not be as they are called.
    """
    calls = first_calls(model)
    found = []
    for layer in model.layers:
        place = {id(w): calls.get(id(part), -1) for part in parts_of(layer) for w in part.weights}
        own = layer.trainable_weights if trainable else layer.weights
        found += sorted(own, key=lambda weight: place.get(id(weight), -1))
    return list({id(weight): weight for weight in found}.values())


def parts_of(layer: Any) -> list[Any]:
    """The layers inside a layer that is no model: of a model's, the graph knows the order."""
    import keras

    return [] if isinstance(layer, keras.Model) else list(layer._flatten_layers(include_self=False))


_first_calls: WeakKeyDictionary[Any, dict[int, int]] = WeakKeyDictionary()


def first_calls(model: Any) -> dict[int, int]:
    """When each layer inside another is first called, by its id."""
    if model not in _first_calls:
        parts = [part for layer in model.layers for part in parts_of(layer)]
        calls: dict[int, int] = {}

        def noting(part: Any, call: Any) -> Any:
            def noted(*arguments: Any, **options: Any) -> Any:
                calls.setdefault(id(part), len(calls))
                return call(*arguments, **options)

            return noted

        for part in parts:
            part.call = noting(part, part.call)
        try:
            if parts:
                model(np.zeros((1, *model.input_shape[1:]), np.float32), training=False)
        finally:
            for part in parts:
                del part.call
        _first_calls[model] = calls
    return _first_calls[model]


def of_role(model: Any, wanted: str, trainable: bool = False) -> list[Any]:
    """The weights with a role, see `in_order`; those of batch normalisation are set aside."""
    aside = {id(weight) for layer in batch_norms(model) for weight in layer.weights}
    found = in_order(model, trainable)
    return [weight for weight in found if id(weight) not in aside and role(weight) == wanted]


def shape_of(weight: Any) -> Shape:
    return tuple(int(size) for size in weight.shape)


def blocks(shape: Shape, wanted: tuple[Shape, ...] = ()) -> list[Shape]:
    """The blocks a kernel is made of: one matrix, or one (k, k, out) slice per input channel.

    wanted: the blocks of the equation. A kernel of another shape that holds as many values as all of them
    (one flat vector, say) is made of those.
    """
    core = shape
    while len(core) > 2 and core[0] == 1:
        core = core[1:]
    usual = [core] if len(core) <= 2 else [core[:-2] + core[-1:]] * core[-2]
    known = {standing(block) for block in wanted}
    odd = not known.issuperset(map(standing, usual))
    return list(wanted) if odd and math.prod(shape) == sum(map(math.prod, wanted)) else usual


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


def transposed(model: Any) -> set[int]:
    """Ids of the kernels of transposed convolutions: (k, k, out, in), and turned by half a circle."""
    return {
        id(layer.kernel) for layer in model._flatten_layers() if type(layer).__name__ == "Conv2DTranspose"
    }


def kernels(
    model: Any, wanted: tuple[Shape, ...] = (), trainable: bool = False
) -> list[tuple[Any, list[Shape]]]:
    """The kernels of a model in the order of the graph, each with the blocks it is made of."""
    other_way, found = transposed(model), []
    for weight in of_role(model, "kernel", trainable):
        shape = shape_of(weight)
        if id(weight) in other_way:
            shape = (*shape[:-2], shape[-1], shape[-2])
        found.append((weight, blocks(shape, wanted)))
    return found


def readings(model: Any, wanted: tuple[Shape, ...] = ()) -> list[list[int]]:
    """The orders in which known blocks are dealt to the kernels: that of the graph first.

    Each order has one number per block of the model, counted among the blocks of the same shape.
    """
    places: dict[Shape, list[int]] = {}
    shapes = [block for _, parts in kernels(model, wanted) for block in parts]
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
    wanted: tuple[Shape, ...] = (),
    norms: bool = False,
) -> None:
    """Give a built Keras model known weights, in place.

    Args:
        order: one of `readings(model)`.
        biases: False sets every bias to zero, so that answers with and without biases agree.
        wanted: the blocks of the equation, see `blocks`.
        without: indices (in graph order) of biases to leave at zero although `biases` is True.
        norms: gives batch normalisation known values. False makes it the identity at inference: where the
            equation has none, many right answers have one and many have none.
    """
    deal_kernels(model, seed, order, wanted)
    deal_biases(model, seed, biases, without, wanted)
    for weight in of_role(model, "other"):  # nothing in the equation: it must show
        weight.assign(0.75 + 0.5 * uniform(seed, shape_of(weight), 3))
    for layer in batch_norms(model):
        deal_norm(layer, seed, norms)


def deal_norm(layer: Any, seed: int, known: bool) -> None:
    """Values for one batch normalisation, by its width: known ones, or those of the identity at inference."""
    size = int(layer.moving_variance.shape[0])
    for number, (name, middle, reach) in enumerate(
        (("gamma", 1.0, 0.5), ("beta", 0.0, 0.5), ("moving_mean", 0.0, 0.5), ("moving_variance", 1.0, 0.5))
    ):
        values = middle + (reach * uniform(seed, (size,), 4, number, size) if known else np.zeros(size))
        if name == "moving_variance":
            values = values - getattr(layer, "epsilon", 0.0)
        if (weight := getattr(layer, name, None)) is not None:
            weight.assign(np.asarray(values, np.float32))


def deal_kernels(model: Any, seed: int, order: list[int], wanted: tuple[Shape, ...]) -> None:
    made_of, other_way = kernels(model, wanted), transposed(model)
    count = Counter(standing(block) for _, parts in made_of for block in parts)
    numbers = iter(order)
    for weight, parts in made_of:
        dealt = [block_values(seed, block, next(numbers), count[standing(block)]) for block in parts]
        # Matrices are whole; the slices of a convolution are stacked along its input channels.
        flat = dealt[0].ndim == 2
        core = np.concatenate([part.ravel() for part in dealt]) if flat else np.stack(dealt, axis=-2)
        shape = shape_of(weight)
        if id(weight) in other_way:
            core = core.reshape(*shape[:-2], shape[-1], shape[-2])
            core = np.flip(core, (0, 1)).swapaxes(-1, -2)
        weight.assign(core.reshape(shape))


def deal_biases(
    model: Any, seed: int, known: bool, without: frozenset[int], wanted: tuple[Shape, ...]
) -> None:
    """Biases of one size share one known value, so that two convolutions added have the bias of one."""
    biases = of_role(model, "bias")
    scalars = all(block[-1] == 1 for _, parts in kernels(model, wanted) for block in parts)
    sizes = [1 if scalars else math.prod(shape_of(weight)) for weight in biases]
    sharing: Counter[int] = Counter()
    for weight, size in zip(biases, sizes, strict=True):
        sharing[size] += math.prod(shape_of(weight)) // size
    for index, (weight, size) in enumerate(zip(biases, sizes, strict=True)):
        shape = shape_of(weight)
        value = uniform(seed, (size,), 2, size) / sharing[size]
        full = np.resize(value, shape) if known and index not in without else np.zeros(shape)
        weight.assign(full.astype(np.float32))


def summary(model: Any, wanted: tuple[Shape, ...] = ()) -> dict[str, Any]:
    """The weights of a model, without regard to style: kernel blocks and bias sizes, and how many values.

    `kernels` is sorted; `biases` follows the graph; `others` counts what is neither; `normalised` counts the
    channels that a batch normalisation has.
    """
    dealt = [standing(block) for _, parts in kernels(model, wanted, trainable=True) for block in parts]
    return {
        "kernels": sorted(list(block) for block in dealt),
        "biases": [math.prod(shape_of(w)) for w in of_role(model, "bias", True)],
        "others": sum(math.prod(shape_of(w)) for w in of_role(model, "other", True)),
        "normalised": sum(math.prod(shape_of(norm.moving_mean)) for norm in batch_norms(model)),
        "kernel_values": sum(math.prod(block) for block in dealt),
        "trainable": sum(math.prod(shape_of(w)) for w in model.trainable_weights),
    }
