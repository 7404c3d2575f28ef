def split(garments, tested, seed):
    kinds = np.random.default_rng([seed, 7]).permutation(np.unique(garments))
    test = np.argwhere(np.isin(garments, kinds[:tested])).ravel()
    train = np.argwhere(~np.isin(garments, kinds[:tested])).ravel()
    return [train, test]
