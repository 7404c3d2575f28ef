"""The units of the last pooling and of the bottom in one call."""

from keras import layers, ops


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    m, skips = x, []
    for k in range(1, poolings + 1):
        m = layers.MaxPooling2D(3, strides=(2, 2), padding="same")(m)
        if k == poolings:
            m = units(m, f"{name}_{k}_low", 2 * r)
        else:
            m = units(m, f"{name}_{k}_down", r)
            skips.insert(0, units(m, f"{name}_{k}_skip", 1))
    for number, skip in enumerate(skips):
        m = ops.add(ops.image.resize(m, (skip.shape[1], skip.shape[2]), "bilinear"), skip)
        m = units(m, f"{name}_{number}_up", r)
    m = ops.image.resize(m, (x.shape[1], x.shape[2]), "bilinear")
    m = ops.relu(layers.BatchNormalization(name=name + "_n1")(m))
    m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=name + "_c1")(m)
    m = ops.relu(layers.BatchNormalization(name=name + "_n2")(m))
    m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=name + "_c2")(m)
    return activate(m, name + "_m", activation)
