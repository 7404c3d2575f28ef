def my_attention(x, name):
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    z = layers.Dense(x.shape[-1] // 4, activation="relu", name=name + "_a")(z)
    return x * layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_b")(z)
