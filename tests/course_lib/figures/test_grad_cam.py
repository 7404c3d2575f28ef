"""Grad-CAM equals its equation, worked out by hand, and reads models that end in a softmax."""

from pathlib import Path

import keras
import numpy as np
import pytest

from course_lib import figures

RNG = np.random.default_rng(0)
IMAGES = RNG.random((3, 12, 8, 1)).astype(np.float32)


def model(activation: str | None = None) -> keras.Model:
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((12, 8, 1)),
            keras.layers.Conv2D(5, 3, strides=2, padding="same", activation="relu", name="features"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(4, activation=activation, bias_initializer="normal", name="scores"),
        ]
    )


def by_hand(net: keras.Model, classes: np.ndarray) -> np.ndarray:
    """The pooled features meet one dense layer, so the gradient is its column, shared by all positions."""
    features = np.asarray(keras.Model(net.inputs[0], net.get_layer("features").output)(IMAGES))
    kernel = np.asarray(net.get_layer("scores").kernel)
    maps = np.einsum("nhwc,cn->nhw", features, kernel[:, classes]) / features[0, ..., 0].size
    return np.maximum(maps, 0)


@pytest.mark.parametrize("activation", [None, "softmax"])
def test_the_map_is_the_weighted_sum_of_the_features(activation: str | None) -> None:
    net, classes = model(activation), np.array([2, 0, 3])
    small = by_hand(net, classes)
    assert small.max() > 0
    expected = keras.ops.image.resize(small[..., None], (12, 8), interpolation="bilinear")[..., 0]
    np.testing.assert_allclose(figures.grad_cam(net, IMAGES, "features", classes), expected, atol=1e-6)


def test_a_softmax_layer_at_the_end_is_left_out_too() -> None:
    ended, classes = model(), [1, 1, 2]
    ended.add(keras.layers.Softmax())
    expected = figures.grad_cam(model(), IMAGES, "features", classes)
    np.testing.assert_allclose(figures.grad_cam(ended, IMAGES, "features", classes), expected, atol=1e-7)


def test_the_preferred_class_is_the_default_and_the_model_is_left_alone() -> None:
    net = model("softmax")
    before = net(IMAGES).numpy()
    preferred = figures.grad_cam(net, IMAGES, "features", before.argmax(axis=-1))
    np.testing.assert_array_equal(figures.grad_cam(net, IMAGES, "features"), preferred)
    np.testing.assert_array_equal(net(IMAGES).numpy(), before)


def test_a_functional_model_is_read_and_can_be_saved_afterwards(tmp_path: Path) -> None:
    sequential = model("softmax")
    inputs = keras.Input((12, 8, 1))
    net = keras.Model(inputs, sequential.get_layer("scores")(layers_before_scores(sequential, inputs)))
    expected = figures.grad_cam(sequential, IMAGES, "features")
    np.testing.assert_allclose(figures.grad_cam(net, IMAGES, "features"), expected, atol=1e-7)
    net.save(tmp_path / "net.keras")
    loaded = keras.models.load_model(tmp_path / "net.keras")
    np.testing.assert_allclose(figures.grad_cam(loaded, IMAGES, "features"), expected, atol=1e-7)


def layers_before_scores(net: keras.Sequential, x: keras.KerasTensor) -> keras.KerasTensor:
    for layer in net.layers[:-1]:
        x = layer(x)
    return x


def test_only_what_speaks_for_the_class_is_kept() -> None:
    features = RNG.random((2, 3, 4, 5))
    assert (figures.grad_cam_maps(features, -np.ones_like(features)) == 0).all()
    np.testing.assert_allclose(
        figures.grad_cam_maps(features, np.ones_like(features)), features.sum(axis=-1), rtol=1e-6
    )


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: figures.grad_cam(model(), IMAGES, "scores"), "layer='scores' .* 'features'"),
        (lambda: figures.grad_cam(model(), IMAGES, "missing"), "layer='missing'"),
        (lambda: figures.grad_cam(model(), IMAGES, "features", [1]), r"classes of shape \(1,\)"),
        (lambda: figures.grad_cam(model(), IMAGES, "features", [1, 2, 11]), "classes hold 1 to 11.* 0 to 3"),
        (lambda: figures.grad_cam(model(), IMAGES, "features", [1, 2, -1]), "classes hold -1 to 2"),
        (lambda: figures.grad_cam_maps(IMAGES, IMAGES[:1]), r"\(3, 12, 8, 1\) and .* \(1, 12, 8, 1\)"),
    ],
)
def test_misfits_are_refused_by_name(call, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
