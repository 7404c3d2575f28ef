def split(garments, tested, seed):
    rng = np.random.default_rng(seed)
    in_test = np.isin(garments, rng.permutation(np.unique(garments))[:tested])
    return rng.permutation(np.flatnonzero(~in_test)), rng.permutation(np.flatnonzero(in_test))
