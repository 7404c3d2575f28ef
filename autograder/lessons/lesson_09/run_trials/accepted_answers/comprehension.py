def run_trials(registration, measure):
    def one(variant, seed):
        value = measure(variant, seed)[registration.metric]
        if not np.isfinite(value):
            raise ValueError(f"{variant}, seed {seed}: {value}")
        return value

    names = registration.variant, registration.control
    return {name: np.array([one(name, seed) for seed in registration.seeds]) for name in names}
