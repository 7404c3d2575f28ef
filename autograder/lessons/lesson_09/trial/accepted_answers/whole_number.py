def trial(attention, seed, canvases, network, fit, score):
    seed = int(seed)
    keras.utils.set_random_seed(seed)
    model = network(attention)
    train, test = canvases(seed)
    fit(model, train, seed)
    return dict(score(model, test))
