"""The pre-activation residual unit, of which residual attention networks are made, and a row of them."""

from typing import Any

import keras
from keras import layers, ops

from course_lib.arguments import positive
from course_lib.blocks.arguments import hidden_channels, takes_feature_maps
from course_lib.blocks.attention_block import Shape


@keras.saving.register_keras_serializable("course_lib")
class ResidualUnit(keras.Layer):  # type: ignore[misc]
    """A bottleneck with normalisation and ReLU before each convolution, added to its input.

    Equation:
        a = relu(norm(x))
        output = shortcut + conv 1×1 (relu norm (conv 3×3 (relu norm (conv 1×1 (a)))))
    The shortcut is x; where channels or size change it is a 1×1 convolution of a.

    Shapes: x (N, H, W, A), output (N, H/strides, W/strides, C), sizes rounded up. The inner layers have
    f = C/4 channels.

    Args:
        filters: C; None keeps the channels of the input.
        strides: of the 3×3 convolution and of the shortcut. See the note.
        reduction: C/f, 4 in the paper.
        use_bias: whether the convolutions have biases; the released networks have none.

    Paper and code: the paper names the unit only; this is the one of the released code. Its strided 3×3
    convolution pads one pixel on each side, Keras' "same" pads an even size on one side only; that shifts the
    sampled positions by one and changes no count.

    Parameters with C = 4f: 17f² + 12f, and 12f statistics, where the shortcut is x.

    Raises:
        ValueError: If filters, strides or reduction are not whole numbers of at least 1, if reduction does
            not divide C, or if the input does not have four axes.

    Reference: Wang and others, "Residual Attention Network for Image Classification", 2017, arXiv:1704.06904.
    """

    def __init__(
        self,
        filters: int | None = None,
        strides: int = 1,
        reduction: int = 4,
        use_bias: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        positive(strides=strides, reduction=reduction)
        if filters is not None:
            positive(filters=filters)
        self.filters = filters and int(filters)
        self.strides = int(strides)
        self.reduction = int(reduction)
        self.use_bias = use_bias

    def build(self, input_shape: Shape) -> None:
        channels = takes_feature_maps(self, input_shape)
        filters = self.filters or channels
        narrow = hidden_channels(filters, self.reduction, "output" if self.filters else "input")
        size = tuple(input_shape[:-1])
        strided = self.compute_output_shape(input_shape)[:-1]
        self.norm_1 = self._norm("norm_1", (*size, channels))
        self.conv_1 = self._conv("conv_1", narrow, 1, 1, (*size, channels))
        self.norm_2 = self._norm("norm_2", (*size, narrow))
        self.conv_2 = self._conv("conv_2", narrow, 3, self.strides, (*size, narrow))
        self.norm_3 = self._norm("norm_3", (*strided, narrow))
        self.conv_3 = self._conv("conv_3", filters, 1, 1, (*strided, narrow))
        if self.strides > 1 or filters != channels:
            self.project = self._conv("project", filters, 1, self.strides, (*size, channels))
        else:
            self.project = None

    def _norm(self, name: str, shape: Shape) -> keras.Layer:
        norm = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, dtype=self.dtype_policy, name=name)
        norm.build(shape)
        return norm

    def _conv(self, name: str, filters: int, kernel_size: int, strides: int, shape: Shape) -> keras.Layer:
        conv = layers.Conv2D(
            filters,
            kernel_size,
            strides,
            padding="same",
            use_bias=self.use_bias,
            kernel_initializer="he_normal",
            dtype=self.dtype_policy,
            name=name,
        )
        conv.build(shape)
        return conv

    def call(self, x: Any) -> Any:
        x = ops.cast(x, self.compute_dtype)  # whole numbers Keras leaves alone
        active = ops.relu(self.norm_1(x))  # (N, H, W, A)
        shortcut = self.project(active) if self.project else x  # (N, H/strides, W/strides, C)
        y = self.conv_1(active)  # (N, H, W, f)
        y = self.conv_2(ops.relu(self.norm_2(y)))  # (N, H/strides, W/strides, f)
        y = self.conv_3(ops.relu(self.norm_3(y)))  # (N, H/strides, W/strides, C)
        return shortcut + y

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        batch, height, width, channels = input_shape
        height, width = (size and -(-size // self.strides) for size in (height, width))
        return batch, height, width, self.filters or channels

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "filters": self.filters,
            "strides": self.strides,
            "reduction": self.reduction,
            "use_bias": self.use_bias,
        }


@keras.saving.register_keras_serializable("course_lib")
class TrunkBranch(keras.Layer):  # type: ignore[misc]
    """A row of residual units that keep size and channels: T = unit(unit(… x)).

    Shapes: x and T (N, H, W, C).

    Args:
        units: How many; t = 2 in the paper's trunk.
        reduction, use_bias: as of `ResidualUnit`.

    Parameters with C = 4f: units · (17f² + 12f), and units · 12f statistics.

    Raises:
        ValueError: If units is not a whole number of at least 1, and as `ResidualUnit` does.
    """

    def __init__(self, units: int = 2, reduction: int = 4, use_bias: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        positive(units=units, reduction=reduction)
        self.units = int(units)
        self.reduction = int(reduction)
        self.use_bias = use_bias
        self.row = [
            ResidualUnit(reduction=reduction, use_bias=use_bias, dtype=self.dtype_policy, name=f"unit_{i}")
            for i in range(1, units + 1)
        ]

    def build(self, input_shape: Shape) -> None:
        takes_feature_maps(self, input_shape)
        for unit in self.row:
            unit.build(input_shape)

    def call(self, x: Any) -> Any:
        for unit in self.row:
            x = unit(x)  # (N, H, W, C)
        return x

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        return tuple(input_shape)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "units": self.units,
            "reduction": self.reduction,
            "use_bias": self.use_bias,
        }
