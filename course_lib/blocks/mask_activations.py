"""The three ways in which a residual attention network turns mask scores into a mask."""

from typing import Any

from keras import ops

# A smaller mean or sum of squares is taken for zero: rounding, or a vector or map without contrast.
_SMALLEST_SQUARE = 1e-12


def _inverse_root(square: Any) -> Any:
    """Return 1 / √square, but zero where square counts as zero, since it and its gradient would be huge."""
    present = square > _SMALLEST_SQUARE
    return ops.where(present, ops.rsqrt(ops.where(present, square, 1.0)), 0.0)


def mixed_mask(scores: Any) -> Any:
    """Compute f1: 1 / (1 + exp(-x)) for every position and channel.

    Shapes: (N, H, W, C), in and out; values in (0, 1).

    Reference: Wang and others, "Residual Attention Network for Image Classification", 2017, arXiv:1704.06904.
    """
    return ops.sigmoid(scores)


def channel_mask(scores: Any) -> Any:
    """Compute f2: x / ‖x‖₂, the norm taken over the channels at each position.

    Shapes: (N, H, W, C), in and out; values in [-1, 1], so a mask of this kind may be negative. A position
    where all scores are zero, or their norm is below 1e-6, becomes zero and gives no gradient. Computed in
    float32 and returned in the type of the scores.

    Reference: as of `mixed_mask`.
    """
    x = ops.cast(scores, "float32")
    square = ops.sum(ops.square(x), axis=-1, keepdims=True)  # (N, H, W, 1)
    return ops.cast(x * _inverse_root(square), scores.dtype)


def spatial_mask(scores: Any) -> Any:
    """Compute f3: sigmoid((x - mean) / std), over the positions of each channel of each image.

    Shapes: (N, H, W, C), in and out; values in (0, 1). A map without contrast, of a deviation below 1e-6,
    gives one half and no gradient. The paper does not say which deviation it means; this one divides by H·W.
    Computed in float32 and returned in the type of the scores.

    Reference: as of `mixed_mask`.
    """
    x = ops.cast(scores, "float32")
    x = x - x[:, :1, :1]  # zero all over where there is no contrast; a mean of equal numbers may be rounded
    x = x - ops.mean(x, axis=(1, 2), keepdims=True)
    variance = ops.mean(ops.square(x), axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
    return ops.cast(ops.sigmoid(x * _inverse_root(variance)), scores.dtype)


MASK_ACTIVATIONS = {"mixed": mixed_mask, "channel": channel_mask, "spatial": spatial_mask}
