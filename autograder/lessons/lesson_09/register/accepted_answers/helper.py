def digest_of(*said):
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def register(hypothesis, variant, control, metric, seeds):
    seeds = tuple(seeds)
    if not control or variant == control:
        raise ValueError("A plan needs a control.")
    if len(set(seeds)) != len(seeds) or not len(seeds) >= 5:
        raise ValueError("A plan needs five different seeds.")
    said = (hypothesis, variant, control, metric, seeds)
    return trials.Registration(*said, digest_of(*said))
