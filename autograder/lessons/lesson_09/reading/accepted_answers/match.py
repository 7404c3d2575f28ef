def reading(differences, interval):
    above = sum(float(x) > 0 for x in differences)
    below = sum(float(x) < 0 for x in differences)
    match (interval[0] > 0, interval[2] < 0):
        case (True, False) if above >= 3 * below:
            return "higher"
        case (False, True) if below >= 3 * above:
            return "lower"
    return "no detectable difference"
