"""Known weights for a model of unknown style.

A probe gives every answer the same weights, whichever layers it is made of. A kernel is put together from
known blocks, chosen by shape and by their order in the graph: `Dense`, a 1×1 `Conv2D`, `Conv1D` and a
kernel stored the other way round get the same matrix, and two one-channel convolutions get the two slices of
one two-channel convolution.

Order in the graph is a matter of style too. So blocks of the same shape are also dealt in other orders, each
of them a reading of the answer (see `weight_orders`). An answer is right when one reading gives the numbers
of the equation; no reading of a wrong answer does, because all blocks are different.
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
_GAIN = 3.5  # wide enough that gates spread over (0.05, 0.95): a hard sigmoid or a missing ReLU must show
MAX_ORDERS = 4  # every order costs a run of each case
_MAX_PERMUTED = 3  # more blocks of one shape than this keep the order of the graph
_BIASES = {
    "bias",
    "biases",
    "b",
    "beta",
    "offset",
    "shift",
    "variable",
}  # `variable`: a weight without a name
_KERNELS = {"kernel", "kernels", "w", "weight", "weights", "k", "filter", "filters"}


@lru_cache(maxsize=1024)
def uniform_values(seed: int, shape: Shape, *stream: int | str) -> Array:
    """Return uniform values in [-1, 1), float32, the same for the same arguments.

    Made from PCG64's raw doubles, since these, unlike the methods of `Generator`, are the same under every
    NumPy version; keys depend on them. The array is cached and cannot be written to.

    Args:
        seed: The probe's seed.
        shape: Shape of the array.
        stream: Numbers or words that tell apart the uses of one seed.
    """
    words = [seed, *(part if isinstance(part, int) else int.from_bytes(part.encode()) for part in stream)]
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))
    values: Array = (2 * generator.random(shape) - 1).astype(np.float32)
    values.flags.writeable = False
    return values


def weight_role(weight: Any) -> str:
    """Return what a weight is: "kernel", "bias", "other", or "state", which a probe leaves alone.

    Two axes longer than 1 make a kernel, whatever its name. Names decide for vectors only, by whole words.
    """
    if "float" not in str(weight.dtype):
        return "state"
    words = set(re.findall("[a-z]+", weight.path.rsplit("/", 1)[-1].lower()))
    if sum(size != 1 for size in weight.shape) >= 2 or words & _KERNELS:
        return "kernel"
    return "bias" if words & _BIASES else "other"


def batch_norms(model: Any) -> list[Any]:
    """Return Keras' own batch normalisations that are in use.

    Any other layer that normalises, or says it does, is treated as a layer with weights: a submission could
    hide a learned matrix in one.
    """
    import keras

    norm = keras.layers.BatchNormalization

    def own(layer: Any) -> bool:
        kind = type(layer)  # another default in a subclass is a matter of style
        return isinstance(layer, norm) and kind.call is norm.call and kind.build is norm.build

    return [layer for layer in model._flatten_layers() if own(layer) and layer.built]


def _in_graph_order(model: Any, trainable: bool = False) -> list[Any]:
    """Return the weights of a model in the order of the graph; inside a layer made of layers, by first call.

    Keras lists the parts of such a layer as they were made, which need not be the order of their calls.
    """
    calls = _call_order(model)
    found = []
    for layer in model.layers:
        place = {id(w): calls.get(id(part), -1) for part in _parts_of(layer) for w in part.weights}
        own = layer.trainable_weights if trainable else layer.weights
        found += sorted(own, key=lambda weight: place.get(id(weight), -1))
    return list({id(weight): weight for weight in found}.values())


def _parts_of(layer: Any) -> list[Any]:
    """Return the layers inside a layer that is no model; the order inside a model is known from its graph."""
    import keras

    return [] if isinstance(layer, keras.Model) else list(layer._flatten_layers(include_self=False))


_CALL_ORDERS: WeakKeyDictionary[Any, dict[int, int]] = WeakKeyDictionary()


def _call_order(model: Any) -> dict[int, int]:
    """Return when each layer inside another is first called, by the layer's id.

    Found by running the model once on zeros; kept with the model, since a probe asks for it many times.
    """
    if model not in _CALL_ORDERS:
        parts = [part for layer in model.layers for part in _parts_of(layer)]
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
        _CALL_ORDERS[model] = calls
    return _CALL_ORDERS[model]


def _of_role(model: Any, wanted: str, trainable: bool = False) -> list[Any]:
    """Return the weights with a role in the order of the graph, without those of batch normalisation."""
    aside = {id(weight) for layer in batch_norms(model) for weight in layer.weights}
    found = _in_graph_order(model, trainable)
    return [weight for weight in found if id(weight) not in aside and weight_role(weight) == wanted]


def _shape_of(weight: Any) -> Shape:
    return tuple(int(size) for size in weight.shape)


def _blocks(shape: Shape, wanted: tuple[Shape, ...] = ()) -> list[Shape]:
    """Return the blocks that a kernel is made of: one matrix, or one (k, k, out) slice per input channel.

    Args:
        shape: Shape of the kernel.
        wanted: The blocks of the equation. A kernel of another shape that holds as many values as all of
            them (one flat vector, say) is made of those.
    """
    core = shape
    while len(core) > 2 and core[0] == 1:
        core = core[1:]
    usual = [core] if len(core) <= 2 else [core[:-2] + core[-1:]] * core[-2]
    known = {standing_shape(block) for block in wanted}
    odd = not known.issuperset(map(standing_shape, usual))
    return list(wanted) if odd and math.prod(shape) == sum(map(math.prod, wanted)) else usual


def standing_shape(block: Shape) -> Shape:
    """Return a block's shape with the longer side of a matrix first: a matrix and its transpose are one."""
    return (max(block), min(block)) if len(block) == 2 else block


