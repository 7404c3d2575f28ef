"""A convolutional autoencoder with a place for attention in every stage."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import layers

from course_lib.arguments import positive
from course_lib.blocks.attention_block import Attention
from course_lib.networks.conv_norm import conv_norm
from course_lib.networks.images import image_input


def autoencoder(
    filters: Sequence[int] = (32, 16),
    *,
    attention: Attention | Sequence[Attention | None] | None = None,
    input_shape: Sequence[int | None] = (28, 28, 1),
) -> keras.Model:
    """Return an autoencoder: a functional model from images (N, H, W, channels), in [0, 1], to such images.

    A stage of the encoder is a 3×3 convolution with normalisation and ReLU, then a max pooling; one of the
    decoder an upsampling, then such a convolution. The code, the output of layer "code", has the shape
    (N, H / 2^stages, W / 2^stages, filters[-1]). Nothing else connects encoder and decoder.

    Args:
        filters: Channels of each stage of the encoder; the decoder mirrors them.
        attention: One for all stages, or one or None for each stage of the encoder; a function of (x, name),
            such as `plug(CBAM, reduction=8)`. It stands after the convolution, in the encoder and in its
            mirror image.
        input_shape: (H, W, channels). H and W may be None; a first layer then refuses images whose size is
            not a multiple of 2^stages.

    Raises:
        ValueError: If H or W is known and no such multiple, if a width is not a whole number of at least 1,
            or if the number of attentions is not that of the stages.
    """
    _check(filters)
    if attention is None or callable(attention):
        attention = [attention] * len(filters)
    if len(attention) != len(filters):
        raise ValueError(
            f"attention has {len(attention)} entries for {len(filters)} stages; give one, or None, for each."
        )
    stages = list(zip(range(1, len(filters) + 1), filters, attention, strict=True))
    images = x = image_input(input_shape)
    _refuse_unless_halved(input_shape, len(filters))
    if None in input_shape:
        x = WholeHalves(len(filters), name="whole_halves")(x)
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
        input_shape[-1], 3, padding="same", activation="sigmoid", dtype="float32", name="reconstruction"
    )(x)
    return keras.Model(images, pixels, name="autoencoder")


@keras.saving.register_keras_serializable("course_lib")
class WholeHalves(keras.layers.Layer):  # type: ignore[misc]
    """Passes on images (N, H, W, C) whose sides can be halved `times` times; raises ValueError for others.

    A side that is unknown when a graph is traced is not checked.
    """

    def __init__(self, times: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.times = times

    def call(self, images: Any) -> Any:
        _refuse_unless_halved(images.shape[1:], self.times)
        return images

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "times": self.times}


def _refuse_unless_halved(image_shape: Sequence[int | None], times: int) -> None:
    """Raise ValueError if the height or width of an image is known and cannot be halved so often."""
    factor = 2**times
    if any(size is not None and size % factor for size in image_shape[:2]):
        raise ValueError(
            f"input_shape={tuple(image_shape)} cannot be halved {times} times; give a height and width that "
            f"{factor} divides, or fewer stages."
        )


def _check(filters: Sequence[int]) -> None:
    if not filters:
        raise ValueError("filters=() is not allowed; give the width of at least one stage.")
    for stage, width in enumerate(filters, 1):
        positive(**{f"filters[{stage - 1}]": width})
