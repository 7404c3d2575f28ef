"""Dense layers for the 1×1 convolutions."""

from keras import layers

from course_lib.networks.conv_norm import conv_norm


def se_inception_block(x, widths, attention, name):
    def point(t, width, part):
        t = layers.Dense(width, use_bias=False, name=f"{name}_{part}")(t)
        return layers.ReLU()(layers.BatchNormalization(name=f"{name}_{part}_norm")(t))

    square = conv_norm(x, widths[1], 3, name=name + "_square", relu=True)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    parts = [point(x, widths[0], "point"), square, point(pooled, widths[2], "pooled")]
    return attention(layers.Concatenate()(parts), name + "_se")