def _block_values(seed: int, block: Shape, number: int, of: int) -> Array:
    """Return the known values of one block: the `number`-th of `of` blocks with that shape in the model."""
    stands = standing_shape(block)
    fan_in = math.sqrt(math.prod(block)) if len(block) <= 2 else of * math.prod(block[:-1])
    values = _GAIN / math.sqrt(fan_in) * uniform_values(seed, stands, 1, number, *stands)
    if len(block) == 2 and block[0] == block[1]:
        return ((values + values.T) / math.sqrt(2)).astype(np.float32)  # nothing tells which way it lies
    return (values if stands == block else values.T).astype(np.float32)


def transposed_kernels(model: Any) -> set[int]:
    """Return the ids of the kernels of transposed convolutions: (k, k, out, in), rotated by 180 degrees."""
    return {
        id(layer.kernel) for layer in model._flatten_layers() if type(layer).__name__ == "Conv2DTranspose"
    }


def kernels_of(
    model: Any, wanted: tuple[Shape, ...] = (), trainable: bool = False
) -> list[tuple[Any, list[Shape]]]:
    """Return the kernels of a model in the order of the graph, each with the blocks that it is made of.

    Args:
        model: A built Keras model.
        wanted: The blocks of the equation.
        trainable: Whether to leave out kernels that are not trained.
    """
    transposed, found = transposed_kernels(model), []
    for weight in _of_role(model, "kernel", trainable):
        shape = _shape_of(weight)
        if id(weight) in transposed:
            shape = (*shape[:-2], shape[-1], shape[-2])
        found.append((weight, _blocks(shape, wanted)))
    return found


