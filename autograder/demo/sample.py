"""Made-up classes for `course demo`: one module per lesson, named lesson_NN, holding its CLASS."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """One made-up submission.

    `answers` maps a cell's grade_id to the text put into it; `expected` is the sum of the automatic points.
    A `torn` file is cut off in the middle, as after a failed upload.
    """

    student: str
    about: str
    expected: float
    answers: Mapping[str, str]
    torn: bool = False
