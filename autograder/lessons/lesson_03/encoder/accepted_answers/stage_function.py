"""A function for one stage."""

from keras import layers

# `autoencoder_block` is that of the lesson.


def encoder(x, filters, attention, name):
    def one_stage(x, width, stage_name):
        y = autoencoder_block(x, width, stage_name)
        y = attention(y, stage_name + "_att")
        return layers.MaxPooling2D((2, 2), name=stage_name + "_pool")(y)

    for number, width in enumerate(filters):
        x = one_stage(x, width, f"{name}_{number}")
    return x
