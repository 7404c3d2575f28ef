from typing import NamedTuple


class Plan(NamedTuple):
    hypothesis: str
    variant: str
    control: str
    metric: str
    seeds: tuple
    digest: str


def register(hypothesis, variant, control, metric, seeds):
    if not control or control == variant:
        raise ValueError("control")
    if len(seeds) < 5 or len(set(seeds)) != len(seeds):
        raise ValueError("seeds")
    said = [hypothesis, variant, control, metric, [*seeds]]
    return Plan(*said[:4], tuple(seeds), hashlib.sha256(json.dumps(said).encode()).hexdigest())
