def reading(differences, interval):
    above, below = np.sum(np.greater(differences, 0)), np.sum(np.less(differences, 0))
    clear = min(interval) > 0 or max(interval) < 0
    agree = max(above, below) >= 0.75 * (above + below)
    if not clear or not agree or (above > below) != (min(interval) > 0):
        return "no detectable difference"
    return "higher" if above > below else "lower"
