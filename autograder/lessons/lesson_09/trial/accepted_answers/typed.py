from typing import Any


def trial(attention: Any, seed: int, canvases: Any, network: Any, fit: Any, score: Any) -> dict[str, float]:
    from keras.utils import set_random_seed

    set_random_seed(seed)
    model, sides = network(attention), canvases(seed)
    history = fit(model, sides[0], seed)
    del history
    return score(model, sides[-1])
