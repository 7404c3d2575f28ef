def split(garments, tested, seed):
    kinds = np.random.default_rng(seed).permutation(np.unique(garments))
    in_test = np.isin(garments, kinds[len(kinds) - tested :])
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)
