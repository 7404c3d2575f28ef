"""BN-Inception, whose modules take attention as SE-BN-Inception does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
from keras import layers

from course_lib.arguments import positive
from course_lib.blocks.attention_block import Attention
from course_lib.networks.conv_norm import conv_norm
from course_lib.networks.images import image_input


@dataclass(frozen=True)
class _Module:
    """Widths of one Inception module; a module without `single` halves the size."""

    name: str
    single: int  # 1×1
    triple: tuple[int, int]  # 1×1, then 3×3
    double: tuple[int, int]  # 1×1, then 3×3 twice
    pool: str
    projection: int = 0  # 1×1 after the pooling


_MODULES = (
    _Module("3a", 64, (64, 64), (64, 96), "average", 32),
    _Module("3b", 64, (64, 96), (64, 96), "average", 64),
    _Module("3c", 0, (128, 160), (64, 96), "max"),
    _Module("4a", 224, (64, 96), (96, 128), "average", 128),
    _Module("4b", 192, (96, 128), (96, 128), "average", 128),
    _Module("4c", 160, (128, 160), (128, 160), "average", 128),
    _Module("4d", 96, (128, 192), (160, 192), "average", 128),
    _Module("4e", 0, (128, 192), (192, 256), "max"),
    _Module("5a", 352, (192, 320), (160, 224), "average", 128),
    _Module("5b", 352, (192, 320), (192, 224), "max", 128),
)


def bn_inception(
    *,
    attention: Attention | None = None,
    input_shape: Sequence[int | None] = (224, 224, 3),
    classes: int = 1000,
) -> keras.Model:
    """Return BN-Inception: a functional model from images (N, H, W, channels) to probabilities (N, classes).

    Convolutions have no biases; each is followed by batch normalisation and ReLU. 11,285,224 trainable
    parameters, 11,931,622 with squeeze-and-excitation.

    Args:
        attention: Applied once to the joined output of each of the ten modules; `plug(SqueezeExcitation)`
            makes SE-BN-Inception. Any function of (x, name) will do.
        input_shape: (H, W, channels).
        classes: Number of classes.

    Raises:
        ValueError: For less than one class, or an input_shape of another form.

    References: Ioffe, Szegedy, "Batch Normalization", 2015, arXiv:1502.03167; Hu and others,
    "Squeeze-and-Excitation Networks", 2017, arXiv:1709.01507.
    """
    positive(classes=classes)
    images = image_input(input_shape)
    x = conv_norm(images, 64, 7, 2, name="stem_1", relu=True)
    x = layers.MaxPooling2D(3, 2, padding="same", name="stem_1_pool")(x)
    x = conv_norm(x, 64, 1, name="stem_2", relu=True)
    x = conv_norm(x, 192, 3, name="stem_3", relu=True)
    x = layers.MaxPooling2D(3, 2, padding="same", name="stem_3_pool")(x)
    for module in _MODULES:
        x = _inception_module(x, module)
        if attention:
            x = attention(x, f"module_{module.name}_attention")
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    probabilities = layers.Dense(int(classes), activation="softmax", dtype="float32", name="probabilities")(x)
    return keras.Model(images, probabilities, name="bn_inception")


def _inception_module(x: Any, module: _Module) -> keras.KerasTensor:
    """Join four branches along the channels: (N, H, W, A) to (N, H/s, W/s, sum of widths)."""
    name, strides = f"module_{module.name}", 1 if module.single else 2
    branches = []
    if module.single:
        branches.append(conv_norm(x, module.single, 1, name=f"{name}_single", relu=True))
    y = conv_norm(x, module.triple[0], 1, name=f"{name}_triple_1", relu=True)
    branches.append(conv_norm(y, module.triple[1], 3, strides, name=f"{name}_triple_2", relu=True))
    y = conv_norm(x, module.double[0], 1, name=f"{name}_double_1", relu=True)
    y = conv_norm(y, module.double[1], 3, name=f"{name}_double_2", relu=True)
    branches.append(conv_norm(y, module.double[1], 3, strides, name=f"{name}_double_3", relu=True))
    pooling = layers.AveragePooling2D if module.pool == "average" else layers.MaxPooling2D
    y = pooling(3, strides, padding="same", name=f"{name}_pool")(x)
    if module.projection:
        y = conv_norm(y, module.projection, 1, name=f"{name}_projection", relu=True)
    branches.append(y)
    return layers.Concatenate(name=f"{name}_join")(branches)
