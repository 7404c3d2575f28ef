def my_attention(x, name):
    h, w, c = x.shape[1:]
    scores = layers.Reshape((h * w, 1))(layers.Conv2D(1, 1, name=name + "_key")(x))
    context = keras.ops.sum(keras.ops.softmax(scores, axis=1) * layers.Reshape((h * w, c))(x), axis=1)
    gates = layers.Dense(c, activation="sigmoid", name=name + "_gates")(context)
    return x * layers.Reshape((1, 1, c))(gates)
