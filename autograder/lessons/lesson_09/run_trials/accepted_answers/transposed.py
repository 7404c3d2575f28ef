def run_trials(registration, measure):
    names = (registration.variant, registration.control)
    rows = [[measure(name, seed)[registration.metric] for name in names] for seed in registration.seeds]
    columns = np.array(rows).T
    if not np.isfinite(columns).all():
        raise ValueError("a run measured something that is not a number")
    return {name: column for name, column in zip(names, columns, strict=True)}
