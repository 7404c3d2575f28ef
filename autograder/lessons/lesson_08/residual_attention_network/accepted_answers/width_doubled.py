"""The width is doubled on the way, and Keras' own default momentum."""

from keras import layers


def residual_attention_network(x, modules, filters, stage, unit, classes, name, widen=True):
    width, strides = filters, 1
    for s, many in enumerate(modules):
        x = stage(x, width, strides, many, f"{name}_s{s}")
        width, strides = 2 * width, 2
    x = unit(x, name + "_u0", width, 2) if widen else unit(x, name + "_u0")
    for k in (1, 2):
        x = unit(x, f"{name}_u{k}")
    x = layers.Activation("relu")(layers.BatchNormalization(name=name + "_bn")(x))
    z = layers.GlobalAveragePooling2D()(x)
    return layers.Dense(classes, "softmax", name=name + "_out")(z)
