def my_attention(x, name):
    gates = keras.Sequential(
        [
            layers.GlobalAveragePooling2D(keepdims=True),
            layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_gates"),
        ]
    )
    return x * gates(x)
