def run_trials(registration, measure):
    out = {}
    for variant in (registration.variant, registration.control):
        out[variant] = []
        for seed in registration.seeds:
            measured = measure(variant, seed)
            value = measured[registration.metric]
            if not np.isfinite(value):
                raise ValueError(f"{variant=} {seed=} {value=}")
            out[variant].append(value)
        out[variant] = np.array(out[variant], dtype=float)
    out["seeds"] = np.array(registration.seeds)
    return out
