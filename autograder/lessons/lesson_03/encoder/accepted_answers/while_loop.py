"""A while loop and an index."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def encoder(x, filters, attention, name):
    stage = 0
    while stage < len(filters):
        x = autoencoder_block(x, filters[stage], name + "_block" + str(stage))
        x = attention(x, name + "_attention" + str(stage))
        x = layers.MaxPooling2D(name=name + "_pool" + str(stage))(x)
        stage += 1
    return x
