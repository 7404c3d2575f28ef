"""A convolution without bias, sigmoid as a layer."""

from keras import layers

# `channel_pool` is that of the lesson.


def spatial_attention(x, name, kernel_size=7):
    scores = layers.Conv2D(1, kernel_size, padding="same", use_bias=False, name=name + "_conv")(
        channel_pool(x, name)
    )
    return x * layers.Activation("sigmoid", name=name + "_sigmoid")(scores)
