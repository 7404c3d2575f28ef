def trial(attention, seed, canvases, network, fit, score):
    import random

    import tensorflow as tf

    random.seed(seed)
    np.random.seed(seed)
    tf.random.set_seed(seed)
    model = network(attention)
    train, test = canvases(seed)
    fit(model, train, seed)
    return score(model, test)
