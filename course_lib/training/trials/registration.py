"""The registration of an experiment: what it will measure, fixed before the first run."""

import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Registration:
    """What was said before the first run; nothing in it can be changed.

    Attributes:
        hypothesis: What is expected, in a sentence.
        variant, control: Names of the two that are compared.
        metric: The one measure that decides.
        seeds: Each is run with the variant and with the control.
        digest: SHA-256, in hexadecimal, of `[hypothesis, variant, control, metric, seeds]` as JSON.
    """

    hypothesis: str
    variant: str
    control: str
    metric: str
    seeds: tuple[int, ...]
    digest: str

    @property
    def intact(self) -> bool:
        """Whether the digest belongs to the rest."""
        said = [self.hypothesis, self.variant, self.control, self.metric, list(self.seeds)]
        return self.digest == hashlib.sha256(json.dumps(said).encode()).hexdigest()
