def trial(attention, seed, canvases, network, fit, score):
    keras.utils.set_random_seed(seed)
    model = network(attention)
    train, test = canvases(seed)
    fit(model, train, seed)
    return {name: float(value) for name, value in score(model, test).items()}
