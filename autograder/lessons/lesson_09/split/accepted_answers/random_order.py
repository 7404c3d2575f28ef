def split(garments, tested, seed):
    kinds, which = np.unique(garments, return_inverse=True)
    rank = np.argsort(np.random.default_rng(seed).random(len(kinds)))
    chosen = np.zeros(len(kinds), bool)
    chosen[rank[:tested]] = True
    return np.flatnonzero(~chosen[which]), np.flatnonzero(chosen[which])
