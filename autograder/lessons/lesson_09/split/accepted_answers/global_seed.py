def split(garments, tested, seed):
    np.random.seed(seed)
    held_out = np.random.permutation(np.unique(garments))[:tested]
    in_test = np.isin(garments, held_out)
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)
