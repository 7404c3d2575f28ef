"""The branch as a layer class of one's own."""

import keras
from keras import layers


class Branch(keras.layers.Layer):
    def __init__(self, filters, strides, **options):
        super().__init__(**options)
        options = {"use_bias": False}
        self.steps = [
            layers.Conv2D(filters, 1, **options),
            layers.Conv2D(filters, 3, strides, padding="same", **options),
            layers.Conv2D(4 * filters, 1, **options),
        ]
        self.norms = [layers.BatchNormalization() for _ in self.steps]

    def build(self, shape):
        for step, norm in zip(self.steps, self.norms, strict=True):
            step.build(shape)
            shape = step.compute_output_shape(shape)
            norm.build(shape)

    def call(self, x, training=False):
        for step, norm in zip(self.steps[:2], self.norms[:2], strict=True):
            x = keras.ops.relu(norm(step(x), training=training))
        return self.norms[2](self.steps[2](x), training=training)


def cbam_residual_block(x, filters, attention, name, strides=1):
    y = attention(Branch(filters, strides, name=name + "_branch")(x), name + "_cbam")
    if strides > 1 or x.shape[-1] != 4 * filters:
        x = layers.Conv2D(4 * filters, 1, strides, use_bias=False, name=name + "_way")(x)
        x = layers.BatchNormalization(name=name + "_way_norm")(x)
    return layers.ReLU()(layers.Add()([y, x]))
