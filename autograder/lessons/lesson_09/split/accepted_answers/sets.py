def split(garments, tested, seed):
    import random

    kinds = sorted({int(g) for g in garments})
    held_out = set(random.Random(seed).sample(kinds, tested))
    train = [n for n, g in enumerate(garments) if int(g) not in held_out]
    test = [n for n, g in enumerate(garments) if int(g) in held_out]
    return train, test
