"""From single layers, one below the other."""

from keras import layers


def pre_activation_residual_unit(x, name, filters=None, strides=1):
    if filters is None:
        filters = x.shape[-1]
    middle = filters // 4
    first = layers.BatchNormalization(name=name + "_n1")(x)
    first = layers.ReLU()(first)
    h = layers.Conv2D(middle, 1, use_bias=False, name=name + "_c1")(first)
    h = layers.BatchNormalization(name=name + "_n2")(h)
    h = layers.ReLU()(h)
    h = layers.Conv2D(middle, 3, strides, padding="same", use_bias=False, name=name + "_c2")(h)
    h = layers.BatchNormalization(name=name + "_n3")(h)
    h = layers.ReLU()(h)
    h = layers.Conv2D(filters, 1, use_bias=False, name=name + "_c3")(h)
    if strides == 1 and x.shape[-1] == filters:
        return layers.Add()([h, x])
    way = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_way")(first)
    return layers.Add()([h, way])
