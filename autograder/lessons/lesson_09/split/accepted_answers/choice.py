def split(garments, tested, seed):
    rng = np.random.default_rng(seed)
    held_out = rng.choice(np.unique(garments), tested, replace=False)
    return np.where(~np.isin(garments, held_out))[0], np.where(np.isin(garments, held_out))[0]
