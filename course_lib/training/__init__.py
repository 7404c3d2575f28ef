"""Training with one progress line, and running a block on an array.

The module `course_lib.training.trials` runs variants over paired seeds and compares them.
"""

from course_lib.training.blocks import apply_block
from course_lib.training.fitting import fit

__all__ = ["apply_block", "fit"]
