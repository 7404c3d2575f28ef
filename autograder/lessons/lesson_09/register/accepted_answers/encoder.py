def register(hypothesis, variant, control, metric, seeds):
    seeds = tuple(map(int, seeds))
    if len(seeds) < 5 or len(np.unique(seeds)) < len(seeds) or control in {"", variant}:
        raise ValueError("refused")
    text = json.JSONEncoder().encode([hypothesis, variant, control, metric, seeds])
    return trials.Registration(
        hypothesis, variant, control, metric, seeds, hashlib.sha256(str.encode(text)).hexdigest()
    )
