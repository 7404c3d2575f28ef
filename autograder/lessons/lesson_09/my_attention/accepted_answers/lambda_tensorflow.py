def my_attention(x, name):
    import tensorflow as tf

    centred = layers.Lambda(lambda t: t - tf.reduce_mean(t, axis=[1, 2], keepdims=True), name=name + "_c")(x)
    return layers.Multiply()([x, layers.Activation("sigmoid")(centred)])
