"""One level of the branch inside the other."""

from keras import layers, ops


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    def below(t, level):
        """What comes back from below a map, at that map's own size."""
        m = layers.MaxPooling2D(3, 2, padding="same")(t)
        m = units(m, f"{name}_down{level}", r)
        if level == poolings:
            m = units(m, f"{name}_bottom", r)
        else:
            skip = units(m, f"{name}_skip{level}", 1)
            m = units(below(m, level + 1) + skip, f"{name}_up{level}", r)
        return ops.image.resize(m, t.shape[1:3])

    m = below(x, 1)
    for step in (1, 2):
        m = layers.ReLU()(layers.BatchNormalization(name=f"{name}_norm{step}")(m))
        m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=f"{name}_conv{step}")(m)
    return activate(m, f"{name}_mask", activation)
