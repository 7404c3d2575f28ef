import math


def run_trials(registration, measure):
    mine, other = [], []
    for seed in registration.seeds:
        mine.append(measure(registration.variant, seed)[registration.metric])
        other.append(measure(registration.control, seed)[registration.metric])
    for value in mine + other:
        if not math.isfinite(value):
            raise ValueError("a run gave no number")
    return {registration.variant: mine, registration.control: other}
