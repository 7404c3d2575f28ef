def blind(attention):
    def twin(x, name):
        ones = layers.Subtract()([x, x]) + 1.0
        return layers.multiply([x, attention(ones, name)])

    return twin
