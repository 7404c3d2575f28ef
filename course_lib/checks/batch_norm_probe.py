"""Where batch normalisation stands in an answer: probed apart from the rest, and worth points of its own.

In other probes it is the identity, so that an answer without it can earn the points for its equation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.checks import known_weights, weight_orders
from course_lib.checks.criteria import equals_key
from course_lib.checks.evidence import Array, tensor_values
from course_lib.checks.exercise import Look
from course_lib.checks.probe import Case, LayerProbe

_NORMALISED = "normalised"
_FACTOR, _OFFSET = 0.8, 0.3  # neither that of the identity


@dataclass(frozen=True)
class NormalisedProbe(LayerProbe):
    """A layer probe that also runs some cases with the mean and variance of their own batch.

    The result depends on where batch normalisation stands.

    Attributes:
        own_statistics: The names of these cases.
    """

    own_statistics: tuple[str, ...] = ("plain",)

    def also(self, model: Any, case: Case, seed: int, x: Array) -> dict[str, Array]:
        if case.name not in self.own_statistics:
            return {}
        for norm in known_weights.batch_norms(model):
            norm.epsilon = 1e-3  # the value chosen is a matter of style and must not show
        found = {}
        for reading, order in enumerate(known_weights.block_orders(model, case.kernels)):
            known_weights.assign(model, seed, order, wanted=case.kernels)
            for norm in known_weights.batch_norms(model):
                _set_learned_values(norm)
            output = tensor_values(model(x, training=True))
            found[weight_orders.name_in_reading(reading, f"{_NORMALISED}/{case.name}")] = output
        return found


def _set_learned_values(norm: Any) -> None:
    """Set factor and offset, the same in all channels: a norm behind a join is as good as one per part."""
    for name, value in (("gamma", _FACTOR), ("beta", _OFFSET)):
        if (weight := getattr(norm, name, None)) is not None:
            weight.assign(np.full(weight.shape, value, np.float32))


def normalised(look: Look) -> str | None:
    """Test that the output is the equation's when the batch is normalised by its own mean and variance."""
    if equals_key(look, _NORMALISED):
        return None
    return "normalised by the batch's own mean and variance, the output is not that of the equation"
