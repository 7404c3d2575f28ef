def run_trials(registration, measure):
    variants = [registration.variant, registration.control]
    table = np.empty((2, len(registration.seeds)))
    for column, seed in enumerate(registration.seeds):
        for row, variant in enumerate(variants):
            table[row, column] = measure(variant, seed)[registration.metric]
    if not np.all(np.isfinite(table)):
        raise ValueError("not finite")
    return dict(zip(variants, table, strict=True))
