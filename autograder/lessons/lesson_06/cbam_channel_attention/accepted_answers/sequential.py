"""The shared network as a Sequential model."""

import keras
from keras import layers


def cbam_channel_attention(x, name, reduction=16):
    channels = x.shape[-1]
    mlp = keras.Sequential(
        [layers.Dense(channels // reduction, activation="relu"), layers.Dense(channels)], name=name + "_mlp"
    )
    total = mlp(layers.GlobalAveragePooling2D()(x)) + mlp(layers.GlobalMaxPooling2D()(x))
    gates = layers.Reshape((1, 1, channels))(layers.Activation("sigmoid")(total))
    return layers.Multiply(name=name)([x, gates])
