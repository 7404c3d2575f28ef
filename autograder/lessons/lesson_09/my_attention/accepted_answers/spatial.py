def my_attention(x, name):
    pooled = keras.ops.concatenate(
        [keras.ops.mean(x, axis=-1, keepdims=True), keras.ops.max(x, axis=-1, keepdims=True)], axis=-1
    )
    return layers.Multiply()(
        [x, layers.Conv2D(1, 5, padding="same", activation="sigmoid", name=name + "_map")(pooled)]
    )
