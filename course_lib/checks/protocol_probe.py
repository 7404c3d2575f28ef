"""A probe for functions of an experiment's protocol: scenes with made-up parts, and what happens in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.checks.evidence import Array, Evidence, WrongReturn
from course_lib.checks.probe import Draw, describe_error, kind_of_value, undisturbed_randomness

Scene = Callable[[Any], dict[str, Any]]  # calls an answer with made-up parts; returns arrays by name


@dataclass(frozen=True)
class ProtocolProbe:
    """Plays scenes with a function of the protocol, one after another, up to the first that fails.

    Attributes:
        scenes: Draws the scenes.
        most_readings: 1: there are no weights to deal.
    """

    scenes: Callable[[Draw], Sequence[Scene]]
    most_readings = 1

    def run(self, exercise: str, answer: Any, seed: int) -> Evidence:
        """Play the scenes and keep the arrays that each returns."""
        arrays: dict[str, Array] = {}
        facts: dict[str, Any] = {}
        for number, scene in enumerate(self.scenes(Draw(seed))):
            try:
                with undisturbed_randomness():
                    arrays |= {name: np.asarray(value) for name, value in scene(answer).items()}
            except (Exception, SystemExit) as error:  # whatever the answer does is a finding
                facts["error"] = describe_error(error, f"scene {number}", "run")
                break
        return Evidence(exercise, arrays, facts)


def text_codes(text: Any) -> Array:
    """Return a text as whole numbers, since arrays of evidence hold nothing else.

    Raises:
        WrongReturn: If it is no text.
    """
    if not isinstance(text, str):
        raise WrongReturn(f"holds {kind_of_value(text)} where a text is expected")
    return np.frombuffer(text.encode()[:200], np.uint8)


def how_it_ends(call: Callable[[], Any]) -> int:
    """Return 0 if a call ends with a ValueError, 1 for another error, 2 for a result.

    A NotImplementedError passes through: the answer is still a stub.
    """
    try:
        call()
    except ValueError:
        return 0
    except NotImplementedError:
        raise
    except Exception:
        return 1
    return 2
