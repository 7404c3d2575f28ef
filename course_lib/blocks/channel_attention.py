"""The channel half of CBAM: gates from the average and the maximum of every channel."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import layers, ops

from course_lib.arguments import positive, some_of
from course_lib.blocks.arguments import hidden_channels, takes_feature_maps
from course_lib.blocks.attention_block import POOLS, AttentionBlock, Shape


@keras.saving.register_keras_serializable("course_lib")
class ChannelAttention(AttentionBlock):
    """Scale every channel by a gate; one small network looks at two summaries of the channels.

    Equation:
        MLP(z) = W1 relu(W0 z + b0) + b1                        the same weights for both summaries
        M = sigmoid(MLP(average of x over H, W) + MLP(maximum of x over H, W))
        output = M * x

    Shapes: x and output (N, H, W, C); attention M (N, 1, 1, C); W0 (C, C/r), W1 (C/r, C).

    Args:
        reduction: r. 16 in the released code.
        pools: the summaries. Both is the paper's choice; ("average",) alone is squeeze-and-excitation.
        use_bias: whether b0 and b1 exist.

    Paper and code: the equation has no biases; the released code has them, and so has the default. As the two
    results are added, b1 counts twice in the sum.

    Parameters: 2 C²/r, and C + C/r more with biases, however many summaries there are.

    Raises:
        ValueError: If r is not a whole number of at least 1 or does not divide C, for unknown pools, or if
            the input does not have four axes.

    Reference: Woo, Park, Lee, Kweon, "CBAM: Convolutional Block Attention Module", 2018, arXiv:1807.06521.
    """

    def __init__(
        self,
        reduction: int = 16,
        pools: Sequence[str] = ("average", "max"),
        use_bias: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        positive(reduction=reduction)
        some_of(POOLS, pools=pools)
        self.reduction = int(reduction)
        self.pools = tuple(pools)
        self.use_bias = use_bias

    def build(self, input_shape: Shape) -> None:
        channels = takes_feature_maps(self, input_shape)
        hidden = hidden_channels(channels, self.reduction)
        shared = {"use_bias": self.use_bias, "kernel_initializer": "he_normal", "dtype": self.dtype_policy}
        self.reduce = layers.Dense(hidden, activation="relu", name="reduce", **shared)
        self.expand = layers.Dense(channels, name="expand", **shared)
        self.reduce.build((None, 1, 1, channels))
        self.expand.build((None, 1, 1, hidden))

    def attend(self, x: Any) -> tuple[Any, Any]:
        summaries = [POOLS[pool](x, axis=(1, 2), keepdims=True) for pool in self.pools]  # (N, 1, 1, C) each
        gates = ops.sigmoid(sum(self.expand(self.reduce(z)) for z in summaries))  # (N, 1, 1, C)
        return gates * x, gates

    def attention_shape(self, input_shape: Shape) -> Shape:
        return (input_shape[0], 1, 1, input_shape[-1])

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "reduction": self.reduction,
            "pools": self.pools,
            "use_bias": self.use_bias,
        }
