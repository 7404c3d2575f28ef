"""The same code in another style: what `layers` and `ops` mean is exchanged, the source stays as it is.

A misconception has to be recognised however it was written. So each one runs again with layers that
compute the same in another way, and no second copy of a wrong answer is needed.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Make = Callable[..., Any]


@dataclass(frozen=True)
class Style:
    """names: what the source finds under `keras`, `layers` and `ops`.

    result: the same result of a plain function, or the same number, as another type.
    """

    name: str
    names: Mapping[str, Any]
    result: Callable[[Any], Any]

    def apply(self, answer: Any, symbolic: bool) -> Any:
        """An answer in this style; symbolic answers have theirs from `names` already."""
        if symbolic:
            return answer
        if not callable(answer):
            return self.result(answer)
        return lambda *arguments: self.result(answer(*arguments))


class Exchanged:
    """A module with some of its names exchanged."""

    def __init__(self, module: Any, own: Mapping[str, Any]) -> None:
        self._module, self._own = module, own

    def __getattr__(self, name: str) -> Any:
        return self._own[name] if name in self._own else getattr(self._module, name)


def _style(name: str, layers: Mapping[str, Make], ops: Mapping[str, Make], result: Make) -> Style:
    import keras

    names = {"layers": Exchanged(keras.layers, layers), "ops": Exchanged(keras.ops, ops)}
    return Style(name, {**names, "keras": Exchanged(keras, names)}, result)


def all_styles() -> tuple[Style, ...]:
    """The other styles that misconceptions are tried in."""
    return _convolutions(), _operations()


def _same_rank(tensors: list[Any]) -> list[Any]:
    """Axes of size 1 after the batch, as Keras' own merging layers add them."""
    from keras import ops

    rank = max(len(tensor.shape) for tensor in tensors)
    return [
        functools.reduce(lambda t, _: ops.expand_dims(t, 1), range(rank - len(t.shape)), t) for t in tensors
    ]


# Layers as convolutions, operations as Lambda layers with TensorFlow inside --------------------------


