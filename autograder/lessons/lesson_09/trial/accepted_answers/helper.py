def fresh(network, attention, seed):
    keras.utils.set_random_seed(seed)
    return network(attention)


def trial(attention, seed, canvases, network, fit, score):
    train, test = canvases(seed)
    model = fresh(network, attention, seed)
    fit(model, train, seed)
    return score(model, test)
