"""Where batch normalisation stands in an answer: shown apart from the rest, and worth points of its own."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import Any

from course_lib.checks import readings, weights
from course_lib.checks.criteria import equals_key
from course_lib.checks.evidence import Array, Evidence, values
from course_lib.checks.exercise import Look
from course_lib.checks.probe import Draw, LayerProbe, undisturbed_randomness

NORMALISED = "normalised"


@dataclass(frozen=True)
class NormalisedProbe(LayerProbe):
    """Also shows where batch normalisation is: some cases with the mean and variance of their own batch.

    Everywhere else batch normalisation is the identity.
    own_statistics: the names of these cases.
    """

    own_statistics: tuple[str, ...] = ("plain",)

    def run(
        self, exercise: str, answer: Any, seed: int, without_biases: frozenset[int] = frozenset()
    ) -> Evidence:
        evidence = super().run(exercise, answer, seed, without_biases)
        found: dict[str, Array] = {}
        with contextlib.suppress(Exception), undisturbed_randomness():  # an error was met before
            for case in self.cases(Draw(seed)):
                if case.name not in self.own_statistics:
                    continue
                model, _ = self._build(answer, case)
                for norm in weights.batch_norms(model):
                    norm.epsilon = 1e-3  # a matter of style
                for reading, order in enumerate(weights.readings(model, case.kernels)):
                    weights.assign(model, seed, order, wanted=case.kernels)
                    output = values(model(self.inputs(seed)[case.name], training=True))
                    found[readings.name(reading, f"{NORMALISED}/{case.name}")] = output
        return replace(evidence, arrays=evidence.arrays | found)


def normalised(look: Look) -> str | None:
    """With the batch normalised by its own mean and variance, the output is that of the equation."""
    if equals_key(look, NORMALISED):
        return None
    return "normalised by the batch's own mean and variance, the output is not that of the equation"
