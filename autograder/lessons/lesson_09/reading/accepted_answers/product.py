def reading(differences, interval):
    low, mean, high = (float(each) for each in interval)
    if low * high <= 0:
        return "no detectable difference"
    same = [x for x in differences if x * mean > 0]
    other = [x for x in differences if x * mean < 0]
    if len(same) < 3 * len(other):
        return "no detectable difference"
    return "higher" if mean > 0 else "lower"
