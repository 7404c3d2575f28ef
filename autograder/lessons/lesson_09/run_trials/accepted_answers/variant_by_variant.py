def run_trials(registration, measure):
    found = {}
    for variant in (registration.variant, registration.control):
        found[variant] = np.array(
            [measure(variant, seed)[registration.metric] for seed in registration.seeds]
        )
        if not np.isfinite(found[variant]).all():
            raise ValueError(f"{variant} has a run without a number")
    return found
