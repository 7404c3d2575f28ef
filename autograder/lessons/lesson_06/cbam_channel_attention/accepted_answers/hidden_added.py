"""What the narrow layer gives is added before the wide one, which has no bias."""

from keras import layers, ops


def cbam_channel_attention(x, name, reduction=16):
    narrow = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow")
    hidden = narrow(ops.mean(x, (1, 2), keepdims=True)) + narrow(ops.max(x, (1, 2), keepdims=True))
    gates = layers.Dense(x.shape[-1], use_bias=False, activation="sigmoid", name=name + "_wide")(hidden)
    return x * gates
