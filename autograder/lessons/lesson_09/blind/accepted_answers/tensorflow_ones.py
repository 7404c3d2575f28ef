def blind(attention):
    import tensorflow as tf

    def twin(x, name):
        ones = layers.Lambda(lambda t: tf.ones_like(t))(x)
        return keras.ops.multiply(x, attention(ones, name))

    return twin
