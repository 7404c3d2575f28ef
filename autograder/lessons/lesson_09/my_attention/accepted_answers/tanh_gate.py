def my_attention(x, name):
    z = layers.GlobalMaxPooling2D(keepdims=True, name=name + "_max")(x)
    return x * (1 + keras.ops.tanh(layers.Conv2D(x.shape[-1], 1, name=name + "_conv")(z)))
