from collections import Counter


def register(hypothesis, variant, control, metric, seeds):
    seeds = list(seeds)
    if not control or control == variant:
        raise ValueError("name a control that is not the variant")
    if len(seeds) < 5 or max(Counter(seeds).values()) > 1:
        raise ValueError("give five seeds or more, each once")
    digest = hashlib.sha256(json.dumps([hypothesis, variant, control, metric, seeds]).encode()).hexdigest()
    return trials.Registration(
        hypothesis=hypothesis,
        variant=variant,
        control=control,
        metric=metric,
        seeds=tuple(seeds),
        digest=digest,
    )
