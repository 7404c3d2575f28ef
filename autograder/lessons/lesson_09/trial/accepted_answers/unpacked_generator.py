def trial(attention, seed, canvases, network, fit, score):
    sides = iter(canvases(seed))
    keras.utils.set_random_seed(seed)
    model = network(attention)
    fit(model, next(sides), seed)
    return score(model, next(sides))
