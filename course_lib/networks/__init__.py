"""Networks as functional Keras models, built by plain functions into which attention is plugged.

Attention is a function of (x, name) that returns the refined x: `blocks.plug(CBAM, reduction=8)` makes one
from a block, and a function of your own can stand in its place.
"""

from course_lib.networks.autoencoder import autoencoder
from course_lib.networks.inception import bn_inception
from course_lib.networks.residual_attention_network import (
    attention_56,
    attention_92,
    residual_attention_network,
    small_residual_attention_network,
)
from course_lib.networks.resnet import resnet, small_resnet

__all__ = [
    "attention_56",
    "attention_92",
    "autoencoder",
    "bn_inception",
    "residual_attention_network",
    "resnet",
    "small_residual_attention_network",
    "small_resnet",
]
