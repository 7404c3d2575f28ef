"""Gates repeated at every position; at least one hidden unit."""

from keras import layers, ops


def cbam_channel_attention(x, name, reduction=16):
    height, width, channels = x.shape[1:]
    narrow = layers.Dense(max(1, channels // reduction), activation="relu", name=name + "_n")
    wide = layers.Dense(channels, name=name + "_w")
    flat = layers.Reshape((height * width, channels))(x)
    gates = ops.sigmoid(wide(narrow(ops.mean(flat, axis=1))) + wide(narrow(ops.amax(flat, axis=1))))
    return x * layers.Reshape((height, width, channels))(layers.RepeatVector(height * width)(gates))
