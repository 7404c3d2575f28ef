"""Every block and option on a non-square input, with known random weights; on any backend.

Run as a program, `python block_cases.py FILE`, it stores what each case gives on the backend in force.
"""

import sys
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from course_lib import blocks

CASES: dict[str, tuple[Callable[[], keras.Layer], tuple[int, int, int]]] = {
    "se": (lambda: blocks.SqueezeExcitation(4), (10, 9, 24)),
    "se_no_bias": (lambda: blocks.SqueezeExcitation(6, use_bias=False), (10, 9, 24)),
    "channel": (lambda: blocks.ChannelAttention(4), (10, 9, 24)),
    "channel_no_bias": (lambda: blocks.ChannelAttention(4, use_bias=False), (10, 9, 24)),
    "channel_average": (lambda: blocks.ChannelAttention(4, pools=("average",)), (10, 9, 24)),
    "channel_max": (lambda: blocks.ChannelAttention(4, pools=("max",)), (10, 9, 24)),
    "spatial": (lambda: blocks.SpatialAttention(), (11, 8, 5)),
    "spatial_3": (lambda: blocks.SpatialAttention(3), (11, 8, 5)),
    "spatial_equation": (
        lambda: blocks.SpatialAttention(pools=("average", "max"), batch_norm=False),
        (11, 8, 5),
    ),
    "spatial_bias": (lambda: blocks.SpatialAttention(batch_norm=False, use_bias=True), (11, 8, 5)),
    "spatial_max": (lambda: blocks.SpatialAttention(pools=("max",)), (11, 8, 5)),
    "cbam": (lambda: blocks.CBAM(4), (10, 9, 24)),
    "cbam_spatial_first": (lambda: blocks.CBAM(4, 3, order="spatial_channel"), (10, 9, 24)),
    "cbam_options": (
        lambda: blocks.CBAM(
            8,
            5,
            channel_pools=("max",),
            spatial_pools=("average",),
            batch_norm=False,
            use_bias=False,
            spatial_use_bias=True,
        ),
        (10, 9, 24),
    ),
    "bam": (lambda: blocks.BAM(4), (12, 19, 16)),
    "bam_product": (lambda: blocks.BAM(4, fusion="product"), (12, 19, 16)),
    "bam_max": (lambda: blocks.BAM(4, fusion="max"), (12, 19, 16)),
    "bam_equation": (lambda: blocks.BAM(8, 2, layout="equation"), (12, 9, 16)),
    "bam_everywhere": (lambda: blocks.BAM(4, 1, layout="everywhere"), (12, 9, 16)),
    "unit": (lambda: blocks.ResidualUnit(), (7, 6, 16)),
    "unit_strided": (lambda: blocks.ResidualUnit(strides=2), (7, 6, 16)),
    "unit_wider": (lambda: blocks.ResidualUnit(24, 2, use_bias=True), (8, 11, 16)),
    "unit_reduction": (lambda: blocks.ResidualUnit(reduction=2), (7, 6, 16)),
    "trunk": (lambda: blocks.TrunkBranch(3), (7, 6, 16)),
    "mask": (lambda: blocks.SoftMaskBranch(2), (12, 8, 8)),
    "mask_half_pixel": (lambda: blocks.SoftMaskBranch(2, upsampling="half_pixel"), (12, 8, 8)),
    "mask_odd_size": (lambda: blocks.SoftMaskBranch(2, units=2), (13, 10, 8)),
    "mask_plain_skip": (lambda: blocks.SoftMaskBranch(3, skip="plain", batch_norm=False), (16, 9, 8)),
    "mask_bias": (lambda: blocks.SoftMaskBranch(1, use_bias=True, batch_norm=False), (6, 4, 8)),
    "mask_channel": (lambda: blocks.SoftMaskBranch(1, activation="channel"), (6, 4, 8)),
    "mask_spatial": (lambda: blocks.SoftMaskBranch(1, activation="spatial"), (6, 4, 8)),
    "module": (lambda: blocks.ResidualAttentionModule(2), (12, 8, 8)),
    "module_naive": (lambda: blocks.ResidualAttentionModule(1, residual=False), (6, 8, 8)),
    "module_longer": (lambda: blocks.ResidualAttentionModule(3, p=2, t=1, r=2), (16, 8, 8)),
    "module_channel": (lambda: blocks.ResidualAttentionModule(1, activation="channel"), (6, 8, 8)),
}


def make(name: str) -> tuple[keras.Layer, np.ndarray]:
    """The layer of a case with its random weights, and its input of three images, (3, H, W, C)."""
    factory, shape = CASES[name]
    layer = factory()
    layer.build((None, *shape))
    randomise(layer)
    rng = np.random.default_rng(7)
    x = rng.normal(size=(3, *shape)) + rng.normal(size=shape[-1])  # channels of unequal mean
    return layer, x.astype("float32")


def randomise(layer: keras.Layer) -> None:
    """Give every weight, statistics included, a random value that is neither 0 nor 1."""
    rng = np.random.default_rng(3)
    for weight in layer.weights:
        kind = weight.path.rpartition("/")[2]
        if kind in ("gamma", "moving_variance"):
            value = rng.uniform(0.5, 1.5, weight.shape)
        elif kind == "kernel":
            value = rng.normal(size=weight.shape) / np.sqrt(np.prod(weight.shape[:-1]))
        else:
            value = rng.normal(size=weight.shape) * 0.3
        weight.assign(value.astype("float32"))


def run(layer: keras.Layer, x: np.ndarray) -> list[np.ndarray]:
    """The layer's output and, from an attention block, its attention, in inference mode."""
    shows = {"return_attention": True} if isinstance(layer, blocks.AttentionBlock) else {}
    results: Any = layer(keras.ops.convert_to_tensor(x), training=False, **shows)
    return [keras.ops.convert_to_numpy(part) for part in keras.tree.flatten(results)]


if __name__ == "__main__":
    np.savez(sys.argv[1], **{f"{name}.{i}": y for name in CASES for i, y in enumerate(run(*make(name)))})
