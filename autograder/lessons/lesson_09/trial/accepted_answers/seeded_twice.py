def trial(attention, seed, canvases, network, fit, score):
    keras.utils.set_random_seed(seed)
    model = network(attention)
    train, test = canvases(seed)
    keras.utils.set_random_seed(seed)
    fit(model, train, seed)
    return score(model, test)
