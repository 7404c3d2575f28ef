def blind(attention):
    def twin(x, name):
        return attention(keras.ops.ones_like(x), name) * x

    return twin
