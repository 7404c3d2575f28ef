def split(garments, tested, seed):
    kinds = np.unique(garments)
    np.random.default_rng(seed).shuffle(kinds)
    test = np.nonzero(np.isin(garments, kinds[:tested]))[0]
    return np.setdiff1d(np.arange(len(garments)), test), test
