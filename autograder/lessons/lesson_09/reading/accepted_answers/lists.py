def reading(differences, interval):
    up = len([x for x in differences if x > 0])
    down = len([x for x in differences if x < 0])
    verdict = "no detectable difference"
    if interval[0] > 0 and 4 * up >= 3 * (up + down):
        verdict = "higher"
    elif interval[-1] < 0 and 4 * down >= 3 * (up + down):
        verdict = "lower"
    return verdict
