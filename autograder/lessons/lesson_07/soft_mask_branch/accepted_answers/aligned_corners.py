"""Bilinear with aligned corners, by TensorFlow."""

import tensorflow as tf
from keras import layers


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    def enlarge(t, like):
        height, width = like.shape[1:3]
        resize = lambda s: tf.compat.v1.image.resize_bilinear(s, (height, width), align_corners=True)  # noqa: E731
        return layers.Lambda(resize, output_shape=(height, width, t.shape[-1]))(t)

    m, seen = x, []
    for k in range(poolings):
        m = units(layers.MaxPooling2D(3, 2, padding="same")(m), f"{name}_down{k}", r)
        seen += [m]
    m = units(m, name + "_bottom", r)
    for k in reversed(range(poolings - 1)):
        m = enlarge(m, seen[k]) + units(seen[k], f"{name}_skip{k}", 1)
        m = units(m, f"{name}_up{k}", r)
    m = enlarge(m, x)
    for k in (1, 2):
        m = layers.ReLU()(layers.BatchNormalization(name=f"{name}_norm{k}")(m))
        m = layers.Conv2D(x.shape[-1], (1, 1), use_bias=False, name=f"{name}_conv{k}")(m)
    return activate(m, name + "_activation", activation)
