"""TensorFlow for pooling and resizing."""

import tensorflow as tf
from keras import layers


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    def pool(t):
        return layers.Lambda(lambda s: tf.nn.max_pool2d(s, 3, 2, "SAME"))(t)

    def fit(t, like):
        size = (like.shape[1], like.shape[2])
        return layers.Lambda(lambda s: tf.image.resize(s, size), output_shape=(*size, t.shape[-1]))(t)

    m, seen = x, [x]
    for k in range(poolings):
        m = units(pool(m), f"{name}_down{k}", r)
        seen.append(m)
    m = units(m, f"{name}_bottom", r)
    for k in range(poolings - 1, 0, -1):
        m = units(fit(m, seen[k]) + units(seen[k], f"{name}_skip{k}", 1), f"{name}_up{k}", r)
    m = fit(m, seen[0])
    for k in (0, 1):
        m = layers.Lambda(tf.nn.relu)(layers.BatchNormalization(name=f"{name}_norm{k}")(m))
        m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=f"{name}_conv{k}")(m)
    return activate(m, f"{name}_mask", activation)
