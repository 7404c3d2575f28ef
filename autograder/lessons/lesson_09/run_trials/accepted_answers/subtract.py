def run_trials(registration, measure):
    result = {registration.variant: np.zeros(len(registration.seeds))}
    result[registration.control] = result[registration.variant].copy()
    for k, seed in enumerate(registration.seeds):
        for variant in result:
            value = float(measure(variant, seed)[registration.metric])
            if value - value != 0:
                raise ValueError(f"{variant} with seed {seed} gave {value}")
            result[variant][k] = value
    return result
