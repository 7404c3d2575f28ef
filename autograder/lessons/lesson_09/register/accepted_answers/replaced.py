import dataclasses


def register(hypothesis, variant, control, metric, seeds):
    plan = trials.Registration(hypothesis, variant, control, metric, tuple(seeds), "")
    if not plan.control or plan.control == plan.variant:
        raise ValueError("control")
    if len(plan.seeds) < 5 or len(frozenset(plan.seeds)) < len(plan.seeds):
        raise ValueError("seeds")
    said = [getattr(plan, field.name) for field in dataclasses.fields(plan)][:-1]
    return dataclasses.replace(plan, digest=hashlib.sha256(json.dumps(said).encode()).hexdigest())
