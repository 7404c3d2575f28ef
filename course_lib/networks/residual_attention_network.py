"""The residual attention network: Attention-56, Attention-92, and smaller ones for small images."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import layers

from course_lib.arguments import one_of, positive, whole
from course_lib.blocks.residual_attention import ResidualAttentionModule
from course_lib.blocks.residual_unit import ResidualUnit
from course_lib.networks.conv_norm import conv_norm
from course_lib.networks.images import image_input

_STEMS = ("imagenet", "cifar")


def attention_56(**options: Any) -> keras.Model:
    """Return Attention-56, for 224×224×3 images and 1000 classes: one module in each of the three stages.

    31,810,728 trainable parameters, 31,883,432 with the statistics of normalisation; the paper says 31.9 M,
    and so counts the statistics. skip="plain" makes 31,389,864 trainable parameters, batch_norm=False
    31,803,560, use_bias=True 31,850,856.

    Args:
        options: As of `residual_attention_network`.
    """
    return residual_attention_network((1, 1, 1), **options)


def attention_92(**options: Any) -> keras.Model:
    """Return Attention-92, for 224×224×3 images and 1000 classes: one, two and three modules in its stages.

    52,466,344 trainable parameters, as in the authors' own network file; the paper says 51.3 M, which neither
    way of counting gives.

    Args:
        options: As of `residual_attention_network`.
    """
    return residual_attention_network((1, 2, 3), **options)


def residual_attention_network(
    modules: Sequence[int] = (1, 1, 1),
    *,
    filters: int = 256,
    poolings: Sequence[int] = (3, 2, 1),
    stem: str = "imagenet",
    widen: bool = True,
    input_shape: Sequence[int | None] = (224, 224, 3),
    classes: int = 1000,
    use_bias: bool = False,
    **module_options: Any,
) -> keras.Model:
    """Return a residual attention network: a functional model from images (N, H, W, C) to probabilities.

    With m modules in each of three stages, and p, t, r = 1, 2, 1, the trunk has 36m + 20 layers. The paper
    does not say how wide its networks for CIFAR are.

    Args:
        modules: Attention modules per stage. Every stage but the first doubles the channels and halves the
            size.
        filters: Channels of the first stage, a multiple of 4; the stem has a quarter of them.
        poolings: Of the masks, per stage. The paper's 3, 2, 1 suit stages of 56, 28 and 14 pixels; see
            `small_residual_attention_network` for 28×28 images.
        stem: "imagenet" is a 7×7 convolution and a max pooling, each of stride 2; "cifar" a 3×3 convolution.
        widen: Whether the three units after the last stage double the channels and halve the size once more,
            as they do for ImageNet; otherwise they keep both.
        input_shape: (H, W, channels).
        classes: Number of classes.
        use_bias: Whether convolutions have biases; the released networks have none.
        module_options: Of `ResidualAttentionModule`: p, t, r; residual (False is naive attention); activation
            "mixed", "channel" or "spatial"; skip, upsampling, batch_norm.

    Raises:
        ValueError: If modules and poolings differ in length, a number of modules is negative, for an unknown
            stem, an input_shape of another form, and as the modules raise it.

    Reference: Wang and others, "Residual Attention Network for Image Classification", 2017, arXiv:1704.06904.
    """
    positive(filters=filters, classes=classes)
    for stage, count in enumerate(modules):
        whole(least=0, **{f"modules[{stage}]": count})
    one_of(_STEMS, stem=stem)
    if len(modules) != len(poolings):
        raise ValueError(
            f"poolings={tuple(poolings)} does not suit modules={tuple(modules)}; give one for each stage."
        )
    images = image_input(input_shape)
    if stem == "imagenet":
        x = conv_norm(images, filters // 4, 7, 2, name="stem", relu=True, use_bias=use_bias)
        x = layers.MaxPooling2D(3, 2, padding="same", name="stem_pool")(x)
    else:
        x = conv_norm(images, filters // 4, 3, name="stem", relu=True, use_bias=use_bias)
    for stage, (count, depth) in enumerate(zip(modules, poolings, strict=True), 1):
        strides = 1 if stage == 1 else 2
        x = ResidualUnit(filters, strides, use_bias=use_bias, name=f"stage{stage}_unit")(x)
        for module in range(1, count + 1):
            name = f"stage{stage}_module{module}"
            x = ResidualAttentionModule(depth, use_bias=use_bias, name=name, **module_options)(x)
        filters *= 2
    for unit in (1, 2, 3):
        wider = {"filters": filters, "strides": 2} if widen and unit == 1 else {}
        x = ResidualUnit(**wider, use_bias=use_bias, name=f"last_unit{unit}")(x)
    x = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name="last_norm")(x)
    x = layers.GlobalAveragePooling2D(name="pool")(layers.ReLU(name="last_relu")(x))
    probabilities = layers.Dense(int(classes), activation="softmax", dtype="float32", name="probabilities")(x)
    depth = _trunk_depth(modules, **module_options)
    return keras.Model(images, probabilities, name=f"attention_{depth}")


def small_residual_attention_network(
    modules: Sequence[int] = (1, 1, 1),
    *,
    filters: int = 32,
    poolings: Sequence[int] = (2, 1, 1),
    input_shape: Sequence[int | None] = (28, 28, 1),
    classes: int = 10,
    **options: Any,
) -> keras.Model:
    """Return the network for 28×28 images: stages of 28, 14 and 7 pixels, the smallest masks 7, 7 and 4.

    Arguments and errors are those of `residual_attention_network`, with the "cifar" stem and without
    widening.
    """
    return residual_attention_network(
        modules,
        filters=filters,
        poolings=poolings,
        stem="cifar",
        widen=False,
        input_shape=input_shape,
        classes=classes,
        **options,
    )


def _trunk_depth(modules: Sequence[int], p: int = 1, t: int = 2, **_: Any) -> int:
    """Count the layers along the trunk, from image to probabilities: three per unit, the first, the last."""
    units = sum(modules) * (2 * p + t) + len(modules) + 3
    return 3 * units + 2
