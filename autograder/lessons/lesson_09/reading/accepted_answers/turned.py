def reading(differences, interval):
    low, _, high = interval
    for word, end, d in (
        ("higher", low, np.asarray(differences)),
        ("lower", -high, -np.asarray(differences)),
    ):
        if end > 0 and (d > 0).sum() >= 0.75 * (d != 0).sum():
            return word
    return "no detectable difference"
