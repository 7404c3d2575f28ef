def bam_channel_branch(x, name, reduction=16):
    channels = x.shape[-1]
    scores = keras.Sequential(
        [
            layers.GlobalAveragePooling2D(keepdims=True),
            layers.Dense(channels // reduction, name=name + "_narrow"),
            layers.BatchNormalization(name=name + "_norm"),
            layers.ReLU(),
            layers.Dense(channels, name=name + "_wide"),
        ]
    )
    return scores(x)
