def trial(attention, seed, canvases, network, fit, score):
    train, test = canvases(seed)
    keras.utils.set_random_seed(seed)
    model = network(attention)
    fit(model, train, seed)
    return score(model, test)
