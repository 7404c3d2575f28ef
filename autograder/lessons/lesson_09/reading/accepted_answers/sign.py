def reading(differences, interval):
    low, _, high = interval
    if low <= 0 <= high:
        return "no detectable difference"
    signs = np.sign(differences)
    agree = np.sum(signs == np.sign(low))
    if agree >= 0.75 * np.count_nonzero(signs):
        return "higher" if low > 0 else "lower"
    return "no detectable difference"
