def my_attention(x, name):
    h, w, c = x.shape[1:]
    groups = layers.Reshape((h, w, c // 8, 8))(x)
    strength = keras.ops.mean(groups**2, axis=(1, 2, 4), keepdims=True)
    return layers.Reshape((h, w, c), name=name)(groups * keras.ops.sigmoid(strength - 1))
