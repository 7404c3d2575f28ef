"""A Keras Rescaling layer."""

from keras import layers


def preprocess(images):
    return layers.Rescaling(1 / 255)(images[..., None])
