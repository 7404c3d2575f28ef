def cbam_channel_attention(x, name, reduction=16):
    channels = x.shape[-1]
    mlp = keras.Sequential(
        [
            layers.Dense(channels // reduction, activation="relu", name=name + "_narrow"),
            layers.Dense(channels, name=name + "_wide"),
        ]
    )
    mean, largest = keras.ops.mean(x, axis=(1, 2)), keras.ops.max(x, axis=(1, 2))
    gates = keras.ops.sigmoid(mlp(mean) + mlp(largest))
    return x * gates[:, None, None, :]
