"""One convolution for each pooled map."""

from keras import layers, ops


def cbam_spatial_attention(x, name, kernel_size=7):
    options = {"padding": "same", "use_bias": False}
    top = layers.Conv2D(1, kernel_size, name=name + "_top", **options)(ops.max(x, -1, keepdims=True))
    mean = layers.Conv2D(1, kernel_size, name=name + "_mean", **options)(ops.mean(x, -1, keepdims=True))
    scores = layers.BatchNormalization(gamma_initializer="zeros", momentum=0.9, name=name + "_norm")(
        layers.Add()([top, mean])
    )
    return layers.multiply([x, layers.Activation("sigmoid")(scores)])
