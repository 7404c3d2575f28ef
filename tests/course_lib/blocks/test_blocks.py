"""The attention blocks: exact numbers, exact counts, and good manners as Keras layers."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import block_cases
import by_hand
import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from course_lib import blocks
from course_lib.blocks.attention_block import Attention

SIZES = [
    (16, 1),
    (16, 16),
    (24, 4),
    (32, 8),
    (48, 16),
    (64, 4),
    (64, 8),
    (64, 16),
    (96, 12),
    (256, 16),
    (512, 16),
    (1024, 16),
    (2048, 16),
]


def counts(layer: keras.Layer, channels: int) -> tuple[int, int]:
    layer.build((None, None, None, channels))
    return layer.count_params() - non_trainable(layer), non_trainable(layer)


def non_trainable(layer: keras.Layer) -> int:
    return sum(int(np.prod(weight.shape)) for weight in layer.non_trainable_weights)


@pytest.mark.parametrize("name", block_cases.CASES)
def test_numbers_equal_the_equations_by_hand(name: str) -> None:
    layer, x = block_cases.make(name)
    for got, wanted in zip(block_cases.run(layer, x), by_hand.expected(layer, x), strict=True):
        assert got.shape == wanted.shape
        np.testing.assert_allclose(got, wanted, rtol=1e-5, atol=1e-5)


def test_numbers_are_the_same_on_jax(tmp_path: Path) -> None:
    pytest.importorskip("jax")
    stored = tmp_path / "jax.npz"
    command = [sys.executable, block_cases.__file__, str(stored)]
    environment = {**os.environ, "KERAS_BACKEND": "jax", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run(command, check=True, env=environment)
    with np.load(stored) as there:
        for name in block_cases.CASES:
            for i, here in enumerate(block_cases.run(*block_cases.make(name))):
                np.testing.assert_allclose(there[f"{name}.{i}"], here, rtol=1e-5, atol=1e-5, err_msg=name)


@pytest.mark.parametrize(("C", "r"), SIZES)
def test_parameter_formulas(C: int, r: int) -> None:
    h = C // r
    assert counts(blocks.SqueezeExcitation(r), C) == (2 * C * h + C + h, 0)
    assert counts(blocks.SqueezeExcitation(r, use_bias=False), C) == (2 * C * h, 0)
    assert counts(blocks.ChannelAttention(r), C) == (2 * C * h + C + h, 0)
    assert counts(blocks.ChannelAttention(r, use_bias=False), C) == (2 * C * h, 0)
    assert counts(blocks.CBAM(r), C) == (2 * C * h + C + h + 2 * 49 + 2, 2)
    code = 3 * C * h + 18 * h**2 + C + 13 * h + 1
    assert counts(blocks.BAM(r), C) == (code, 8 * h)
    assert counts(blocks.BAM(r, 1, "product", "everywhere"), C) == (code + 2 * C + 2, 8 * h + 2 * C + 2)
    equation = 3 * C * h + 18 * h**2 + 3 * C + 5 * h + 3
    assert counts(blocks.BAM(r, layout="equation"), C) == (equation, 2 * C + 2)


@pytest.mark.parametrize("k", range(1, 12))
def test_parameters_of_spatial_attention(k: int) -> None:
    assert counts(blocks.SpatialAttention(k, batch_norm=False), 8) == (2 * k**2, 0)
    assert counts(blocks.SpatialAttention(k, batch_norm=False, use_bias=True), 8) == (2 * k**2 + 1, 0)
    assert counts(blocks.SpatialAttention(k), 8) == (2 * k**2 + 2, 2)


@pytest.mark.parametrize(
    ("f", "D", "p", "t", "r"),
    [
        (8, 1, 1, 2, 1),
        (8, 2, 1, 2, 1),
        (16, 3, 1, 2, 1),
        (64, 3, 1, 2, 1),
        (128, 2, 1, 2, 1),
        (256, 1, 1, 2, 1),
        (4, 1, 2, 4, 3),
        (4, 2, 1, 1, 2),
        (6, 3, 3, 2, 1),
        (10, 2, 2, 3, 2),
    ],
)
def test_parameters_of_the_residual_attention_module(f: int, D: int, p: int, t: int, r: int) -> None:
    unit, n = 17 * f**2 + 12 * f, 2 * p + t + 2 * r * D + D - 1
    module = blocks.ResidualAttentionModule(D, p, t, r)
    assert counts(module, 4 * f) == (n * unit + 32 * f**2 + 16 * f, n * 12 * f + 16 * f)
    mask = blocks.SoftMaskBranch(D, r, skip="plain", batch_norm=False)
    assert counts(mask, 4 * f) == (2 * r * D * unit + 32 * f**2, 2 * r * D * 12 * f)
    assert counts(blocks.TrunkBranch(t), 4 * f) == (t * unit, t * 12 * f)


def test_counts_named_in_the_papers_tables() -> None:
    assert [counts(blocks.BAM(16), C)[0] for C in (64, 256, 512, 1024)] == [1173, 17361, 68513, 272193]
    assert [counts(blocks.CBAM(16), C)[0] for C in (64, 256, 512, 1024)] == [680, 8564, 33412, 132260]
    modules = [blocks.ResidualAttentionModule(poolings) for poolings in (3, 2, 1)]  # of Attention-56
    found = [counts(module, C) for module, C in zip(modules, (256, 512, 1024), strict=True)]
    assert found == [(976896, 10240), (3046912, 15872), (8804352, 22528)]


def test_aligned_upsampling_keeps_the_corners() -> None:
    corners = np.array([[0, 1], [2, 3]], "float32")[None, :, :, None]
    thirds = np.add.outer(np.array([0, 2, 4, 6]), np.array([0, 1, 2, 3])) / 3
    aligned = ops.convert_to_numpy(blocks.resize_bilinear(corners, 4, 4, "aligned"))
    np.testing.assert_allclose(aligned[0, :, :, 0], thirds, atol=1e-6)
    row = np.arange(7, dtype="float32")[None, None, :, None]
    aligned = ops.convert_to_numpy(blocks.resize_bilinear(row, 1, 14, "aligned"))
    np.testing.assert_allclose(aligned[0, 0, :, 0], np.arange(14) * 6 / 13, atol=1e-5)


def test_half_pixel_upsampling_is_that_of_keras() -> None:
    x = np.random.default_rng(1).normal(size=(2, 5, 7, 3)).astype("float32")
    theirs = keras.layers.UpSampling2D(2, interpolation="bilinear")(x)
    ours = blocks.resize_bilinear(x, 10, 14, "half_pixel")
    np.testing.assert_allclose(ops.convert_to_numpy(ours), ops.convert_to_numpy(theirs), atol=1e-6)


def test_mask_activations_survive_zeros_and_maps_without_contrast() -> None:
    zeros = tf.zeros((2, 3, 4, 5))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(zeros)
        masks = [blocks.channel_mask(zeros), blocks.spatial_mask(zeros), blocks.mixed_mask(zeros)]
    assert [float(ops.max(ops.abs(mask))) for mask in masks] == [0, 0.5, 0.5]
    for mask in masks:  # a huge gradient would make float16 training skip its steps
        assert np.abs(tape.gradient(mask, zeros)).max() <= 0.25


@pytest.mark.parametrize("constant", [0.3, 7.3, -1e5, 1e-7])
def test_a_map_without_contrast_gives_one_half(constant: float) -> None:
    flat = np.full((1, 7, 9, 2), constant, "float32")
    assert (ops.convert_to_numpy(blocks.spatial_mask(flat)) == 0.5).all()


@pytest.mark.parametrize("offset", [0.0, 7.3])
def test_a_map_with_little_contrast_follows_the_equation(offset: float) -> None:
    scores = (offset + 1e-3 * np.random.default_rng(6).normal(size=(2, 7, 9, 3))).astype("float32")
    exact = scores.astype("float64")
    exact = (exact - exact.mean(axis=(1, 2), keepdims=True)) / exact.std(axis=(1, 2), keepdims=True)
    np.testing.assert_allclose(blocks.spatial_mask(scores), 1 / (1 + np.exp(-exact)), atol=1e-5)


@pytest.mark.parametrize("name", block_cases.CASES)
def test_saving_and_loading_keeps_every_bit(name: str, tmp_path: Path) -> None:
    layer, x = block_cases.make(name)
    inputs = keras.Input(x.shape[1:])
    keras.Model(inputs, layer(inputs)).save(tmp_path / "model.keras")
    twin = keras.models.load_model(tmp_path / "model.keras").get_layer(layer.name)
    assert type(twin) is type(layer)
    assert twin.get_config() == layer.get_config()
    for before, after in zip(block_cases.run(layer, x), block_cases.run(twin, x), strict=True):
        assert np.array_equal(before, after)


@pytest.mark.parametrize("name", block_cases.CASES)
def test_gradients_reach_every_weight(name: str) -> None:
    layer, x = block_cases.make(name)
    aim = np.random.default_rng(5).normal(size=layer.compute_output_shape(x.shape)).astype("float32")
    with tf.GradientTape() as tape:
        loss = ops.sum(layer(tf.constant(x), training=True) * aim)
    variables = [weight.value for weight in layer.trainable_weights]
    for weight, gradient in zip(layer.trainable_weights, tape.gradient(loss, variables), strict=True):
        assert gradient is not None, weight.path
        assert np.isfinite(gradient).all() and np.any(gradient), weight.path


@pytest.mark.parametrize(
    "name",
    ["se", "channel", "spatial", "cbam", "bam", "unit_strided", "trunk", "mask", "mask_half_pixel", "module"],
)
def test_height_and_width_may_be_unknown(name: str) -> None:
    layer, x = block_cases.make(name)
    shows = {"return_attention": True} if isinstance(layer, blocks.AttentionBlock) else {}
    inputs = keras.Input((None, None, x.shape[-1]))
    model = keras.Model(inputs, layer(inputs, **shows))
    for images in (x, x[:, :-1, :-2] if min(x.shape[1:3]) > 9 else x[:2]):
        found = keras.tree.flatten(model.predict_on_batch(images))
        for got, wanted in zip(found, by_hand.expected(layer, images), strict=True):
            np.testing.assert_allclose(got, wanted, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", block_cases.CASES)
def test_shapes_and_types_are_foretold(name: str) -> None:
    layer, x = block_cases.make(name)
    output, *attention = block_cases.run(layer, x)
    assert layer.compute_output_shape(x.shape) == output.shape
    shows = {"return_attention": True} if attention else {}
    foretold = keras.tree.flatten(layer(keras.KerasTensor(x.shape), **shows))
    assert [tensor.shape for tensor in foretold] == [array.shape for array in (output, *attention)]
    assert {tensor.dtype for tensor in foretold} == {"float32"}


@pytest.mark.parametrize(
    "block",
    [
        blocks.SqueezeExcitation,
        blocks.ChannelAttention,
        blocks.SpatialAttention,
        blocks.CBAM,
        blocks.BAM,
        *[
            lambda dtype, a=activation: blocks.ResidualAttentionModule(2, activation=a, dtype=dtype)
            for activation in ("mixed", "channel", "spatial")
        ],
    ],
)
@pytest.mark.parametrize("training", [False, True])
def test_float16_stays_finite(block: Callable[..., keras.Layer], training: bool) -> None:
    keras.utils.set_random_seed(1)  # with unlucky weights the sums of a convolution alone pass 65504
    layer = block(dtype="mixed_float16")
    images = (
        np.random.default_rng(2).uniform(0, 600, (2, 64, 48, 32)).astype("float16")
    )  # sums far above 65504
    output, attention = layer(images, training=training, return_attention=True)
    for part in keras.tree.flatten((output, attention)):
        assert part.dtype == "float16"
        assert np.isfinite(ops.convert_to_numpy(part)).all()
    assert {weight.dtype for weight in layer.weights} == {"float32"}


def test_training_moves_the_statistics_of_inner_layers() -> None:
    for layer in (blocks.CBAM(4), blocks.BAM(4), blocks.ResidualAttentionModule(1)):
        x = np.random.default_rng(2).normal(3, 1, (4, 8, 6, 16)).astype("float32")
        layer(x, training=False)
        before = [ops.convert_to_numpy(weight) for weight in layer.non_trainable_weights]
        layer(x, training=False)
        assert all(np.array_equal(a, b) for a, b in zip(before, layer.non_trainable_weights, strict=True))
        layer(x, training=True)
        assert not any(np.array_equal(a, b) for a, b in zip(before, layer.non_trainable_weights, strict=True))


def test_attention_maps_of_a_model_come_from_one_computation(monkeypatch: pytest.MonkeyPatch) -> None:
    images = keras.Input((12, 10, 16))
    x = blocks.plug(blocks.CBAM, reduction=4)(images, "first")
    x = blocks.plug(blocks.BAM, reduction=4)(x, "second")
    model = keras.Model(images, keras.layers.GlobalAveragePooling2D()(x))
    block_cases.randomise(model)
    array = np.random.default_rng(4).normal(size=(2, 12, 10, 16)).astype("float32")

    computed = []
    attend = blocks.BAM.attend
    monkeypatch.setattr(blocks.BAM, "attend", lambda self, x: computed.append(self.name) or attend(self, x))
    maps = blocks.attention_maps(model)(array)
    assert computed == ["second"]
    refined, first = model.get_layer("first")(array, return_attention=True)
    _, second = model.get_layer("second")(refined, return_attention=True)
    assert set(maps) == {"first", "second"}
    np.testing.assert_allclose(maps["first"][1], first[1], atol=1e-6)
    np.testing.assert_allclose(maps["second"], second, atol=1e-6)


def refined(**show: bool) -> tuple[keras.KerasTensor, object]:
    images = keras.Input((8, 8, 4))
    return images, blocks.CBAM(2, name="cbam")(images, **show)


def shared() -> keras.Model:
    images, block = keras.Input((8, 8, 4)), blocks.CBAM(2, name="cbam")
    return keras.Model(images, block(block(images)))


def showing() -> keras.Model:
    images, (output, (gates, weights)) = refined(return_attention=True)
    return keras.Model(images, [output * gates, weights])


def nested() -> keras.Model:
    inner, images = keras.Model(*refined(), name="inner"), keras.Input((8, 8, 4))
    return keras.Model(images, inner(inner(images)))


def sequential() -> keras.Model:
    return keras.Sequential([keras.Input((8, 8, 4)), blocks.CBAM(2, name="cbam"), keras.layers.ReLU()])


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (shared, ["cbam", "cbam/2"]),
        (showing, ["cbam"]),
        (nested, ["inner/cbam", "inner/cbam/2"]),
        (sequential, ["cbam"]),
    ],
)
def test_attention_is_found_in_every_kind_of_model_and_can_be_saved(
    make: Callable[[], keras.Model], names: list[str], tmp_path: Path
) -> None:
    model = make()
    block_cases.randomise(model)
    array = np.random.default_rng(4).normal(size=(2, 8, 8, 4)).astype("float32")
    shows = blocks.attention_maps(model)
    found = shows(array)
    assert list(found) == names
    block = next(layer for layer in model._flatten_layers() if isinstance(layer, blocks.CBAM))
    x = array
    for name in names:
        x, wanted = block(x, return_attention=True)
        for got, part in zip(found[name], wanted, strict=True):
            np.testing.assert_allclose(got, part, atol=1e-6)
    shows.save(tmp_path / "maps.keras")
    again = keras.models.load_model(tmp_path / "maps.keras")(array)
    for got, part in zip(keras.tree.flatten(again), keras.tree.flatten(found), strict=True):
        np.testing.assert_array_equal(got, part)


@pytest.mark.parametrize("model", [keras.Sequential([blocks.CBAM(2)], name="open"), keras.Model(name="open")])
def test_a_model_of_unknown_connections_is_refused(model: keras.Model) -> None:
    with pytest.raises(ValueError, match=r"model='open'.*functional model"):
        blocks.attention_maps(model)


def test_a_model_without_attention_has_no_maps() -> None:
    images = keras.Input((8, 8, 3))
    with pytest.raises(ValueError, match="model='plain'"):
        blocks.attention_maps(keras.Model(images, keras.layers.ReLU()(images), name="plain"))


class Wrapping(keras.layers.Layer):
    def __init__(self) -> None:
        super().__init__(name="own")
        self.block = blocks.CBAM(2, name="hidden")

    def call(self, x):
        return self.block(x)


def test_attention_inside_a_layer_of_ones_own_is_named_not_left_out() -> None:
    images = keras.Input((8, 8, 4))
    model = keras.Model(images, blocks.CBAM(2)(Wrapping()(images)), name="both")
    with pytest.raises(ValueError, match=r"layer='own' of model='both' is no model, and has hidden"):
        blocks.attention_maps(model)


@pytest.mark.parametrize("world", ["float32", "mixed_float16"])
@pytest.mark.parametrize("own", ["float32", "mixed_float16", "float64"])
def test_a_plain_skip_has_the_type_of_its_block(world: str, own: str) -> None:
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(world)
    try:
        branch = blocks.SoftMaskBranch(2, skip="plain", dtype=own)
        mask = branch(np.ones((1, 8, 8, 4), own.removeprefix("mixed_")))
    finally:
        keras.config.set_dtype_policy(before)
    assert mask.dtype == branch.compute_dtype


@pytest.mark.parametrize("kind", ["uint8", "int32"])
@pytest.mark.parametrize(
    "block", [blocks.CBAM(2), blocks.SoftMaskBranch(1), blocks.ResidualUnit(), blocks.TrunkBranch(1)]
)
def test_images_of_whole_numbers_are_taken_as_numbers(block: keras.Layer, kind: str) -> None:
    images = np.random.default_rng(8).integers(0, 255, (2, 4, 4, 4))
    whole, wanted = block(images.astype(kind)), block(images.astype("float32"))
    np.testing.assert_array_equal(ops.convert_to_numpy(whole), ops.convert_to_numpy(wanted))


def test_a_students_own_function_plugs_in_like_a_block() -> None:
    own: Attention = lambda x, name: keras.layers.Rescaling(2.0, name=f"{name}_twice")(x)  # noqa: E731
    images = keras.Input((4, 4, 8))
    for attention, name in ((own, "a_twice"), (blocks.plug(blocks.SqueezeExcitation, reduction=2), "a")):
        assert keras.Model(images, attention(images, "a")).layers[-1].name == name


SQUARE = (None, 8, 8, 16)
REFUSALS: list[tuple[Callable[[], object], list[str]]] = [
    (lambda: blocks.SqueezeExcitation(5).build(SQUARE), ["reduction=5", "16 channels", "1, 2, 4, 8, 16"]),
    (lambda: blocks.SqueezeExcitation(32).build(SQUARE), ["reduction=32", "1, 2, 4, 8, 16"]),
    (lambda: blocks.SqueezeExcitation(0), ["reduction=0", "at least 1"]),
    (lambda: blocks.SqueezeExcitation(2.0), ["reduction=2.0", "whole number"]),  # type: ignore[arg-type]
    (lambda: blocks.ChannelAttention(3).build(SQUARE), ["reduction=3", "1, 2, 4, 8, 16"]),
    (lambda: blocks.ChannelAttention(pools=("mean",)), ["pools=('mean',)", "'average', 'max'"]),
    (lambda: blocks.ChannelAttention(pools="max"), ["pools='max'", "tuple"]),
    (lambda: blocks.SpatialAttention(pools=()), ["pools=()", "'average', 'max'"]),
    (lambda: blocks.SpatialAttention(0), ["kernel_size=0", "at least 1"]),
    (lambda: blocks.SpatialAttention().build((None, 8, 16)), ["input_shape=(None, 8, 16)", "(N, H, W, C)"]),
    (lambda: blocks.CBAM(order="both"), ["order='both'", "'channel_spatial', 'spatial_channel'"]),
    (lambda: blocks.CBAM(32).build(SQUARE), ["reduction=32", "1, 2, 4, 8, 16"]),
    (lambda: blocks.BAM(fusion="mean"), ["fusion='mean'", "'sum', 'product', 'max'"]),
    (lambda: blocks.BAM(layout="paper"), ["layout='paper'", "'code', 'equation', 'everywhere'"]),
    (lambda: blocks.BAM(dilation=0), ["dilation=0", "at least 1"]),
    (lambda: blocks.BAM(7).build(SQUARE), ["reduction=7", "1, 2, 4, 8, 16"]),
    (lambda: blocks.BAM().build((None, 8, 8, None)), ["input_shape=(None, 8, 8, None)", "channels C"]),
    (lambda: blocks.ResidualUnit(18).build(SQUARE), ["reduction=4", "18 channels", "1, 2, 3, 6, 9, 18"]),
    (lambda: blocks.ResidualUnit(30).build(SQUARE), ["30 channels of the output"]),
    (lambda: blocks.ChannelAttention(pools=5), ["pools=5", "tuple"]),  # type: ignore[arg-type]
    (lambda: blocks.ChannelAttention(pools=([],)), ["pools=([],)", "tuple"]),  # type: ignore[arg-type]
    (
        lambda: blocks.SoftMaskBranch(activation=["mixed"]),  # type: ignore[arg-type]
        ["activation=['mixed']", "'mixed', 'channel', 'spatial'"],
    ),
    (
        lambda: blocks.resize_bilinear(np.ones((1, 2, 2, 1)), 4, 4, "nearest"),
        ["convention='nearest'", "'aligned', 'half_pixel'"],
    ),
    (lambda: blocks.ResidualUnit(strides=0), ["strides=0", "at least 1"]),
    (lambda: blocks.TrunkBranch(0), ["units=0", "at least 1"]),
    (lambda: blocks.SoftMaskBranch(4).build(SQUARE), ["poolings=4", "(None, 8, 8, 16)", "16 rows"]),
    (
        lambda: blocks.SoftMaskBranch(activation="softmax"),
        ["activation='softmax'", "'mixed', 'channel', 'spatial'"],
    ),
    (lambda: blocks.SoftMaskBranch(skip="none"), ["skip='none'", "'residual', 'plain'"]),
    (
        lambda: blocks.SoftMaskBranch(upsampling="nearest"),
        ["upsampling='nearest'", "'aligned', 'half_pixel'"],
    ),
    (lambda: blocks.ResidualAttentionModule(t=0), ["t=0", "at least 1"]),
    (lambda: blocks.ResidualAttentionModule(4).build(SQUARE), ["poolings=4", "16 rows"]),
]


@pytest.mark.parametrize(("attempt", "words"), REFUSALS)
def test_wrong_arguments_are_named_with_value_and_choice(
    attempt: Callable[[], object], words: list[str]
) -> None:
    with pytest.raises(ValueError) as refused:
        attempt()
    assert all(word in str(refused.value) for word in words), refused.value


def test_small_inputs_of_unknown_size_are_allowed_until_they_come() -> None:
    blocks.SoftMaskBranch(4).build((None, None, None, 16))


@pytest.mark.parametrize(
    "name", ["se", "channel", "spatial", "cbam", "bam", "unit", "trunk", "mask", "module"]
)
def test_other_axes_are_refused_at_every_call(name: str) -> None:
    layer, x = block_cases.make(name)
    layer(x)
    for wrong in (x[0], x[:, None], x[:, 0, 0]):
        with pytest.raises(ValueError, match=f"'{layer.name}'.*expected ndim=4, found ndim={wrong.ndim}"):
            layer(wrong)


@pytest.mark.parametrize("block", [blocks.SoftMaskBranch, blocks.ResidualAttentionModule])
def test_small_inputs_are_refused_when_they_come(block: type[keras.Layer]) -> None:
    layer, images = block(2), keras.Input((None, None, 8))
    model = keras.Model(images, layer(images))
    layer(np.ones((1, 4, 4, 8), "float32"))
    small = np.ones((1, 2, 3, 8), "float32")
    for attempt in (layer, model, lambda x: layer(keras.Input(x.shape[1:]))):
        with pytest.raises(ValueError, match=r"poolings=2 .*, 2, 3, 8\); it needs at least 4 rows"):
            attempt(small)


def test_whole_numbers_of_numpy_are_whole_numbers(tmp_path: Path) -> None:
    two, images = np.int64(2), keras.Input((8, 8, 8))
    x = blocks.CBAM(two, np.int32(3))(blocks.BAM(two, two)(images))
    model = keras.Model(images, blocks.ResidualAttentionModule(two, two, two, two, reduction=two)(x))
    model.save(tmp_path / "model.keras")
    assert keras.models.load_model(tmp_path / "model.keras").count_params() == model.count_params()


def test_channels_first_is_refused() -> None:
    keras.config.set_image_data_format("channels_first")
    try:
        with pytest.raises(ValueError, match="image_data_format='channels_first'"):
            blocks.SqueezeExcitation(2).build((None, 16, 8, 8))
    finally:
        keras.config.set_image_data_format("channels_last")
