"""A course of one small lesson whose only claim is measured in no time."""

import shutil
from pathlib import Path

import pytest

from course_lib.paths import project_root

LESSON = """\
# %% [markdown]
# # A small lesson
# Sums reach {{claim:01.sums_win:mean}}.

# %%
def total(numbers):
    return sum(numbers)
"""

CLAIMS = """\
from authoring.claims import Claim, Experiment

STEP = 0.01


def run(variant, seed, session):
    return {"score": (0.8 if variant == "sum" else 0.5) + STEP * seed}


SUMS = Experiment("sums", ("sum", "guess"), (1, 2, 3, 4, 5), run, lambda: "the data")
CLAIMS = (Claim("sums_win", "Sums beat guessing.", SUMS, "score", "sum", "guess"),)
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The root of a small course; nothing has been measured yet."""
    root = tmp_path / "course"
    for path, text in (
        ("solutions/01_small/01_small.py", LESSON),
        ("claims/lesson_01.py", CLAIMS),
    ):
        root.joinpath(path).parent.mkdir(parents=True)
        root.joinpath(path).write_text(text)
    shutil.copy(project_root() / "nbgrader_config.py", root)
    return root
