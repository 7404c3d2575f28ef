def blind(attention):
    def twin(x, name):
        ones = keras.ops.ones_like(x)
        return layers.Multiply(name=name + "_blind")([x, attention(ones, name)])

    return twin
