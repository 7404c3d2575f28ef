"""CBAM: channel attention, then spatial attention."""

from collections.abc import Sequence
from typing import Any

import keras

from course_lib.arguments import one_of
from course_lib.blocks.arguments import takes_feature_maps
from course_lib.blocks.attention_block import AttentionBlock, Shape
from course_lib.blocks.channel_attention import ChannelAttention
from course_lib.blocks.spatial_attention import SpatialAttention

_ORDERS = ("channel_spatial", "spatial_channel")


@keras.saving.register_keras_serializable("course_lib")
class CBAM(AttentionBlock):
    """Choose what to look at, then where: one attention after the other.

    Equation:
        x'     = Mc(x) * x                                      `ChannelAttention`
        output = Ms(x') * x'                                    `SpatialAttention`

    Shapes: x and output (N, H, W, C); attention is the pair Mc (N, 1, 1, C), Ms (N, H, W, 1), in this order
    whichever comes first; output = x * Mc * Ms.

    Args:
        reduction, channel_pools, use_bias: as `reduction`, `pools` and `use_bias` of `ChannelAttention`.
        kernel_size, spatial_pools, batch_norm, spatial_use_bias: as `kernel_size`, `pools`, `batch_norm` and
            `use_bias` of `SpatialAttention`.
        order: "channel_spatial", the paper's choice, or "spatial_channel", which it compares.

    Paper and code: see the two halves. Defaults follow the released code.

    Parameters: 2 C²/r + C + C/r + 2k² + 2, and 2 statistics. ResNet-50 with one in every block, trainable:
        default                                          28,089,624
        batch_norm=False                                 28,089,592
        batch_norm=False, spatial_use_bias=True          28,089,608
        use_bias=False                                   28,073,576
        use_bias=False, batch_norm=False                 28,073,544
        kernel_size=3                                    28,088,344

    Raises:
        ValueError: As the two halves do, and for an unknown order.

    Reference: Woo, Park, Lee, Kweon, "CBAM: Convolutional Block Attention Module", 2018, arXiv:1807.06521.
    """

    def __init__(
        self,
        reduction: int = 16,
        kernel_size: int = 7,
        order: str = "channel_spatial",
        channel_pools: Sequence[str] = ("average", "max"),
        spatial_pools: Sequence[str] = ("max", "average"),
        batch_norm: bool = True,
        use_bias: bool = True,
        spatial_use_bias: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        one_of(_ORDERS, order=order)
        self.order = order
        shared = {"dtype": self.dtype_policy}
        self.channel = ChannelAttention(reduction, channel_pools, use_bias, name="channel", **shared)
        self.spatial = SpatialAttention(
            kernel_size, spatial_pools, batch_norm, spatial_use_bias, name="spatial", **shared
        )

    def build(self, input_shape: Shape) -> None:
        takes_feature_maps(self, input_shape)
        self.channel.build(input_shape)
        self.spatial.build(input_shape)

    def attend(self, x: Any) -> tuple[Any, Any]:
        if self.order == "channel_spatial":
            x, gates = self.channel(x, return_attention=True)  # (N, H, W, C), (N, 1, 1, C)
            x, weights = self.spatial(x, return_attention=True)  # (N, H, W, C), (N, H, W, 1)
        else:
            x, weights = self.spatial(x, return_attention=True)
            x, gates = self.channel(x, return_attention=True)
        return x, (gates, weights)

    def attention_shape(self, input_shape: Shape) -> tuple[Shape, Shape]:
        return self.channel.attention_shape(input_shape), self.spatial.attention_shape(input_shape)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "reduction": self.channel.reduction,
            "kernel_size": self.spatial.kernel_size,
            "order": self.order,
            "channel_pools": self.channel.pools,
            "spatial_pools": self.spatial.pools,
            "batch_norm": self.spatial.batch_norm,
            "use_bias": self.channel.use_bias,
            "spatial_use_bias": self.spatial.use_bias,
        }
