"""keras.ops for pooling and joining."""

import keras

from course_lib.networks.conv_norm import conv_norm


def se_inception_block(x, widths, attention, name):
    one = conv_norm(x, widths[0], 1, name=name + "_1", relu=True)
    three = conv_norm(x, widths[1], 3, name=name + "_3", relu=True)
    pooled = keras.ops.max_pool(x, 3, strides=1, padding="same")
    last = conv_norm(pooled, widths[2], 1, name=name + "_p", relu=True)
    return attention(keras.ops.concatenate([one, three, last], axis=-1), name + "_gate")
