"""Keras builds two layers and counts."""

import keras
from keras import layers


def se_parameters(channels, reduction):
    sizes = [keras.Input((channels,)), layers.Dense(channels // reduction), layers.Dense(channels)]
    return keras.Sequential(sizes).count_params()
