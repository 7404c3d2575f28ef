"""Count parameters and multiply–adds of a Keras model, layer by layer.

Conventions. *Trainable* parameters are those that training changes; *with statistics* adds the moving means
and variances of batch normalisation, as Keras' `count_params()` does. *Multiply–adds* are those of
convolutions and fully connected layers for one image: one for each product of a weight and a value, padding
included. Biases, normalisation, activations, pooling, resizing, look-ups and products of two computed values,
such as those of attention, count nothing. A layer that is used twice counts twice. *Frozen* parameters would
be trainable, but have been set not to be.

A layer with weights of a kind that is not known here, such as a recurrent one, has no multiply–adds: the
table says "not counted" in its row and in the total, and `Size.multiply_adds` raises ValueError. The same
holds for a layer that is quantised or has LoRA's extra weights, whose class has a `call` of its own, or whose
weights another layer uses.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers

from course_lib.arguments import one_of, positive

_KERNELS: dict[Any, tuple[str, ...]] = {
    layers.Dense: ("kernel",),
    layers.EinsumDense: ("kernel",),
    layers.Conv1D: ("kernel",),
    layers.Conv2D: ("kernel",),
    layers.Conv3D: ("kernel",),
    layers.DepthwiseConv1D: ("kernel",),
    layers.DepthwiseConv2D: ("kernel",),
    layers.SeparableConv1D: ("depthwise_kernel", "pointwise_kernel"),
    layers.SeparableConv2D: ("depthwise_kernel", "pointwise_kernel"),
}
_FREE = (  # weights without products that count
    layers.BatchNormalization,
    layers.Embedding,
    layers.GroupNormalization,
    layers.LayerNormalization,
    layers.Normalization,
    layers.PReLU,
    layers.RMSNormalization,
)
_TRANSPOSED = (layers.Conv1DTranspose, layers.Conv2DTranspose, layers.Conv3DTranspose)


@dataclass(frozen=True)
class LayerSize:
    """One layer without its inner layers.

    Attributes:
        path: Its name after those of the layers around it.
        kind: Name of its class.
        trainable: Parameters that training changes.
        frozen: Parameters that training could change, but that are set not to be trainable.
        statistics: Numbers that are kept but never trained.
        multiply_adds: For one image; None where they are not counted.
    """

    path: str
    kind: str
    trainable: int
    frozen: int
    statistics: int
    multiply_adds: int | None  # None: not counted


@dataclass(frozen=True)
class Size:
    """A model's layers, and their sums; `print(size)` shows the layers that count anything.

    Attributes:
        layers: All layers, inner ones too.
    """

    layers: tuple[LayerSize, ...]

    @property
    def trainable(self) -> int:
        """Parameters that training changes."""
        return sum(layer.trainable for layer in self.layers)

    @property
    def with_statistics(self) -> int:
        """Trainable parameters, and those that are not: frozen ones, and batch normalisation's statistics."""
        return self.trainable + self.frozen + self.statistics

    @property
    def frozen(self) -> int:
        """Parameters that training could change, but that are set not to be trainable."""
        return sum(layer.frozen for layer in self.layers)

    @property
    def statistics(self) -> int:
        """Numbers that are kept but never trained, such as batch normalisation's moving means."""
        return sum(layer.statistics for layer in self.layers)

    @property
    def multiply_adds(self) -> int:
        """Multiply–adds of convolutions and fully connected layers, for one image.

        Raises:
            ValueError: If the model has a layer whose multiply–adds are not counted.
        """
        total = 0
        for layer in self.layers:
            if layer.multiply_adds is None:
                raise ValueError(
                    f"multiply_adds is not known: layer '{layer.path}' is of kind {layer.kind}, which is "
                    "not known here, was changed, or lends its weights to another; count a model without it."
                )
            total += layer.multiply_adds
        return total

    def __str__(self) -> str:
        rows = [
            (layer.path, layer.kind, *_cells(*numbers))
            for layer in self.layers
            if any(numbers := (layer.trainable, layer.frozen, layer.statistics, layer.multiply_adds))
        ]
        known = all(layer.multiply_adds is not None for layer in self.layers)
        adds = self.multiply_adds if known else None
        total = ("total", "", *_cells(self.trainable, self.frozen, self.statistics, adds))
        return table(("layer", "kind", "trainable", "frozen", "statistics", "multiply–adds"), [*rows, total])


