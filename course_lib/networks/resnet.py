"""Residual networks, with attention wherever the papers put it."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import layers

from course_lib.arguments import one_of, positive
from course_lib.blocks.attention_block import Attention
from course_lib.networks.conv_norm import conv_norm
from course_lib.networks.images import image_input

_DEPTHS = {
    18: ("basic", (2, 2, 2, 2)),
    34: ("basic", (3, 4, 6, 3)),
    50: ("bottleneck", (3, 4, 6, 3)),
    101: ("bottleneck", (3, 4, 23, 3)),
}
_STRIDES = ("v1", "v1.5")
_STEMS = ("imagenet", "cifar")


def resnet(
    depth: int = 50,
    *,
    attention: Attention | None = None,
    stage_attention: Attention | None = None,
    stride: str = "v1.5",
    stem: str = "imagenet",
    input_shape: Sequence[int | None] = (224, 224, 3),
    classes: int = 1000,
) -> keras.Model:
    """Return ResNet-18, -34, -50 or -101: a functional model from images (N, H, W, C) to probabilities.

    Convolutions have no biases and pad as Keras' "same" does; PyTorch starts one pixel earlier on even sizes,
    which changes no count.

    Args:
        depth: 18, 34, 50 or 101.
        attention: Put into every block, after its last normalisation and before the addition, as SE-ResNet
            and ResNet+CBAM do: `plug(SqueezeExcitation)`, `plug(CBAM)`, or any function of (x, name).
        stage_attention: Put after every stage but the last, before the size shrinks, as ResNet+BAM does:
            `plug(BAM)`.
        stride: Where a bottleneck that halves the size does so: "v1" in its first 1×1 convolution, as the
            papers count; "v1.5" in its 3×3 convolution, as the code of CBAM and BAM does. It has no effect on
            basic blocks.
        stem: "imagenet" is a 7×7 convolution and a max pooling, each of stride 2; "cifar" a 3×3 convolution.
        input_shape: (H, W, channels).
        classes: Number of classes.

    Raises:
        ValueError: For an unknown depth, stride or stem, fewer than one class, or an input_shape of another
            form.

    References: He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition", 2015, arXiv:1512.03385;
    and those of the attention blocks.
    """
    if depth not in tuple(_DEPTHS):  # also finds what cannot be a key
        raise ValueError(f"depth={depth!r} is not known; choose one of {', '.join(map(str, _DEPTHS))}.")
    block, stages = _DEPTHS[depth]
    widths = [64 * 2**i for i in range(len(stages))]
    return _build(
        f"resnet{depth}",
        block,
        stages,
        widths,
        attention,
        stage_attention,
        stride,
        stem,
        input_shape,
        classes,
    )


def small_resnet(
    depth: int = 20,
    *,
    filters: int = 16,
    block: str = "basic",
    attention: Attention | None = None,
    stage_attention: Attention | None = None,
    stride: str = "v1.5",
    input_shape: Sequence[int | None] = (28, 28, 1),
    classes: int = 10,
) -> keras.Model:
    """Return the three-stage network for small images, of `filters`, 2·`filters` and 4·`filters` channels.

    Args:
        depth: 6n + 2 with "basic" blocks (8, 14, 20, 32, 44, 56, 110), 9n + 2 with "bottleneck" blocks, which
            have four times the channels.
        filters: Channels of the first stage.
        block: "basic" or "bottleneck". Shortcuts that change shape are 1×1 convolutions with normalisation.
        attention, stage_attention, stride, input_shape, classes: As of `resnet`; the stem is "cifar".

    Raises:
        ValueError: As `resnet` raises it, and for a depth that does not fit.
    """
    one_of(_BLOCKS, block=block)
    positive(depth=depth, filters=filters)
    step = 6 if block == "basic" else 9
    if depth % step != 2 or depth <= 2:
        allowed = ", ".join(str(step * n + 2) for n in range(1, 7))
        raise ValueError(f"depth={depth} does not suit {block} blocks; choose {step}n + 2: {allowed} …")
    stages, widths = [(depth - 2) // step] * 3, [filters, 2 * filters, 4 * filters]
    return _build(
        f"small_resnet{depth}",
        block,
        stages,
        widths,
        attention,
        stage_attention,
        stride,
        "cifar",
        input_shape,
        classes,
    )


def _build(
    name: str,
    block: str,
    stages: Sequence[int],
    widths: Sequence[int],
    attention: Attention | None,
    stage_attention: Attention | None,
    stride: str,
    stem: str,
    input_shape: Sequence[int | None],
    classes: int,
) -> keras.Model:
    one_of(_STRIDES, stride=stride)
    one_of(_STEMS, stem=stem)
    positive(classes=classes)
    images = image_input(input_shape)
    if stem == "imagenet":
        x = conv_norm(images, widths[0], 7, 2, name="stem", relu=True)
        x = layers.MaxPooling2D(3, 2, padding="same", name="stem_pool")(x)
    else:
        x = conv_norm(images, widths[0], 3, name="stem", relu=True)
    for stage, (units, width) in enumerate(zip(stages, widths, strict=True), 1):
        for unit in range(1, units + 1):
            strides = 2 if stage > 1 and unit == 1 else 1
            x = _BLOCKS[block](x, width, strides, stride, attention, f"stage{stage}_block{unit}")
        if stage_attention and stage < len(stages):
            x = stage_attention(x, f"stage{stage}_attention")
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    # Probabilities stay in float32 under mixed precision.
    probabilities = layers.Dense(int(classes), activation="softmax", dtype="float32", name="probabilities")(x)
    return keras.Model(images, probabilities, name=name)


def _residual_block(
    x: Any, filters: int, strides: int, stride: str, attention: Attention | None, name: str
) -> keras.KerasTensor:
    """Apply two 3×3 convolutions and the shortcut, (N, H, W, A) to (N, H/strides, W/strides, filters)."""
    y = conv_norm(x, filters, 3, strides, name=f"{name}_1", relu=True)
    y = conv_norm(y, filters, 3, name=f"{name}_2")
    return _join(x, y, strides, attention, name)


def _bottleneck_block(
    x: Any, filters: int, strides: int, stride: str, attention: Attention | None, name: str
) -> keras.KerasTensor:
    """Apply 1×1, 3×3, 1×1 convolutions and a shortcut; returns (N, H/strides, W/strides, 4·filters)."""
    first, second = (strides, 1) if stride == "v1" else (1, strides)
    y = conv_norm(x, filters, 1, first, name=f"{name}_1", relu=True)
    y = conv_norm(y, filters, 3, second, name=f"{name}_2", relu=True)
    y = conv_norm(y, 4 * filters, 1, name=f"{name}_3")
    return _join(x, y, strides, attention, name)


_BLOCKS = {"basic": _residual_block, "bottleneck": _bottleneck_block}


def _join(x: Any, y: Any, strides: int, attention: Attention | None, name: str) -> keras.KerasTensor:
    """Compute relu(attention(y) + x), with a 1×1 convolution of x where the shapes differ."""
    if attention:
        y = attention(y, f"{name}_attention")
    if strides > 1 or x.shape[-1] != y.shape[-1]:
        x = conv_norm(x, y.shape[-1], 1, strides, name=f"{name}_shortcut")
    return layers.ReLU(name=f"{name}_relu")(layers.Add(name=f"{name}_add")([x, y]))
