def my_attention(x, name):
    gates = layers.Conv2D(x.shape[-1], 1, activation="sigmoid", name=name + "_gates")(x)
    return layers.Multiply(name=name + "_out")([gates, x])
