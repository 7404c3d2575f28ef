from collections import defaultdict


def run_trials(registration, measure):
    found = defaultdict(list)
    for seed in registration.seeds:
        for variant in (registration.control, registration.variant):
            measures = measure(variant=variant, seed=seed)
            if np.isnan(measures[registration.metric]) or np.isinf(measures[registration.metric]):
                raise ValueError(f"{variant} {seed}")
            found[variant].append(measures[registration.metric])
    return {variant: np.asarray(measured) for variant, measured in found.items()}
