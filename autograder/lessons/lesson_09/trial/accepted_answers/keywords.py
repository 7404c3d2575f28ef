def trial(attention, seed, canvases, network, fit, score):
    keras.utils.set_random_seed(seed=seed)
    net = network(attention)
    (train, test) = canvases(seed)
    fit(net, train, seed=seed)
    measures = score(net, test)
    return measures
