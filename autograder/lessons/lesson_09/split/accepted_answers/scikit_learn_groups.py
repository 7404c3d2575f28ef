def split(garments, tested, seed):
    from sklearn.model_selection import train_test_split

    _, held_out = train_test_split(np.unique(garments), test_size=int(tested), random_state=seed)
    in_test = np.isin(garments, held_out)
    return np.flatnonzero(np.logical_not(in_test)), np.flatnonzero(in_test)
