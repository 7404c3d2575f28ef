def register(hypothesis, variant, control, metric, seeds):
    kept = tuple(seeds)
    if not control.strip() or control == variant or len(kept) <= 4 or len(kept) > len(set(kept)):
        raise ValueError("not a plan")
    hasher = hashlib.sha256()
    hasher.update(json.dumps([hypothesis, variant, control, metric, list(kept)]).encode())
    return trials.Registration(hypothesis, variant, control, metric, kept, hasher.hexdigest())