def _convolutions() -> Style:
    """1×1 convolutions for Dense, one-channel convolutions added up, Lambda layers with TensorFlow inside."""
    import tensorflow as tf
    from keras import activations, layers

    def dense(units: Any, activation: Any = None, name: str | None = None, **options: Any) -> Make:
        convolve = layers.Conv2D(units, 1, activation=activation, name=name, **options)

        def call(x: Any) -> Any:
            if len(x.shape) == 4:
                return convolve(x)
            return layers.Flatten()(convolve(layers.Reshape((1, 1, x.shape[-1]))(x)))

        return call

    def conv(filters: int, kernel_size: Any, *arguments: Any, activation: Any = None, **options: Any) -> Make:
        if kernel_size in (1, (1, 1)):
            point: Make = layers.Conv2D(filters, kernel_size, *arguments, activation=activation, **options)
            return point
        name = options.pop("name", None)

        @functools.cache
        def one_channel(c: int) -> Any:
            own = options | {"name": name and f"{name}_{c}"} | ({"use_bias": False} if c else {})
            return layers.Conv2D(filters, kernel_size, *arguments, **own)

        def call(x: Any) -> Any:
            parts = [one_channel(c)(x[..., c : c + 1]) for c in range(x.shape[-1])]
            return activations.get(activation)(functools.reduce(operator.add, parts))

        return call

    def merged(function: Make) -> Make:
        return lambda **_: lambda tensors: functools.reduce(function, _same_rank(tensors))

    def pooled(function: Make) -> Make:
        def make(keepdims: bool = False, name: str | None = None) -> Any:
            return layers.Lambda(lambda t: function(t, axis=[1, 2], keepdims=keepdims), name=name)

        return make

    def reduced(function: Make) -> Make:
        def call(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
            axes = list(axis) if isinstance(axis, tuple) else axis
            return layers.Lambda(lambda t: function(t, axis=axes, keepdims=keepdims))(x)

        return call

    return _style(
        "convolutions",
        {
            "Dense": dense,
            "Conv2D": conv,
            "Multiply": merged(operator.mul),
            "Add": merged(operator.add),
            "GlobalAveragePooling2D": pooled(tf.reduce_mean),
            "GlobalMaxPooling2D": pooled(tf.reduce_max),
            "Concatenate": lambda axis=-1, name=None: layers.Lambda(
                lambda ts: tf.concat(ts, axis), name=name
            ),
            "Reshape": lambda shape, **_: lambda x: layers.Lambda(lambda t: tf.reshape(t, (-1, *shape)))(x),
            "Activation": lambda function, **_: activations.get(function),
        },
        {
            "mean": reduced(tf.reduce_mean),
            "max": reduced(tf.reduce_max),
            "sum": reduced(tf.reduce_sum),
            "concatenate": lambda ts, axis=0: layers.Lambda(lambda t: tf.concat(t, axis))(ts),
            "sigmoid": lambda x: layers.Activation("sigmoid")(x),
        },
        _as_tensors,
    )


# Layers as classes of one's own, everything else as keras.ops -----------------------------------------


def _operations() -> Style:
    """keras.ops throughout; layers with weights are classes of one's own, kernels stored as (out, in)."""
    from keras import activations, layers, ops

    class Linear(layers.Layer):  # type: ignore[misc]
        def __init__(
            self,
            units: Any,
            activation: Any = None,
            name: str | None = None,
            use_bias: bool = True,
            kernel_initializer: Any = None,
        ):
            super().__init__(name=name)
            self.units, self.activation, self.use_bias = units, activations.get(activation), use_bias
            self.initializer = kernel_initializer

        def build(self, shape: Any) -> None:
            self.w = self.add_weight(shape=(self.units, shape[-1]), initializer=self.initializer, name="w")
            self.b = self.add_weight(shape=(self.units,), name="b") if self.use_bias else 0.0

        def call(self, x: Any) -> Any:
            return self.activation(ops.einsum("...c,hc->...h", x, self.w) + self.b)

    class Convolution(layers.Layer):  # type: ignore[misc]
        def __init__(
            self,
            filters: int,
            kernel_size: Any,
            strides: int = 1,
            padding: str = "valid",
            activation: Any = None,
            use_bias: bool = True,
            name: str | None = None,
            kernel_initializer: Any = None,
            **options: Any,
        ):
            super().__init__(name=name)
            self.initializer = kernel_initializer
            self.filters, self.use_bias, self.activation = filters, use_bias, activations.get(activation)
            self.size = (kernel_size, kernel_size) if isinstance(kernel_size, int) else tuple(kernel_size)
            self.options = {"strides": strides, "padding": padding, **options}

        def build(self, shape: Any) -> None:
            shape = (*self.size, shape[-1], self.filters)
            self.w = self.add_weight(shape=shape, initializer=self.initializer, name="w")
            self.b = self.add_weight(shape=(self.filters,), name="b") if self.use_bias else 0.0

        def call(self, x: Any) -> Any:
            return self.activation(ops.conv(x, self.w, **self.options) + self.b)

    class Join(layers.Layer):  # type: ignore[misc]
        def __init__(self, axis: int = -1, name: str | None = None):
            super().__init__(name=name)
            self.axis = axis

        def call(self, tensors: Any) -> Any:
            return ops.concatenate(tensors, self.axis)

    def merged(function: Make) -> Make:
        return lambda **_: lambda tensors: functools.reduce(function, _same_rank(tensors))

    class Pool(layers.Layer):  # type: ignore[misc]
        def __init__(self, function: Make, keepdims: bool = False, name: str | None = None):
            super().__init__(name=name)
            self.function, self.keepdims = function, keepdims

        def call(self, x: Any) -> Any:
            return self.function(x, axis=(1, 2), keepdims=self.keepdims)

    return _style(
        "operations",
        {
            "Dense": Linear,
            "Conv2D": Convolution,
            "Multiply": merged(ops.multiply),
            "Add": merged(ops.add),
            "GlobalAveragePooling2D": functools.partial(Pool, ops.mean),
            "GlobalMaxPooling2D": functools.partial(Pool, ops.max),
            "Concatenate": Join,
            "Reshape": lambda shape, **_: lambda x: ops.reshape(x, (-1, *shape)),
            "Flatten": lambda **_: lambda x: ops.reshape(x, (-1, int(np.prod(x.shape[1:])))),
            "Activation": lambda function, **_: activations.get(function),
        },
        {},
        _as_python,
    )


# Results of plain functions, and numbers -------------------------------------------------------------------


def _as_tensors(result: Any) -> Any:
    """TensorFlow tensors for arrays, NumPy numbers for Python's, lists for tuples."""
    import tensorflow as tf

    if isinstance(result, dict):
        return {key: _as_tensors(value) for key, value in result.items()}
    if isinstance(result, tuple):
        return list(result)
    if isinstance(result, np.ndarray) and result.ndim:
        return tf.convert_to_tensor(result)
    return np.asarray(result)[()] if isinstance(result, int | float) else result


def _as_python(result: Any) -> Any:
    """Python numbers for NumPy's, other memory order for arrays."""
    if isinstance(result, dict):
        return {key: _as_python(value) for key, value in reversed(result.items())}
    if isinstance(result, np.generic):
        return result.item()
    if isinstance(result, np.ndarray) and result.ndim:
        return np.asfortranarray(result)
    return result
