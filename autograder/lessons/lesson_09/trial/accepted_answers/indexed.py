def trial(attention, seed, canvases, network, fit, score):
    keras.utils.set_random_seed(seed)
    parts = canvases(seed)
    model = network(attention)
    fit(model, parts[0], seed)
    return score(model, parts[1])
