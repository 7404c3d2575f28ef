def reading(differences, interval):
    differences = np.asarray(differences)
    direction = int(interval[0] > 0) - int(interval[2] < 0)
    agreeing = np.sum(np.sign(differences) == direction)
    if direction and agreeing < 0.75 * np.sum(differences != 0):
        direction = 0
    return {1: "higher", -1: "lower", 0: "no detectable difference"}[direction]
