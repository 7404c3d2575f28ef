"""TensorFlow's ReLU, lists of arguments."""

import tensorflow as tf
from keras import layers


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    hidden = x.shape[-1] // reduction
    plan = [dict(kernel_size=1)] + 2 * [dict(kernel_size=3, padding="same", dilation_rate=dilation)]
    for number, options in enumerate(plan):
        x = layers.Conv2D(hidden, **options, name=f"{name}_conv{number}")(x)
        x = layers.BatchNormalization(name=f"{name}_bn{number}")(x)
        x = layers.Lambda(lambda t: tf.nn.relu(t))(x)
    return layers.Conv2D(1, 1, name=f"{name}_score")(x)
