def reading(differences, interval):
    low, _, high = interval
    n = np.count_nonzero(differences)
    if low > 0 and np.count_nonzero(np.asarray(differences) > 0) / max(n, 1) >= 0.75:
        return "Higher"
    if high < 0 and np.count_nonzero(np.asarray(differences) < 0) / max(n, 1) >= 0.75:
        return "Lower"
    return "No detectable difference"
