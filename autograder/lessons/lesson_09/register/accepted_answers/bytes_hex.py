def register(hypothesis, variant, control, metric, seeds):
    seeds = tuple(seeds)
    few, same = len(seeds) < 5, len(set(seeds)) < len(seeds)
    if few or same or not control or control == variant:
        raise ValueError(f"few={few}, same={same}, control={control!r}")
    raw = json.dumps([hypothesis, variant, control, metric, list(seeds)]).encode("ascii")
    return trials.Registration(
        hypothesis, variant, control, metric, seeds, hashlib.sha256(raw).digest().hex()
    )
