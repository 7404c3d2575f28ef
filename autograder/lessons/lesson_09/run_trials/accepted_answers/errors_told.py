def run_trials(registration, measure):
    found = {registration.variant: [], registration.control: []}
    for seed in registration.seeds:
        for variant in found:
            try:
                value = measure(variant, seed)[registration.metric]
            except Exception:
                print(f"{variant} with seed {seed} failed")
                raise
            if not np.isfinite(value):
                raise ValueError(f"{variant} with seed {seed}: {value}")
            found[variant].append(value)
    return {variant: np.array(values) for variant, values in found.items()}
