"""What attention costs: a training step with our blocks against bare Keras, and time against multiply–adds.

    python benchmarks/blocks.py [--steps 40]

Prints two tables. In the first, one step of training a lesson-size network built from `course_lib` is divided
by that of the same network written out in bare Keras: 1.00 is the same speed, 1.05 the limit we set. The
interval is that of the median ratio (bootstrap, 95 %).
In the second, each network with attention is divided by the one without, in time and in multiply–adds. Steps
of the networks compared take turns, and ratios are medians over turns: a busy machine slows both alike.
"""

import argparse
import time
from collections.abc import Callable, Mapping

import keras
import numpy as np
from keras import layers, ops
from scipy.stats import bootstrap

from course_lib import blocks, networks
from course_lib.blocks import plug
from course_lib.count import size_of, table

IMAGE, BATCH, WARM_UP = (28, 28, 1), 64, 5


def bare_squeeze_excitation(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    channels = x.shape[-1]
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    z = layers.Dense(channels // 8, activation="relu")(z)
    return layers.Multiply()([x, layers.Dense(channels, activation="sigmoid")(z)])


def bare_cbam(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    channels = x.shape[-1]
    reduce, expand = layers.Dense(channels // 8, activation="relu"), layers.Dense(channels)
    average = expand(reduce(layers.GlobalAveragePooling2D(keepdims=True)(x)))
    highest = expand(reduce(layers.GlobalMaxPooling2D(keepdims=True)(x)))
    x = layers.Multiply()([x, ops.sigmoid(average + highest)])
    maps = layers.Concatenate()([ops.max(x, -1, keepdims=True), ops.mean(x, -1, keepdims=True)])
    scores = layers.BatchNormalization()(layers.Conv2D(1, 7, padding="same", use_bias=False)(maps))
    return layers.Multiply()([x, ops.sigmoid(scores)])


def bare_bam(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    channels = x.shape[-1]
    c = layers.Dense(channels // 8)(layers.GlobalAveragePooling2D(keepdims=True)(x))
    c = layers.Dense(channels)(layers.ReLU()(layers.BatchNormalization()(c)))
    s = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(channels // 8, 1)(x)))
    for _ in range(2):
        s = layers.Conv2D(channels // 8, 3, padding="same", dilation_rate=4)(s)
        s = layers.ReLU()(layers.BatchNormalization()(s))
    s = layers.Conv2D(1, 1)(s)
    return layers.Multiply()([x, 1 + ops.sigmoid(c + s)])


def bare_resnet(attention: Callable[..., keras.KerasTensor] | None, between: bool = False) -> keras.Model:
    """The network of `small_resnet(8)`, written out."""

    def conv(x: keras.KerasTensor, filters: int, size: int, strides: int = 1) -> keras.KerasTensor:
        x = layers.Conv2D(filters, size, strides, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    images = keras.Input(IMAGE)
    x = layers.ReLU()(conv(images, 16, 3))
    for stage, filters in enumerate((16, 32, 64)):
        strides = 2 if stage else 1
        y = conv(layers.ReLU()(conv(x, filters, 3, strides)), filters, 3)
        if attention and not between:
            y = attention(y, "")
        x = conv(x, filters, 1, strides) if stage else x
        x = layers.ReLU()(layers.Add()([x, y]))
        if attention and between and stage < 2:
            x = attention(x, "")
    return keras.Model(images, layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(x)))


def bare_unit(x: keras.KerasTensor, filters: int, strides: int = 1) -> keras.KerasTensor:
    active = layers.ReLU()(layers.BatchNormalization()(x))
    same = strides == 1 and x.shape[-1] == filters
    shortcut = x if same else layers.Conv2D(filters, 1, strides, use_bias=False)(active)
    y = layers.Conv2D(filters // 4, 1, use_bias=False)(active)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    y = layers.Conv2D(filters // 4, 3, strides, padding="same", use_bias=False)(y)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    return layers.Add()([shortcut, layers.Conv2D(filters, 1, use_bias=False)(y)])


def bare_module(x: keras.KerasTensor, poolings: int) -> keras.KerasTensor:
    """An attention module with half-pixel upsampling, the one that bare Keras offers."""
    filters = x.shape[-1]
    x = bare_unit(x, filters)
    trunk = bare_unit(bare_unit(x, filters), filters)
    mask, skips = x, [x]
    for _ in range(poolings):
        mask = bare_unit(layers.MaxPooling2D(3, 2, padding="same")(mask), filters)
        skips.append(mask)
    mask = bare_unit(mask, filters)
    for depth in range(poolings - 1, -1, -1):
        size = skips[depth].shape[1:3]
        mask = layers.Resizing(*size, interpolation="bilinear")(mask)
        if depth:
            mask = bare_unit(layers.Add()([mask, bare_unit(skips[depth], filters)]), filters)
    for _ in range(2):
        mask = layers.ReLU()(layers.BatchNormalization()(mask))
        mask = layers.Conv2D(filters, 1, use_bias=False)(mask)
    return bare_unit((1 + ops.sigmoid(mask)) * trunk, filters)


def bare_residual_attention_network() -> keras.Model:
    """The network of `small_residual_attention_network(filters=16)`, written out."""
    images = keras.Input(IMAGE)
    x = layers.Conv2D(4, 3, padding="same", use_bias=False)(images)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    for stage, poolings in enumerate((2, 1, 1)):
        x = bare_module(bare_unit(x, 16 * 2**stage, 2 if stage else 1), poolings)
    for _ in range(3):
        x = bare_unit(x, 64)
    x = layers.GlobalAveragePooling2D()(layers.ReLU()(layers.BatchNormalization()(x)))
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))


def milliseconds(models: Mapping[str, keras.Model], steps: int) -> dict[str, np.ndarray]:
    """Durations of `steps` training steps of each, (steps,), the models taking turns."""
    rng = np.random.default_rng(1)
    images, labels = rng.random((BATCH, *IMAGE), "float32"), rng.integers(0, 10, BATCH)
    for model in models.values():
        model.compile("adam", "sparse_categorical_crossentropy")
    taken: dict[str, list[float]] = {name: [] for name in models}
    for _ in range(WARM_UP + steps):
        for name, model in models.items():
            start = time.perf_counter()
            model.train_on_batch(images, labels)
            taken[name].append(1000 * (time.perf_counter() - start))
    return {name: np.array(times[WARM_UP:]) for name, times in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=40, help="training steps timed for each network")
    steps = parser.parse_args().steps

    ours: dict[str, Callable[[], keras.Model]] = {
        "plain": lambda: networks.small_resnet(8),
        "SE": lambda: networks.small_resnet(8, attention=plug(blocks.SqueezeExcitation, reduction=8)),
        "CBAM": lambda: networks.small_resnet(8, attention=plug(blocks.CBAM, reduction=8)),
        "BAM": lambda: networks.small_resnet(8, stage_attention=plug(blocks.BAM, reduction=8)),
        "residual attention": lambda: networks.small_residual_attention_network(
            filters=16, upsampling="half_pixel"
        ),
    }
    bare: dict[str, Callable[[], keras.Model]] = {
        "plain": lambda: bare_resnet(None),
        "SE": lambda: bare_resnet(bare_squeeze_excitation),
        "CBAM": lambda: bare_resnet(bare_cbam),
        "BAM": lambda: bare_resnet(bare_bam, between=True),
        "residual attention": bare_residual_attention_network,
    }
    rows = []
    for name in ours:
        pair = {"ours": ours[name](), "bare": bare[name]()}
        assert pair["ours"].count_params() == pair["bare"].count_params(), name
        times = milliseconds(pair, steps)
        ratios = times["ours"] / times["bare"]
        low, high = bootstrap((ratios,), np.median, method="percentile", rng=1).confidence_interval
        medians = (f"{np.median(t):.1f}" for t in times.values())
        rows.append((name, *medians, f"{np.median(ratios):.3f}", f"{low:.3f} to {high:.3f}"))
    print(f"One training step, {BATCH} images of {IMAGE}, milliseconds (median of {steps})\n")
    print(table(("network", "course_lib", "bare Keras", "ratio", "95 %"), rows))

    models = {name: build() for name, build in ours.items() if name != "residual attention"}
    times = milliseconds(models, steps)
    sizes = {name: size_of(model) for name, model in models.items()}
    rows = [
        (
            name,
            f"{np.median(times[name] / times['plain']):.2f}",
            f"{sizes[name].multiply_adds / sizes['plain'].multiply_adds:.3f}",
            f"{sizes[name].trainable / sizes['plain'].trainable:.3f}",
        )
        for name in models
    ]
    print("\nAttention in small_resnet(8), each divided by the plain network\n")
    print(table(("attention", "time", "multiply–adds", "parameters"), rows))


if __name__ == "__main__":
    main()
