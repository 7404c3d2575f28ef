"""A helper inside, activations as layers of their own."""

from keras import layers


def cbam_channel_attention(x, name, reduction=16):
    channels = x.shape[-1]
    reduce = layers.Dense(channels // reduction, name=name + "_reduce")
    expand = layers.Dense(channels, name=name + "_expand")

    def read(z):
        return expand(layers.ReLU()(reduce(z)))

    top = read(layers.GlobalMaxPooling2D()(x))
    mean = read(layers.GlobalAveragePooling2D()(x))
    gates = layers.Activation("sigmoid")(layers.add([top, mean]))
    return layers.multiply([x, layers.Reshape((1, 1, channels))(gates)])
