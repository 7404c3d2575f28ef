"""The spatial half of CBAM: one weight per position."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import layers, ops

from course_lib.arguments import positive, some_of
from course_lib.blocks.arguments import takes_feature_maps
from course_lib.blocks.attention_block import POOLS, AttentionBlock, Shape


@keras.saving.register_keras_serializable("course_lib")
class SpatialAttention(AttentionBlock):
    """Scale every position by a weight that a convolution finds in two summaries over the channels.

    Equation:
        M = sigmoid(f([maximum of x over C; average of x over C]))        f: a k × k convolution, 2 maps to 1
        output = M * x

    Shapes: x and output (N, H, W, C); attention M (N, H, W, 1); kernel (k, k, number of pools, 1).

    Args:
        kernel_size: k. 7 is the paper's choice; 3 is its other one.
        pools: the summaries, in the order in which the convolution sees them.
        batch_norm: whether batch normalisation stands between convolution and sigmoid.
        use_bias: whether the convolution has a bias.

    Paper and code: the equation shows no batch normalisation; the released code has one and starts its scale
    at zero, so that an untrained map is one half everywhere. The equation names the average first, the
    paper's figure and the code the maximum. Defaults follow the code; `batch_norm=False,
    pools=("average", "max")` is the equation.

    Parameters: 2k² for two pools, 1 more with a bias, 2 more (and 2 statistics) with batch normalisation.

    Raises:
        ValueError: If k is not a whole number of at least 1, for unknown pools, or if the input does not have
            four axes.

    Reference: Woo, Park, Lee, Kweon, "CBAM: Convolutional Block Attention Module", 2018, arXiv:1807.06521.
    """

    def __init__(
        self,
        kernel_size: int = 7,
        pools: Sequence[str] = ("max", "average"),
        batch_norm: bool = True,
        use_bias: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        positive(kernel_size=kernel_size)
        some_of(POOLS, pools=pools)
        self.kernel_size = int(kernel_size)
        self.pools = tuple(pools)
        self.batch_norm = batch_norm
        self.use_bias = use_bias

    def build(self, input_shape: Shape) -> None:
        takes_feature_maps(self, input_shape)
        self.conv = layers.Conv2D(
            1,
            self.kernel_size,
            padding="same",
            use_bias=self.use_bias,
            kernel_initializer="he_normal",
            dtype=self.dtype_policy,
            name="conv",
        )
        self.conv.build((*input_shape[:-1], len(self.pools)))
        if self.batch_norm:
            self.norm = layers.BatchNormalization(
                epsilon=1e-5, gamma_initializer="zeros", dtype=self.dtype_policy, name="norm"
            )
            self.norm.build((*input_shape[:-1], 1))

    def attend(self, x: Any) -> tuple[Any, Any]:
        summaries = [POOLS[pool](x, axis=-1, keepdims=True) for pool in self.pools]  # (N, H, W, 1) each
        scores = self.conv(ops.concatenate(summaries, axis=-1))  # (N, H, W, 1)
        weights = ops.sigmoid(self.norm(scores) if self.batch_norm else scores)  # (N, H, W, 1)
        return weights * x, weights

    def attention_shape(self, input_shape: Shape) -> Shape:
        return (*input_shape[:-1], 1)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "kernel_size": self.kernel_size,
            "pools": self.pools,
            "batch_norm": self.batch_norm,
            "use_bias": self.use_bias,
        }
