def trial(attention, seed, canvases, network, fit, score):
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    model = network(attention)
    train, test = canvases(seed)
    fit(model, train, seed)
    return score(model, test)
