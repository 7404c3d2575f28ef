"""Units one by one."""

from keras import layers, ops


def soft_mask_branch(x, name, poolings=1, r=1, activation="mixed", units=None, activate=None):
    def several(t, part):
        for number in range(r):
            t = units(t, f"{name}_{part}_{number}", 1)
        return t

    m, seen = x, []
    for k in range(poolings):
        m = several(layers.MaxPooling2D(3, 2, "same")(m), f"down{k}")
        seen.append(m)
    m = several(m, "bottom")
    for k, other in list(enumerate(seen[:-1]))[::-1]:
        m = ops.image.resize(m, other.shape[1:3]) + units(other, f"{name}_skip{k}", 1)
        m = several(m, f"up{k}")
    m = ops.image.resize(m, x.shape[1:3])
    for k in range(2):
        m = layers.BatchNormalization(name=f"{name}_{k}_norm")(m)
        m = layers.Conv2D(x.shape[-1], 1, use_bias=False, name=f"{name}_{k}_conv")(ops.relu(m))
    return activate(m, f"{name}_mask", activation)
