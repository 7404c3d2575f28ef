"""TensorFlow."""

import tensorflow as tf


def preprocess(images):
    return tf.cast(images, tf.float32)[..., tf.newaxis] / 255.0
