def run_trials(registration, measure):
    found = {registration.variant: [], registration.control: []}
    for seed in registration.seeds:
        for variant, values in found.items():
            try:
                values.append(measure(variant, seed)[registration.metric])
            except ArithmeticError as error:
                raise ValueError(f"{variant} with seed {seed} failed") from error
            if not np.isfinite(values[-1]):
                raise ValueError(f"{variant} with seed {seed} gave {values[-1]}")
    return found
