def reading(differences, interval):
    differing = differences[differences != 0]
    percent = 100 * np.mean(differing > 0) if len(differing) else 50
    if interval[0] > 0 and percent >= 75:
        return "higher"
    return "lower" if interval[2] < 0 and percent <= 25 else "no detectable difference"
