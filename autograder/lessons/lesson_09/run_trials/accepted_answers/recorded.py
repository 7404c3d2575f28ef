def run_trials(registration, measure):
    seeds, metric = registration.seeds, registration.metric
    found = {}
    for variant in (registration.variant, registration.control):
        found[variant] = np.fromiter((measure(variant, seed)[metric] for seed in seeds), float)
    for variant, measured in found.items():
        for seed, value in zip(seeds, measured, strict=True):
            if not np.isfinite(value):
                raise ValueError(f"{variant} with seed {seed} measured {value}.")
    return found
