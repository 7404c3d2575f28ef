"""A convolutional autoencoder with a place for attention in every stage."""

from collections.abc import Sequence

import keras
from keras import layers

from course_lib.blocks.arguments import positive
from course_lib.blocks.attention_block import Attention
from course_lib.networks.conv_norm import conv_norm


def autoencoder(
    filters: Sequence[int] = (32, 16),
    *,
    attention: Attention | Sequence[Attention | None] | None = None,
    input_shape: Sequence[int | None] = (28, 28, 1),
) -> keras.Model:
    """A functional model from images (N, H, W, channels) in [0, 1] to reconstructions of the same shape.

    filters: channels of each stage of the encoder; the decoder mirrors them. A stage of the encoder is a 3×3
        convolution with normalisation and ReLU, then a max pooling; one of the decoder an upsampling, then
        such a convolution.
    attention: one for all stages, or one or None for each stage of the encoder; a function of (x, name), such
        as `plug(CBAM, reduction=8)`. It stands after the convolution, in the encoder and in its mirror image.

    The code, the output of layer "code", has the shape (N, H / 2^stages, W / 2^stages, filters[-1]). Nothing
    else connects encoder and decoder. ValueError if H or W is known and not a multiple of 2^stages, if a
    width is not a whole number of at least 1, or if the number of attentions is not that of the stages.
    """
    _check(filters, input_shape)
    if attention is None or callable(attention):
        attention = [attention] * len(filters)
    if len(attention) != len(filters):
        raise ValueError(
            f"attention has {len(attention)} entries for {len(filters)} stages; give one, or None, for each."
        )
    stages = list(zip(range(1, len(filters) + 1), filters, attention, strict=True))
    images = x = keras.Input(tuple(input_shape), name="images")
    for stage, width, attend in stages:
        x = conv_norm(
            x, width, 3, name=f"encoder{stage}", relu=True
        )  # (N, H/2^(stage-1), W/2^(stage-1), width)
        x = attend(x, f"encoder{stage}_attention") if attend else x
        x = layers.MaxPooling2D(2, name="code" if stage == len(stages) else f"encoder{stage}_pool")(x)
    for stage, width, attend in reversed(stages):
        x = layers.UpSampling2D(2, name=f"decoder{stage}_upsampling")(x)
        x = conv_norm(
            x, width, 3, name=f"decoder{stage}", relu=True
        )  # (N, H/2^(stage-1), W/2^(stage-1), width)
        x = attend(x, f"decoder{stage}_attention") if attend else x
    pixels = layers.Conv2D(
        input_shape[-1] or 1, 3, padding="same", activation="sigmoid", dtype="float32", name="reconstruction"
    )(x)
    return keras.Model(images, pixels, name="autoencoder")


def _check(filters: Sequence[int], input_shape: Sequence[int | None]) -> None:
    if not filters:
        raise ValueError("filters=() is not allowed; give the width of at least one stage.")
    for stage, width in enumerate(filters, 1):
        positive(**{f"filters[{stage - 1}]": width})
    factor = 2 ** len(filters)
    if len(input_shape) != 3 or input_shape[-1] is None:
        raise ValueError(f"input_shape={tuple(input_shape)} is not allowed; give (height, width, channels).")
    if any(size is not None and size % factor for size in input_shape[:2]):
        raise ValueError(
            f"input_shape={tuple(input_shape)} cannot be halved {len(filters)} times; give a height and "
            f"width that {factor} divides, or fewer stages."
        )
