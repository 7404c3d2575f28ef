def autoencoder_block(x, filters, name):
    steps = keras.Sequential(
        [
            layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv"),
            layers.BatchNormalization(name=name + "_bn"),
            layers.ReLU(name=name + "_relu"),
        ]
    )
    return steps(x)
