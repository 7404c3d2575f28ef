def register(hypothesis, variant, control, metric, seeds):
    seeds = tuple(seeds)
    if control == "":
        raise ValueError("no control")
    if control == variant:
        raise ValueError("the control is the variant")
    if len(seeds) < 5:
        raise ValueError("too few seeds")
    if len(seeds) != len(set(seeds)):
        raise ValueError("a seed twice")
    digest = hashlib.sha256(json.dumps([hypothesis, variant, control, metric, seeds]).encode()).hexdigest()
    return trials.Registration(hypothesis, variant, control, metric, seeds, digest)
