"""Grad-CAM: which positions of a layer's feature maps speak for a class.

Selvaraju and others, "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization",
2016, arXiv:1610.02391.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import keras


def grad_cam(
    model: keras.Model, images: ArrayLike, layer: str, classes: ArrayLike | None = None
) -> NDArray[np.float32]:
    """Return the Grad-CAM of each image at a layer, enlarged to the images' size: (N, H, W), not negative.

    The score whose gradient is taken is the one before the softmax, as in the paper: a model that ends in a
    softmax is read without it. Works with the TensorFlow backend.

    Args:
        model: A functional (or Sequential) Keras model from images to one number per class, (N, classes).
        images: What the model takes, (N, H, W, C).
        layer: The name of a layer whose output is a feature map, (N, h, w, C). The paper takes the last one.
        classes: The class in question for each image, (N,); None for the class that the model prefers.

    Raises:
        ValueError: The layer is unknown or gives no feature map, there is not one class per image, or the
            model lacks a class.
    """
    import keras
    import tensorflow as tf

    pixels = tf.convert_to_tensor(images)
    watched = _features_and_scores(model, layer)
    with tf.GradientTape() as tape:
        features, scores = watched(pixels, training=False)  # (N, h, w, C), (N, classes)
        chosen = tf.argmax(scores, axis=-1) if classes is None else tf.constant(classes, tf.int64)
        if chosen.shape != scores.shape[:1]:
            raise ValueError(
                f"classes of shape {tuple(chosen.shape)} do not suit {len(pixels)} images; "
                "give one class per image."
            )
        lowest, highest = int(tf.reduce_min(chosen)), int(tf.reduce_max(chosen))
        if lowest < 0 or highest >= scores.shape[-1]:
            raise ValueError(
                f"classes hold {lowest} to {highest}, which the model does not have; "
                f"give class numbers from 0 to {scores.shape[-1] - 1}."
            )
        score = tf.gather(scores, chosen, axis=-1, batch_dims=1)  # (N,)
    maps = grad_cam_maps(features, tape.gradient(score, features))  # (N, h, w)
    enlarged = keras.ops.image.resize(maps[..., None], pixels.shape[1:3], interpolation="bilinear")
    result: NDArray[np.float32] = keras.ops.convert_to_numpy(enlarged)[..., 0]
    return result


def grad_cam_maps(features: Any, gradients: Any) -> NDArray[np.float32]:
    """Return the Grad-CAM from feature maps and gradients: (N, h, w), not negative.

    Equation:
        a_c = mean over positions of dy / dF_ijc          how much channel c matters for the class's score y
        L_ij = ReLU( sum over c of a_c F_ijc )            only what speaks for the class is kept

    Args:
        features: Shape (N, h, w, C), an array or tensor.
        gradients: Same shape, the gradients of y.

    Raises:
        ValueError: If the shapes differ or have other axes.
    """
    features, gradients = np.asarray(features, np.float32), np.asarray(gradients, np.float32)
    if features.ndim != 4 or features.shape != gradients.shape:
        raise ValueError(
            f"features of shape {features.shape} and gradients of shape {gradients.shape} are not allowed; "
            "give (n, h, w, c) for both."
        )
    weights = gradients.mean(axis=(1, 2))  # (N, C)
    maps: NDArray[np.float32] = np.maximum(np.einsum("nhwc,nc->nhw", features, weights), 0)
    return maps


def _features_and_scores(model: keras.Model, layer: str) -> keras.Model:
    """Return the model with two outputs: the layer's feature map, and the scores before a softmax."""
    import keras

    outputs: dict[str, Any] = {}
    last = model.layers[-1]

    def call(part: keras.Layer, *args: Any, **kwargs: Any) -> Any:
        outputs[part.name] = part(*args, **kwargs)
        return outputs[part.name]

    def linear(part: keras.Layer) -> keras.Layer:
        return _without_softmax(part) if part is last else part

    # The layers are called anew, since a layer's own `output` may belong to another model.
    if isinstance(model, keras.Sequential):
        inputs = scores = keras.Input(model.input_shape[1:])
        for part in model.layers:
            scores = call(linear(part), scores)
    else:
        clone = keras.models.clone_model(model, clone_function=linear, call_function=call)
        inputs, scores = clone.inputs[0], clone.outputs[0]
    suitable = [name for name, output in outputs.items() if len(getattr(output, "shape", ())) == 4]
    if layer not in suitable:
        raise ValueError(
            f"layer={layer!r} is not a layer of model {model.name!r} that gives a feature map; "
            f"the last of these are {', '.join(map(repr, suitable[-5:])) or 'missing altogether'}."
        )
    return keras.Model(inputs, [outputs[layer], scores])


def _without_softmax(layer: keras.Layer) -> keras.Layer:
    """Return a layer with the same weights that gives its scores; the layer itself if it has no softmax."""
    import keras

    if isinstance(layer, keras.layers.Softmax):
        return keras.layers.Identity()
    if getattr(layer, "activation", None) is not keras.activations.softmax:
        return layer
    twin = type(layer).from_config({**layer.get_config(), "activation": "linear"})
    twin.build(layer.input.shape)
    twin.set_weights(layer.get_weights())
    return twin
