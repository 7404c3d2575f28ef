def run_trials(registration, measure):
    found = {registration.variant: [], registration.control: []}
    for seed in registration.seeds:
        for variant in found:
            found[variant] += [measure(variant, seed).get(registration.metric)]
            if abs(found[variant][-1]) == float("inf") or found[variant][-1] != found[variant][-1]:
                raise ValueError("not a finite number")
    return found
