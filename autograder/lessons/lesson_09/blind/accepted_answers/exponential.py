def blind(attention):
    def twin(x, name):
        ones = keras.ops.exp(keras.ops.zeros_like(x))
        return x * attention(ones, name)

    return twin
