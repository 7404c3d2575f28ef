"""Count parameters and multiply–adds of a Keras model, layer by layer.

Conventions. *Trainable* parameters are those that training changes; *with statistics* adds the moving means
and variances of batch normalisation, as Keras' `count_params()` does. *Multiply–adds* are those of
convolutions and fully connected layers for one image: one for each product of a weight and a value, padding
included. Biases, normalisation, activations, pooling, resizing and the products of attention count nothing.
A layer that is used twice counts twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers

from course_lib.blocks.arguments import one_of

_KERNELS: dict[Any, tuple[str, ...]] = {
    layers.Dense: ("kernel",),
    layers.Conv1D: ("kernel",),
    layers.Conv2D: ("kernel",),
    layers.Conv3D: ("kernel",),
    layers.DepthwiseConv1D: ("kernel",),
    layers.DepthwiseConv2D: ("kernel",),
    layers.SeparableConv1D: ("depthwise_kernel", "pointwise_kernel"),
    layers.SeparableConv2D: ("depthwise_kernel", "pointwise_kernel"),
}
_TRANSPOSED = (layers.Conv1DTranspose, layers.Conv2DTranspose, layers.Conv3DTranspose)


@dataclass(frozen=True)
class LayerSize:
    """One layer without its inner layers. `path` is its name after those of the layers around it."""

    path: str
    kind: str
    trainable: int
    statistics: int
    multiply_adds: int


@dataclass(frozen=True)
class Size:
    """A model's layers, and their sums. `print(size)` shows the layers that count anything."""

    layers: tuple[LayerSize, ...]

    @property
    def trainable(self) -> int:
        """Parameters that training changes."""
        return sum(layer.trainable for layer in self.layers)

    @property
    def with_statistics(self) -> int:
        """Trainable parameters, and those that are not, such as batch normalisation's statistics."""
        return sum(layer.trainable + layer.statistics for layer in self.layers)

    @property
    def multiply_adds(self) -> int:
        """Multiply–adds of convolutions and fully connected layers, for one image."""
        return sum(layer.multiply_adds for layer in self.layers)

    def __str__(self) -> str:
        rows = [
            (layer.path, layer.kind, *_grouped(layer.trainable, layer.statistics, layer.multiply_adds))
            for layer in self.layers
            if layer.trainable or layer.statistics or layer.multiply_adds
        ]
        statistics = self.with_statistics - self.trainable
        total = ("total", "", *_grouped(self.trainable, statistics, self.multiply_adds))
        return table(("layer", "kind", "trainable", "statistics", "multiply–adds"), [*rows, total])


def size_of(model: keras.Layer, input_shape: Sequence[int] | None = None) -> Size:
    """The size of a model, or of any layer that takes one tensor.

    input_shape: of one image, without the batch axis; needed where the model does not say it, or leaves
    height and width open. The multiply–adds are found by running the model once, on zeros.
    ValueError if the shape is needed and not given.
    """
    images = _zeros(model, input_shape)
    if not model.built:
        model(images)
    # The model, its layers, theirs, and so on; Keras has no public name for it.
    parts = list({id(part): part for part in model._flatten_layers()}.values())
    multiply_adds: dict[int, int] = {}
    watched: list[Any] = [part for part in parts if isinstance(part, (*_KERNELS, *_TRANSPOSED))]
    try:
        for part in watched:
            part.call = _counting(part, multiply_adds)
        model(images, training=False)
    finally:
        for part in watched:
            part.__dict__.pop("call", None)  # back to the method of the class
    return Size(tuple(_layer_size(part, multiply_adds.get(id(part), 0)) for part in parts))


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain-text table with a line under the header; columns of numbers are set to the right."""
    columns = list(zip(header, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    numbers = [all(cell[:1].isdigit() for cell in column[1:]) for column in columns]
    lines = [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(cells, widths, numbers, strict=True)
        ).rstrip()
        for cells in (header, *rows)
    ]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


CONVENTIONS = ("trainable parameters", "parameters with statistics", "multiply–adds")
_UNITS = {"k": 1e3, "M": 1e6, "G": 1e9}


@dataclass(frozen=True)
class Comparison:
    """A figure from a paper beside ours. `paper` is as printed there: "25.92 M"; `source` says where."""

    network: str
    paper: str
    here: int
    convention: str  # one of CONVENTIONS
    source: str = ""

    @property
    def match(self) -> bool:
        """Whether ours, rounded to the digits that the paper prints, is the paper's figure."""
        number, unit = self.paper.split()
        digits = len(number.partition(".")[2])
        return f"{self.here / _UNITS[unit]:.{digits}f}" == number


def compare(network: str, size: Size, paper: str, convention: str, source: str = "") -> Comparison:
    """One figure of a paper beside that of `size`. ValueError for a convention not in CONVENTIONS."""
    one_of(CONVENTIONS, convention=convention)
    numbers = (size.trainable, size.with_statistics, size.multiply_adds)
    return Comparison(network, paper, numbers[CONVENTIONS.index(convention)], convention, source)


def papers_table(rows: Sequence[Comparison]) -> str:
    """Figures of papers and ours side by side: network, source, paper, here, convention, match."""
    cells = [
        (row.network, row.source, row.paper, f"{row.here:,}", row.convention, "yes" if row.match else "no")
        for row in rows
    ]
    return table(("network", "source", "paper", "here", "convention", "match"), cells)


def _zeros(model: keras.Layer, input_shape: Sequence[int] | None) -> Any:
    """One all-zero image, in the structure in which the model takes its inputs."""
    if input_shape is not None:
        return np.zeros((1, *input_shape), "float32")
    if not isinstance(model, keras.Model) or not getattr(model, "inputs", None):
        raise ValueError(
            f"input_shape=None does not suit '{model.name}', which has no inputs yet; give the shape."
        )
    if any(None in tensor.shape[1:] for tensor in model.inputs):
        shapes = ", ".join(str(tensor.shape[1:]) for tensor in model.inputs)
        raise ValueError(f"input_shape=None does not suit inputs of open size {shapes}; give the shape.")
    arrays = [np.zeros((1, *tensor.shape[1:]), tensor.dtype) for tensor in model.inputs]
    return arrays[0] if len(arrays) == 1 else keras.tree.pack_sequence_as(model.input, arrays)


def _counting(layer: keras.Layer, multiply_adds: dict[int, int]) -> Any:
    """The layer's `call`, which also adds up one product per weight and position."""
    call = layer.call
    names = next((names for kind, names in _KERNELS.items() if isinstance(layer, kind)), ("kernel",))
    weights = sum(int(np.prod(getattr(layer, name).shape)) for name in names)

    def counted(x: Any, *args: Any, **kwargs: Any) -> Any:
        y = call(x, *args, **kwargs)
        # A transposed convolution moves its kernel over the input.
        positions = int(np.prod((x if isinstance(layer, _TRANSPOSED) else y).shape[1:-1]))
        multiply_adds[id(layer)] = multiply_adds.get(id(layer), 0) + positions * weights
        return y

    return counted


def _layer_size(layer: keras.Layer, multiply_adds: int) -> LayerSize:
    inner = {id(weight) for part in layer._layers for weight in part.weights}
    own = [weight for weight in layer.weights if id(weight) not in inner]
    trainable = sum(int(np.prod(weight.shape)) for weight in own if weight.trainable)
    every = sum(int(np.prod(weight.shape)) for weight in own)
    return LayerSize(
        layer.path or layer.name, type(layer).__name__, trainable, every - trainable, multiply_adds
    )


def _grouped(*numbers: int) -> tuple[str, ...]:
    return tuple(f"{number:,}" for number in numbers)
