def blind(attention):
    def twin(x, name):
        gates = attention(0 * x + 1, name)
        return gates * x

    return twin
