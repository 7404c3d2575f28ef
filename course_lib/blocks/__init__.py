"""Attention blocks as Keras layers, each with its equation, its counts and where paper and code differ.

Every block is called as `block(x)` or `block(x, return_attention=True)`; feature maps have the axes
(N, H, W, C). Only `keras.ops` and Keras' layers are used, so the blocks run on any Keras backend.
"""

from course_lib.blocks.attention_block import Attention, AttentionBlock, attention_maps, plug
from course_lib.blocks.bam import BAM
from course_lib.blocks.bilinear import resize_bilinear
from course_lib.blocks.cbam import CBAM
from course_lib.blocks.channel_attention import ChannelAttention
from course_lib.blocks.mask_activations import channel_mask, mixed_mask, spatial_mask
from course_lib.blocks.residual_attention import ResidualAttentionModule
from course_lib.blocks.residual_unit import ResidualUnit, TrunkBranch
from course_lib.blocks.soft_mask_branch import SoftMaskBranch
from course_lib.blocks.spatial_attention import SpatialAttention
from course_lib.blocks.squeeze_excitation import SqueezeExcitation

__all__ = [
    "BAM",
    "CBAM",
    "Attention",
    "AttentionBlock",
    "ChannelAttention",
    "ResidualAttentionModule",
    "ResidualUnit",
    "SoftMaskBranch",
    "SpatialAttention",
    "SqueezeExcitation",
    "TrunkBranch",
    "attention_maps",
    "channel_mask",
    "mixed_mask",
    "plug",
    "resize_bilinear",
    "spatial_mask",
]
