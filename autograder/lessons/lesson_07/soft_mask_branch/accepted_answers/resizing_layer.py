"""Keras' own layer for the resizing; lists from both ends."""

from keras import layers


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    maps, m = [], x
    for k in range(poolings):
        m = layers.MaxPooling2D((3, 3), strides=2, padding="same")(m)
        m = units(m, f"{name}_d{k}", r)
        maps.append(m)
    m = units(m, f"{name}_low", r)
    maps.pop()
    while maps:
        kept = maps.pop()
        skip = units(kept, f"{name}_s{len(maps)}", 1)
        m = layers.Resizing(*skip.shape[1:3], interpolation="bilinear")(m)
        m = units(layers.Add()([m, skip]), f"{name}_u{len(maps)}", r)
    m = layers.Resizing(*x.shape[1:3], interpolation="bilinear")(m)
    for part in "ab":
        m = layers.Activation("relu")(layers.BatchNormalization(name=f"{name}_n{part}")(m))
        m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=f"{name}_c{part}")(m)
    return activate(m, f"{name}_act", activation)
