def register(hypothesis, variant, control, metric, seeds):
    plan = dict(hypothesis=hypothesis, variant=variant, control=control, metric=metric, seeds=tuple(seeds))
    if control in ("", variant) or len(set(plan["seeds"])) != len(plan["seeds"]) or len(plan["seeds"]) < 5:
        raise ValueError(f"{plan} cannot prove anything.")
    text = json.dumps(list(plan.values()))
    return trials.Registration(**plan, digest=hashlib.sha256(text.encode("utf-8")).hexdigest())