def block_orders(model: Any, wanted: tuple[Shape, ...] = ()) -> list[list[int]]:
    """Return the orders in which known blocks are dealt to the kernels, that of the graph first.

    Each order has one number per block of the model, counted among the blocks of the same shape.

    Args:
        model: A built Keras model.
        wanted: The blocks of the equation.
    """
    places: dict[Shape, list[int]] = {}
    shapes = [block for _, parts in kernels_of(model, wanted) for block in parts]
    for place, block in enumerate(shapes):
        places.setdefault(standing_shape(block), []).append(place)
    ways = [
        permutations(range(len(group))) if len(group) <= _MAX_PERMUTED else [tuple(range(len(group)))]
        for group in places.values()
    ]
    orders = []
    for way in islice(product(*ways), MAX_ORDERS):
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
        model: A built Keras model.
        seed: The probe's seed.
        order: One of `block_orders(model)`.
        biases: False sets every bias to zero, so that answers with and without biases agree.
        without: Indices (in graph order) of biases to leave at zero although `biases` is True.
        wanted: The blocks of weights that the equation has.
        norms: Whether batch normalisation gets known values. False makes it the identity at inference: where
            the equation has none, many right answers have one and many have none.
    """
    _deal_kernels(model, seed, order, wanted)
    _deal_biases(model, seed, biases, without, wanted)
    for weight in _of_role(model, "other"):  # the equation has none: it must show
        weight.assign(0.75 + 0.5 * uniform_values(seed, _shape_of(weight), 3))
    for layer in batch_norms(model):
        _deal_norm(layer, seed, norms)


def _deal_norm(layer: Any, seed: int, known: bool) -> None:
    """Set one batch normalisation to known values, by its width, or to the identity at inference."""
    size = int(layer.moving_variance.shape[0])
    for number, (name, middle, reach) in enumerate(
        (("gamma", 1.0, 0.5), ("beta", 0.0, 0.5), ("moving_mean", 0.0, 0.5), ("moving_variance", 1.0, 0.5))
    ):
        values = middle + (
            reach * uniform_values(seed, (size,), 4, number, size) if known else np.zeros(size)
        )
        if name == "moving_variance":
            values = values - getattr(layer, "epsilon", 0.0)
        if (weight := getattr(layer, name, None)) is not None:
            weight.assign(np.asarray(values, np.float32))


def _deal_kernels(model: Any, seed: int, order: list[int], wanted: tuple[Shape, ...]) -> None:
    made_of, transposed = kernels_of(model, wanted), transposed_kernels(model)
    count = Counter(standing_shape(block) for _, parts in made_of for block in parts)
    numbers = iter(order)
    for weight, parts in made_of:
        dealt = [_block_values(seed, block, next(numbers), count[standing_shape(block)]) for block in parts]
        # Matrices follow each other; the slices of a convolution are stacked along its input channels.
        flat = dealt[0].ndim == 2
        core = np.concatenate([part.ravel() for part in dealt]) if flat else np.stack(dealt, axis=-2)
        shape = _shape_of(weight)
        if id(weight) in transposed:
            core = core.reshape(*shape[:-2], shape[-1], shape[-2])
            core = np.flip(core, (0, 1)).swapaxes(-1, -2)
        weight.assign(core.reshape(shape))


def _deal_biases(
    model: Any, seed: int, known: bool, without: frozenset[int], wanted: tuple[Shape, ...]
) -> None:
    """Set the biases; those of one size share one known value.

    Two convolutions whose results are added then have together the bias of one.
    """
    biases = _of_role(model, "bias")
    scalars = all(block[-1] == 1 for _, parts in kernels_of(model, wanted) for block in parts)
    sizes = [1 if scalars else math.prod(_shape_of(weight)) for weight in biases]
    sharing: Counter[int] = Counter()
    for weight, size in zip(biases, sizes, strict=True):
        sharing[size] += math.prod(_shape_of(weight)) // size
    for index, (weight, size) in enumerate(zip(biases, sizes, strict=True)):
        shape = _shape_of(weight)
        value = uniform_values(seed, (size,), 2, size) / sharing[size]
        full = np.resize(value, shape) if known and index not in without else np.zeros(shape)
        weight.assign(full.astype(np.float32))


def weight_summary(model: Any, wanted: tuple[Shape, ...] = ()) -> dict[str, Any]:
    """Return what weights a model has, without regard to style.

    Args:
        model: A built Keras model.
        wanted: The blocks of the equation.

    Returns:
        "kernels", the shapes of the kernels' blocks, sorted; "biases", the sizes of the biases in the order
        of the graph; "others", how many trained numbers are neither; "normalised", how many channels pass a
        batch normalisation; "kernel_values" and "trainable", numbers of values.
    """
    dealt = [
        standing_shape(block) for _, parts in kernels_of(model, wanted, trainable=True) for block in parts
    ]
    return {
        "kernels": sorted(list(block) for block in dealt),
        "biases": [math.prod(_shape_of(w)) for w in _of_role(model, "bias", True)],
        "others": sum(math.prod(_shape_of(w)) for w in _of_role(model, "other", True)),
        "normalised": sum(math.prod(_shape_of(norm.moving_mean)) for norm in batch_norms(model)),
        "kernel_values": sum(math.prod(block) for block in dealt),
        "trainable": sum(math.prod(_shape_of(w)) for w in model.trainable_weights),
    }
