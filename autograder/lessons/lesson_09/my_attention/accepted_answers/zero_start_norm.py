def my_attention(x, name):
    mean = keras.ops.mean(x, axis=-1, keepdims=True)
    scores = layers.Conv2D(1, 3, dilation_rate=2, padding="same", use_bias=False, name=name + "_scores")(mean)
    scores = layers.BatchNormalization(gamma_initializer="zeros", name=name + "_norm")(scores)
    return x * layers.Activation("sigmoid", name=name + "_map")(scores)
