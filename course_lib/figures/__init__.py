"""The pictures of the lessons: one style, one message each.

Every function that draws returns a matplotlib `Figure` that carries a description of itself, with its
numbers, and displays nothing. `show(fig)` displays it with that description for readers who cannot see it,
`show(fig, alt=...)` with a better one; `alt_text(fig)` returns it. `explore(fig, draw, ...)` adds controls
where a reader can use them. `grad_cam` returns arrays, for `heat_over_image` to draw.
"""

from course_lib.figures.attention import attention_over_image, feature_maps, heat_over_image
from course_lib.figures.bottleneck import bottlenecks
from course_lib.figures.comparison import before_after, compare, target_beside_yours
from course_lib.figures.confusion import confusion_matrix
from course_lib.figures.contact_sheets import contact_sheet
from course_lib.figures.curves import learning_curves
from course_lib.figures.diagrams import block_diagram
from course_lib.figures.display import alt_text, show
from course_lib.figures.gates import gate_profile, gate_profiles, gate_shapes
from course_lib.figures.gating_diagrams import gating_steps
from course_lib.figures.grad_cam import grad_cam, grad_cam_maps
from course_lib.figures.interactive import explore
from course_lib.figures.intervals import intervals
from course_lib.figures.mask_hierarchies import mask_hierarchy
from course_lib.figures.receptive_field import reach
from course_lib.figures.reconstructions import reconstructions

__all__ = [
    "alt_text",
    "attention_over_image",
    "before_after",
    "block_diagram",
    "bottlenecks",
    "compare",
    "confusion_matrix",
    "contact_sheet",
    "explore",
    "feature_maps",
    "gate_profile",
    "gate_profiles",
    "gate_shapes",
    "gating_steps",
    "grad_cam",
    "grad_cam_maps",
    "heat_over_image",
    "intervals",
    "learning_curves",
    "mask_hierarchy",
    "reach",
    "reconstructions",
    "show",
    "target_beside_yours",
]
