def split(garments, tested, seed):
    kinds = np.random.RandomState(seed).permutation(np.unique(garments))
    train = np.flatnonzero(np.isin(garments, kinds[tested:]))
    return train, np.flatnonzero(np.isin(garments, kinds[:tested]))
