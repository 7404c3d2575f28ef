def reading(differences, interval):
    d = np.array(differences)
    d = d[d != 0]
    if interval[0] > 0 and (d > 0).mean() >= 0.75:
        return "higher"
    if interval[2] < 0 and (d < 0).mean() >= 0.75:
        return "lower"
    return "no detectable difference"
