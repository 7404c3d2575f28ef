"""The pictures of the lessons: one style, one message each.

Every function returns a matplotlib `Figure` and shows nothing; `show(fig, alt=...)` displays it with a
description for readers who cannot see it.
"""

from course_lib.figures.attention import attention_over_image, feature_maps
from course_lib.figures.comparison import before_after, compare, learning_curves, target_beside_yours
from course_lib.figures.contact import contact_sheet
from course_lib.figures.gates import gate_profile, gate_shapes
from course_lib.figures.showing import show

__all__ = [
    "attention_over_image",
    "before_after",
    "compare",
    "contact_sheet",
    "feature_maps",
    "gate_profile",
    "gate_shapes",
    "learning_curves",
    "show",
    "target_beside_yours",
]
