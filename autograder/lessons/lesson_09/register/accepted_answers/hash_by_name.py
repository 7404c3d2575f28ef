def register(hypothesis, variant, control, metric, seeds):
    kept = (*seeds,)
    for bad in (not control, control == variant, len(kept) < 5, len(set(kept)) < len(kept)):
        if bad:
            raise ValueError("This plan is refused.")
    data = bytes(json.dumps((hypothesis, variant, control, metric, kept)), "utf-8")
    return trials.Registration(
        hypothesis, variant, control, metric, kept, hashlib.new("sha256", data).hexdigest()
    )
