"""A layer class of one's own with keras.ops.conv inside."""

import keras
from keras import layers


class Where(keras.layers.Layer):
    def __init__(self, reduction, dilation, **options):
        super().__init__(**options)
        self.reduction, self.dilation = reduction, dilation
        self.norms = [layers.BatchNormalization() for _ in range(3)]

    def build(self, shape):
        c, h = shape[-1], shape[-1] // self.reduction
        shapes = ((1, 1, c, h), (3, 3, h, h), (3, 3, h, h), (1, 1, h, 1))
        self.kernels = [self.add_weight(shape=s, name=f"kernel_{i}") for i, s in enumerate(shapes)]
        for norm in self.norms:
            norm.build((*shape[:-1], h))

    def call(self, x, training=False):
        for kernel, norm, rate in zip(
            self.kernels, self.norms, (1, self.dilation, self.dilation), strict=False
        ):
            x = keras.ops.conv(x, kernel, padding="same", dilation_rate=rate)
            x = keras.ops.relu(norm(x, training=training))
        return keras.ops.conv(x, self.kernels[-1])


def bam_spatial_branch(x, name, reduction=16, dilation=4):
    return Where(reduction, dilation, name=name + "_where")(x)
