def my_attention(x, name):
    z = layers.GlobalAveragePooling2D(name=name + "_z")(x)
    z = layers.Dense(x.shape[-1] // 16, activation="relu", name=name + "_a")(z)
    z = layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_b")(z)
    return layers.Multiply(name=name + "_s")([x, layers.Reshape((1, 1, x.shape[-1]), name=name + "_r")(z)])
