def reading(differences, interval):
    low, _, high = interval
    above, below = (differences > 0).sum(), (differences < 0).sum()
    if low > 0 and below <= (above + below) / 4:
        return "higher"
    if high < 0 and above <= (above + below) / 4:
        return "lower"
    return "no detectable difference"
