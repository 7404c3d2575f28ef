"""Counting: every kind of layer against a formula, and the tables."""

from collections.abc import Callable

import keras
import numpy as np
import pytest
from keras import layers

from course_lib import blocks
from course_lib.count import PaperComparison, Size, compare, papers_table, size_of, table


@pytest.mark.parametrize(
    ("layer", "trainable", "multiply_adds"),
    [
        (layers.Dense(7), 5 * 7 + 7, 8 * 6 * 5 * 7),
        (layers.Conv2D(7, 3, padding="same"), 9 * 5 * 7 + 7, 8 * 6 * 9 * 5 * 7),
        (layers.Conv2D(7, 3, strides=2, use_bias=False), 9 * 5 * 7, 3 * 2 * 9 * 5 * 7),
        (layers.Conv2D(10, (1, 3), groups=5, padding="same"), 3 * 10 + 10, 8 * 6 * 3 * 10),
        (layers.DepthwiseConv2D(3, padding="same"), 9 * 5 + 5, 8 * 6 * 9 * 5),
        (layers.SeparableConv2D(7, 3, padding="same"), 9 * 5 + 5 * 7 + 7, 8 * 6 * (9 * 5 + 5 * 7)),
        (layers.Conv2DTranspose(7, 3, strides=2, padding="same"), 9 * 5 * 7 + 7, 8 * 6 * 9 * 5 * 7),
        (layers.EinsumDense("nijc,ckd->nijkd", (None, None, 2, 7)), 5 * 2 * 7, 8 * 6 * 5 * 2 * 7),
        (layers.EinsumDense("...c,cd->...d", 7), 5 * 7, 8 * 6 * 5 * 7),
        (layers.TimeDistributed(layers.Dense(7)), 5 * 7 + 7, 8 * 6 * 5 * 7),
        (layers.BatchNormalization(), 10, 0),
        (layers.LayerNormalization(), 10, 0),
        (layers.MaxPooling2D(), 0, 0),
    ],
)
def test_every_kind_of_layer(layer: keras.Layer, trainable: int, multiply_adds: int) -> None:
    size = size_of(layer, (8, 6, 5))
    assert (size.trainable, size.multiply_adds) == (trainable, multiply_adds)


@pytest.mark.parametrize("kind", [layers.Conv2D, layers.Conv2DTranspose])
def test_channels_may_come_first(kind: type[keras.Layer]) -> None:
    size = size_of(kind(7, 3, padding="same", data_format="channels_first"), (5, 8, 6))
    assert size.multiply_adds == 8 * 6 * 9 * 5 * 7


def test_the_projections_of_multi_head_attention_are_counted() -> None:
    tokens = keras.Input((6, 8))
    model = keras.Model(tokens, layers.MultiHeadAttention(num_heads=2, key_dim=4)(tokens, tokens))
    assert size_of(model).multiply_adds == 4 * 6 * 8 * 8


def test_what_is_not_counted_is_said_and_never_zero() -> None:
    tokens = keras.Input((6, 8))
    size = size_of(keras.Model(tokens, layers.Dense(3)(layers.LSTM(4, name="recurrent")(tokens))))
    lines = str(size).splitlines()
    assert [line.endswith("not counted") for line in lines[2:]] == [True, False, True]
    with pytest.raises(ValueError, match=r"multiply_adds .* 'recurrent/lstm_cell' .* LSTMCell"):
        _ = size.multiply_adds
    assert compare("LSTM", size, "0.0 M", "trainable parameters").here == size.trainable


class Twice(layers.Dense):
    def call(self, x, training=None):
        return super().call(super().call(x))


class Tied(layers.Layer):
    """Goes back by the same matrix; `kind` makes its inner layer."""

    def __init__(self, inner: keras.Layer, name: str) -> None:
        super().__init__()
        self.inner, self.matrix = inner, name

    def build(self, input_shape):
        self.inner.build(input_shape)

    def call(self, x):
        return self.inner(x) @ keras.ops.transpose(getattr(self.inner, self.matrix))


def quantised() -> keras.Layer:
    layer = layers.Dense(5)
    layer.build((None, 5))
    layer.quantize("int8")
    return layer


def with_lora() -> keras.Layer:
    layer = layers.Dense(5)
    layer.build((None, 5))
    layer.enable_lora(2)
    return layer


@pytest.mark.parametrize(
    "make",
    [
        lambda: Twice(5),
        lambda: Tied(layers.Dense(3), "kernel"),
        lambda: Tied(layers.Embedding(4, 5), "embeddings"),
        quantised,
        with_lora,
    ],
)
def test_a_layer_that_does_more_than_its_kind_is_not_counted(make: Callable[[], keras.Layer]) -> None:
    size = size_of(make(), (5,))
    assert str(size).splitlines()[-1].endswith("not counted")
    with pytest.raises(ValueError, match="multiply_adds"):
        _ = size.multiply_adds


def test_statistics_are_counted_apart() -> None:
    size = size_of(layers.BatchNormalization(), (8, 6, 5))
    assert (size.trainable, size.with_statistics) == (10, 20)


