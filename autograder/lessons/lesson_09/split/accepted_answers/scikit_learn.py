def split(garments, tested, seed):
    from sklearn.model_selection import GroupShuffleSplit

    splitter = GroupShuffleSplit(n_splits=1, test_size=tested, random_state=seed)
    train, test = next(splitter.split(garments, groups=garments))
    return train, test
