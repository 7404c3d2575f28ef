def run_trials(registration, measure):
    runs = {
        (variant, seed): measure(variant, seed)
        for seed in registration.seeds
        for variant in (registration.variant, registration.control)
    }
    values = {key: run[registration.metric] for key, run in runs.items()}
    if bad := [key for key, value in values.items() if not np.isfinite(value)]:
        raise ValueError(f"no number from {bad}")
    return {
        variant: np.array([values[variant, seed] for seed in registration.seeds])
        for variant in (registration.variant, registration.control)
    }
