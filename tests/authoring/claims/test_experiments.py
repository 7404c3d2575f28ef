"""The experiments that lessons quote: paired seeds are worth something only if each starts anew."""

import hashlib
from typing import Any, NoReturn

import numpy as np
import pytest

from authoring.claims import Experiment, ledgers
from course_lib.paths import project_root
from course_lib.session import Session

UNTRAINED = {"stacks", "alarms"}  # they look at first weights, and at numbers that are drawn
EXPERIMENTS = [
    pytest.param(experiment, id=f"{ledger.number}-{experiment.id}")
    for ledger in ledgers(project_root())
    for experiment in ledger.experiments
    if experiment.id not in UNTRAINED
]


class Trains(Exception):
    """Raised in the place of training."""


@pytest.mark.slow
@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_each_seed_has_first_weights_of_its_own(
    experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    seen: list[str] = []

    def fit(model: Any, *_: Any, **__: Any) -> NoReturn:
        weights = b"".join(np.asarray(weight).tobytes() for weight in model.trainable_weights)
        seen.append(hashlib.sha256(weights).hexdigest())
        raise Trains

    monkeypatch.setattr(keras.Model, "fit", fit)
    for seed in experiment.seeds[:2]:
        with pytest.raises(Trains):
            experiment.run(experiment.variants[0], seed, Session(seed, "smoke"))
    assert len(set(seen)) == 2