def test_a_layer_used_twice_has_its_weights_once_and_its_work_twice() -> None:
    images, dense = keras.Input((5,)), layers.Dense(5, use_bias=False)
    size = size_of(keras.Model(images, dense(dense(images))))
    assert (size.trainable, size.multiply_adds) == (25, 50)
    # The two summaries of CBAM share one small network.
    assert size_of(blocks.ChannelAttention(2, use_bias=False), (8, 6, 4)).multiply_adds == 2 * 2 * 4 * 2


def test_inner_layers_are_listed_under_their_block() -> None:
    images = keras.Input((8, 6, 4))
    model = keras.Model(images, blocks.CBAM(2, name="attention")(images))
    rows = {layer.path: layer for layer in size_of(model).layers}
    assert rows["attention/spatial/conv"].multiply_adds == 8 * 6 * 98
    assert rows["attention/channel/reduce"].trainable == 4 * 2 + 2
    assert rows["attention/spatial/norm"].statistics == 2
    assert rows["attention"].trainable == 0
    assert sum(row.trainable + row.statistics for row in rows.values()) == model.count_params()


def test_counting_leaves_the_model_as_it_was() -> None:
    images = keras.Input((8, 6, 4))
    model = keras.Model(images, blocks.BAM(2)(images))
    weights = [keras.ops.convert_to_numpy(weight) for weight in model.weights]
    assert size_of(model) == size_of(model)
    assert all("call" not in vars(layer) for layer in model._flatten_layers())
    after = map(keras.ops.convert_to_numpy, model.weights)
    assert all(np.array_equal(a, b) for a, b in zip(weights, after, strict=True))


def test_frozen_weights_are_not_trainable() -> None:
    model = keras.Sequential([keras.Input((5,)), layers.Dense(3), layers.Dense(2)])
    model.layers[0].trainable = False
    size = size_of(model)
    assert (size.trainable, size.frozen, size.statistics, size.with_statistics) == (8, 18, 0, 26)
    norm = layers.BatchNormalization()
    norm.build((None, 8, 6, 5))
    norm.trainable = False
    size = size_of(norm, (8, 6, 5))
    assert (size.trainable, size.frozen, size.statistics) == (0, 10, 10)


def test_two_inputs() -> None:
    left, right = keras.Input((4,)), keras.Input((6,))
    joined = layers.Concatenate()([layers.Dense(3)(left), layers.Dense(2)(right)])
    assert size_of(keras.Model([left, right], joined)).multiply_adds == 4 * 3 + 6 * 2


def test_an_open_size_has_to_be_given() -> None:
    images = keras.Input((None, None, 3))
    model = keras.Model(images, layers.Conv2D(2, 1)(images))
    with pytest.raises(ValueError, match=r"input_shape=None .*\(None, None, 3\)"):
        size_of(model)
    assert size_of(model, (10, 20, 3)).multiply_adds == 10 * 20 * 6
    with pytest.raises(ValueError, match="input_shape=None"):
        size_of(layers.Dense(3))
    with pytest.raises(ValueError, match="input_shape=20 is not allowed"):
        size_of(model, 20)
    with pytest.raises(ValueError, match=r"input_shape\[1\]=None is not allowed"):
        size_of(model, (10, None, 3))


def test_tables_are_aligned() -> None:
    text = table(("name", "count"), [("a", "1,000"), ("long", "20")])
    assert text.splitlines() == ["name  count", "────  ─────", "a     1,000", "long     20"]
    model = keras.Sequential([keras.Input((5,)), layers.Dense(3, name="only")], name="tiny")
    lines = str(size_of(model)).splitlines()
    assert lines[0].split() == ["layer", "kind", "trainable", "frozen", "statistics", "multiply–adds"]
    assert lines[-2].split()[-4:] == ["18", "0", "0", "15"]
    assert lines[-1].split() == ["total", "18", "0", "0", "15"]


@pytest.mark.parametrize(
    ("paper", "here", "match"),
    [
        ("25.92 M", 25_915_099, True),
        ("25.92 M", 25_914_999, False),
        ("31.9 M", 31_883_432, True),
        ("31.9 M", 31_810_728, False),
        ("3.864 G", 3_864_362_102, True),
    ],
)
def test_a_match_is_a_match_in_every_printed_digit(paper: str, here: int, match: bool) -> None:
    comparison = PaperComparison("Network", paper, here, "trainable parameters")
    assert comparison.match is match
    assert papers_table([comparison]).splitlines()[-1].endswith("yes" if match else "no")


def test_the_convention_chooses_the_number() -> None:
    size = Size(size_of(layers.BatchNormalization(), (8, 6, 5)).layers)
    assert compare("Norm", size, "0.0 M", "parameters with statistics").here == 20
    with pytest.raises(ValueError, match=r"convention='all'.*'trainable parameters'"):
        compare("Norm", size, "0.0 M", "all")


@pytest.mark.parametrize("paper", ["25.92", "25,92 M", "25.92M", "about 26 M", "26 T", "", 26.0])
def test_a_figure_that_cannot_be_read_is_refused(paper: str) -> None:
    with pytest.raises(ValueError, match=f"paper={paper!r} is not allowed; .* as in '25.92 M'"):
        PaperComparison("Network", paper, 26_000_000, "trainable parameters")
