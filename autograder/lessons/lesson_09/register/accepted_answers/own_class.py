class Plan:
    def __init__(self, **said):
        self.__dict__.update(said)

    def __setattr__(self, name, value):
        raise AttributeError(f"{name} was registered and stays")


def register(hypothesis, variant, control, metric, seeds):
    seeds = tuple(int(seed) for seed in seeds)
    if not control or variant == control or len(set(seeds)) < max(5, len(seeds)):
        raise ValueError("This plan can prove nothing.")
    said = json.dumps([hypothesis, variant, control, metric, list(seeds)])
    digest = hashlib.sha256(said.encode()).hexdigest()
    return Plan(
        hypothesis=hypothesis, variant=variant, control=control, metric=metric, seeds=seeds, digest=digest
    )
