def split(garments, tested, seed):
    rng = np.random.Generator(np.random.PCG64(seed))
    held_out = rng.choice(sorted(set(garments.tolist())), size=tested, replace=False).tolist()
    test = np.array([place for place, garment in enumerate(garments) if garment in held_out])
    return np.array([place for place in range(len(garments)) if place not in test]), test
