def reading(differences, interval):
    above = below = 0
    for difference in differences:
        if difference > 0:
            above += 1
        elif difference < 0:
            below += 1
    enough = (above + below) * 3 / 4
    if not (interval[0] <= 0) and not (above < enough):
        return "higher"
    if not (interval[2] >= 0) and not (below < enough):
        return "lower"
    return "no detectable difference"
