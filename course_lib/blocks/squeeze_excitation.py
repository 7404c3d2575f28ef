"""Squeeze-and-excitation: one gate per channel."""

from typing import Any

import keras
from keras import layers, ops

from course_lib.arguments import positive
from course_lib.blocks.arguments import hidden_channels, takes_feature_maps
from course_lib.blocks.attention_block import AttentionBlock, Shape


@keras.saving.register_keras_serializable("course_lib")
class SqueezeExcitation(AttentionBlock):
    """Scale every channel by a gate computed from the means of all channels.

    Equation:
        z = mean of x over height and width                     squeeze
        s = sigmoid(W2 relu(W1 z + b1) + b2)                    excitation
        output = s * x                                          scale

    Shapes: x and output (N, H, W, C); attention, the gates s, (N, 1, 1, C); W1 (C, C/r), W2 (C/r, C).

    Args:
        reduction: r. 16 is the paper's choice for all its networks.
        use_bias: whether b1 and b2 exist.

    Paper and code: the equation has no biases and the ablations of the journal version leave them out; the
    released models have them. The default follows the released models.

    Parameters: 2 C²/r, and C + C/r more with biases. ResNet-50 with one in every block has 28,088,024
    trainable parameters with biases, 28,071,976 without.

    Raises:
        ValueError: If r is not a whole number of at least 1 or does not divide C, or if the input does not
            have four axes.

    Reference: Hu, Shen, Albanie, Sun, Wu, "Squeeze-and-Excitation Networks", 2017, arXiv:1709.01507.
    """

    def __init__(self, reduction: int = 16, use_bias: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        positive(reduction=reduction)
        self.reduction = int(reduction)
        self.use_bias = use_bias

    def build(self, input_shape: Shape) -> None:
        channels = takes_feature_maps(self, input_shape)
        hidden = hidden_channels(channels, self.reduction)
        shared = {"use_bias": self.use_bias, "kernel_initializer": "he_normal", "dtype": self.dtype_policy}
        self.reduce = layers.Dense(hidden, activation="relu", name="reduce", **shared)
        self.expand = layers.Dense(channels, activation="sigmoid", name="expand", **shared)
        self.reduce.build((None, 1, 1, channels))
        self.expand.build((None, 1, 1, hidden))

    def attend(self, x: Any) -> tuple[Any, Any]:
        squeezed = ops.mean(x, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
        gates = self.expand(self.reduce(squeezed))  # (N, 1, 1, C)
        return gates * x, gates

    def attention_shape(self, input_shape: Shape) -> Shape:
        return (input_shape[0], 1, 1, input_shape[-1])

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "reduction": self.reduction, "use_bias": self.use_bias}