def size_of(model: keras.Layer, input_shape: Sequence[int] | None = None) -> Size:
    """Return the size of a model, or of any layer that takes one tensor.

    The multiply–adds are found by running the model once, on zeros.

    Args:
        model: A model or layer.
        input_shape: Shape of one image, without the batch axis; needed where the model does not say it, or
            leaves height and width open.

    Raises:
        ValueError: If the shape is needed and not given, or does not consist of whole numbers.
    """
    images = _zeros(model, input_shape)
    if not model.built:
        model(images)
    # The model, its layers, theirs, and so on; Keras has no public name for it.
    parts = list({id(part): part for part in model._flatten_layers()}.values())
    known = [part for part in parts if _is_known(part)]
    uses = _Uses(known)
    try:
        for part in known:
            part.call = uses.watched(part)
        with uses:
            model(images, training=False)
    finally:
        for part in known:
            part.__dict__.pop("call", None)  # back to the method of the class
    return Size(tuple(_layer_size(part, uses.multiply_adds(part)) for part in parts))


_UNKNOWN = "not counted"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a plain-text table with a line under the header; columns of numbers are aligned to the right."""
    columns = list(zip(header, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    numbers = [all(cell[:1].isdigit() or cell == _UNKNOWN for cell in column[1:]) for column in columns]
    lines = [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(cells, widths, numbers, strict=True)
        ).rstrip()
        for cells in (header, *rows)
    ]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


# From a convention to the property of `Size` that follows it.
CONVENTIONS = {
    "trainable parameters": "trainable",
    "parameters with statistics": "with_statistics",
    "multiply–adds": "multiply_adds",
}
_UNITS = {"k": 1e3, "M": 1e6, "G": 1e9}


@dataclass(frozen=True)
class PaperComparison:
    """A figure from a paper beside ours.

    Attributes:
        network: Name of the network.
        paper: The figure as the paper prints it: "25.92 M".
        here: Our figure.
        convention: One of `CONVENTIONS`.
        source: Where the paper prints it.

    Raises:
        ValueError: If `paper` is not a number and one of the units k, M and G.
    """

    network: str
    paper: str
    here: int
    convention: str  # one of CONVENTIONS
    source: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.paper, str) or not re.fullmatch(r"\d+(\.\d+)? [kMG]", self.paper):
            raise ValueError(
                f"paper={self.paper!r} is not allowed; give a number, a space and k, M or G, as in '25.92 M'."
            )

    @property
    def match(self) -> bool:
        """Whether ours, rounded to the digits that the paper prints, is the paper's figure."""
        number, unit = self.paper.split()
        digits = len(number.partition(".")[2])
        return f"{self.here / _UNITS[unit]:.{digits}f}" == number


def compare(network: str, size: Size, paper: str, convention: str, source: str = "") -> PaperComparison:
    """Set a figure of a paper beside that of a network.

    Args:
        network: Name of the network.
        size: The network's size.
        paper: The figure as the paper prints it: "25.92 M".
        convention: What the figure counts, one of `CONVENTIONS`.
        source: Where the paper prints it.

    Raises:
        ValueError: For a figure of another form, or an unknown convention.
    """
    one_of(CONVENTIONS, convention=convention)
    number = getattr(size, CONVENTIONS[convention])
    return PaperComparison(network, paper, number, convention, source)


def papers_table(rows: Sequence[PaperComparison]) -> str:
    """Return a table of papers' figures and ours: network, source, paper, here, convention, match."""
    cells = [
        (row.network, row.source, row.paper, f"{row.here:,}", row.convention, "yes" if row.match else "no")
        for row in rows
    ]
    return table(("network", "source", "paper", "here", "convention", "match"), cells)


