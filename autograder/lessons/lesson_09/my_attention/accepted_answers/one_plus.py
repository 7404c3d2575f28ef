def my_attention(x, name):
    mask = layers.DepthwiseConv2D(3, padding="same", name=name + "_depth")(x)
    mask = layers.Activation("sigmoid")(layers.Conv2D(x.shape[-1], 1, name=name + "_point")(mask))
    return (1 + mask) * x
