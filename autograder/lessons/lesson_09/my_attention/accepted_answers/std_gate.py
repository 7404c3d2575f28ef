def my_attention(x, name):
    z = keras.ops.std(x, axis=(1, 2), keepdims=True)
    return layers.Multiply()([x, layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_g")(z)])
