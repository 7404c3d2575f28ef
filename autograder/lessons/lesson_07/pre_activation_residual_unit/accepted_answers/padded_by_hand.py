"""Zero padding as a layer."""

from keras import layers


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    wide = filters if filters is not None else x.shape[-1]
    a = layers.Activation("relu")(layers.BatchNormalization(name=f"{name}.1.norm")(x))
    y = layers.Conv2D(wide // 4, 1, use_bias=False, name=f"{name}.1")(a)
    y = layers.Activation("relu")(layers.BatchNormalization(name=f"{name}.2.norm")(y))
    y = layers.ZeroPadding2D(1)(y)
    y = layers.Conv2D(wide // 4, 3, strides, use_bias=False, name=f"{name}.2")(y)
    y = layers.Activation("relu")(layers.BatchNormalization(name=f"{name}.3.norm")(y))
    y = layers.Conv2D(wide, 1, use_bias=False, name=f"{name}.3")(y)
    same = strides == 1 and wide == x.shape[-1]
    return layers.Add()(
        [y, x if same else layers.Conv2D(wide, 1, strides, use_bias=False, name=f"{name}.4")(a)]
    )
