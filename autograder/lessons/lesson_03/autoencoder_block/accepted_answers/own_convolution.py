"""A convolution of one's own, with keras.ops."""

from keras import layers, ops


class Convolution(layers.Layer):
    def __init__(self, filters, **options):
        super().__init__(**options)
        self.filters = filters

    def build(self, shape):
        self.w = self.add_weight(shape=(3, 3, shape[-1], self.filters), name="w")

    def call(self, x):
        return ops.conv(x, self.w, padding="same")


def autoencoder_block(x, filters, name):
    x = Convolution(filters, name=name + "_conv")(x)
    x = layers.BatchNormalization(name=name + "_bn")(x)
    return layers.ReLU(name=name + "_relu")(x)
