"""Where batch normalisation stands in an answer: shown apart from the rest, and worth points of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.checks import known_weights, weight_orders
from course_lib.checks.criteria import equals_key
from course_lib.checks.evidence import Array, values
from course_lib.checks.exercise import Look
from course_lib.checks.probe import Case, LayerProbe

NORMALISED = "normalised"
FACTOR, OFFSET = 0.8, 0.3  # neither that of the identity


@dataclass(frozen=True)
class NormalisedProbe(LayerProbe):
    """Also shows where batch normalisation is: some cases with the mean and variance of their own batch.

    Everywhere else batch normalisation is the identity.
    own_statistics: the names of these cases.
    """

    own_statistics: tuple[str, ...] = ("plain",)

    def also(self, model: Any, case: Case, seed: int, x: Array) -> dict[str, Array]:
        if case.name not in self.own_statistics:
            return {}
        for norm in known_weights.batch_norms(model):
            norm.epsilon = 1e-3  # a matter of style
        found = {}
        for reading, order in enumerate(known_weights.readings(model, case.kernels)):
            known_weights.assign(model, seed, order, wanted=case.kernels)
            for norm in known_weights.batch_norms(model):
                learn(norm)
            output = values(model(x, training=True))
            found[weight_orders.name(reading, f"{NORMALISED}/{case.name}")] = output
        return found


def learn(norm: Any) -> None:
    """A factor and an offset, the same in all channels: a norm behind a join is as good as one per part."""
    for name, value in (("gamma", FACTOR), ("beta", OFFSET)):
        if (weight := getattr(norm, name, None)) is not None:
            weight.assign(np.full(weight.shape, value, np.float32))


def normalised(look: Look) -> str | None:
    """With the batch normalised by its own mean and variance, the output is that of the equation."""
    if equals_key(look, NORMALISED):
        return None
    return "normalised by the batch's own mean and variance, the output is not that of the equation"
