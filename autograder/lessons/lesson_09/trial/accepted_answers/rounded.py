def trial(attention, seed, canvases, network, fit, score):
    keras.utils.set_random_seed(seed)
    model = network(attention)
    train, test = canvases(seed)
    fit(model, train, seed)
    return {key: np.float64(value) for key, value in score(model, test).items()}
