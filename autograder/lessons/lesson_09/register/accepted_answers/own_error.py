class BadPlan(ValueError):
    pass


def register(hypothesis, variant, control, metric, seeds):
    if control in (None, "", variant):
        raise BadPlan("control")
    if len(set(seeds)) < 5 or len(set(seeds)) != len(list(seeds)):
        raise BadPlan("seeds")
    text = json.dumps([hypothesis, variant, control, metric, list(seeds)])
    digest = hashlib.sha256(text.encode()).hexdigest()
    return trials.Registration(hypothesis, variant, control, metric, tuple(seeds), digest)