def _zeros(model: keras.Layer, input_shape: Sequence[int] | None) -> Any:
    """One all-zero image, in the structure in which the model takes its inputs."""
    if input_shape is not None:
        if not isinstance(input_shape, Sequence):
            raise ValueError(f"input_shape={input_shape!r} is not allowed; give one number for each axis.")
        for axis, length in enumerate(input_shape):
            positive(**{f"input_shape[{axis}]": length})
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


def _is_known(layer: keras.Layer) -> bool:
    """Whether the layer computes what its kind does, with the weights of that kind."""
    kinds = (*_KERNELS, *_TRANSPOSED, *_FREE)
    plain = not (getattr(layer, "quantization_mode", None) or getattr(layer, "lora_enabled", False))
    return plain and any(isinstance(layer, kind) and type(layer).call is kind.call for kind in kinds)


class _Uses(keras.StatelessScope):  # type: ignore[misc]
    """Watches layers while a model runs: adds up their products, and sees who uses their weights.

    Keras asks such a scope for the value of a variable whenever one is used.
    """

    def __init__(self, layers: Sequence[keras.Layer]) -> None:
        super().__init__()
        self._owners = {id(weight): id(layer) for layer in layers for weight in layer.weights}
        self._products = dict.fromkeys(map(id, layers), 0)
        self._running: list[int] = []
        self._lent: set[int] = set()  # layers whose weights another one uses

    def get_current_value(self, variable: Any) -> Any:
        owner = self._owners.get(id(variable))
        if owner is not None and owner not in self._running:
            self._lent.add(owner)
        return super().get_current_value(variable)

    def multiply_adds(self, layer: keras.Layer) -> int | None:
        """What was added up; None where that is not all."""
        return None if id(layer) in self._lent else self._products.get(id(layer))

    def watched(self, layer: keras.Layer) -> Any:
        """The layer's `call`, which also adds up one product per weight and position."""
        call = layer.call
        transposed = ("kernel",) if isinstance(layer, _TRANSPOSED) else ()
        names = next((names for kind, names in _KERNELS.items() if isinstance(layer, kind)), transposed)
        weights = sum(int(np.prod(getattr(layer, name).shape)) for name in names)

        def counted(x: Any, *args: Any, **kwargs: Any) -> Any:
            self._running.append(id(layer))
            try:
                y = call(x, *args, **kwargs)
            finally:
                self._running.pop()
            if weights:
                self._products[id(layer)] += _positions(layer, x.shape, y.shape) * weights
            return y

        return counted


def _positions(layer: keras.Layer, x: Sequence[int], y: Sequence[int]) -> int:
    """At how many places the layer's weights are used, with input and output of the shapes x and y."""
    if isinstance(layer, layers.EinsumDense):
        # "abc,cde->abde": the weights are used once for every index of the input that they do not have.
        inputs, kernel = layer.equation.replace(" ", "").partition("->")[0].split(",")
        before, _, after = inputs.partition("...")
        sizes = [*zip(before, x, strict=False), *zip(after[::-1], x[::-1], strict=False)]
        return int(np.prod(x)) // int(np.prod([size for index, size in sizes if index in kernel]))
    # A transposed convolution moves its kernel over the input.
    shape = x if isinstance(layer, _TRANSPOSED) else y
    if getattr(layer, "data_format", None) == "channels_first":
        return int(np.prod((shape[0], *shape[2:])))
    return int(np.prod(shape[:-1]))


def _layer_size(layer: keras.Layer, multiply_adds: int | None) -> LayerSize:
    inner = {id(weight) for part in layer._layers for weight in part.weights}
    own = [weight for weight in layer.weights if id(weight) not in inner]
    made_for_training = {id(weight) for weight in layer._trainable_variables}
    sums = {"trainable": 0, "frozen": 0, "statistics": 0}
    for weight in own:
        frozen = "frozen" if id(weight) in made_for_training else "statistics"
        sums["trainable" if weight.trainable else frozen] += int(np.prod(weight.shape))
    return LayerSize(
        path=layer.path or layer.name,
        kind=type(layer).__name__,
        multiply_adds=multiply_adds if own else 0,
        **sums,
    )


def _cells(*numbers: int | None) -> tuple[str, ...]:
    return tuple(_UNKNOWN if number is None else f"{number:,}" for number in numbers)
