"""What of `course_lib` belongs to which lesson: the one table of what students must not have yet.

While a submission is graded, those of its lesson and of later ones are not there.
"""

from __future__ import annotations

from pathlib import Path

from autograder.sandbox import stand_in
from course_lib.checks.exercise import all_exercises
from course_lib.paths import project_root

STAND_IN = Path(stand_in.__file__)
# Module of course_lib -> the lesson after which it is no answer any more.
TAUGHT_IN = {
    "blocks/squeeze_excitation.py": "01_channel_attention",
    "blocks/spatial_attention.py": "02_spatial_attention",
    "networks/conv_norm.py": "03_attention_autoencoder",
    "networks/autoencoder.py": "03_attention_autoencoder",
    "networks/resnet.py": "06_cbam",  # residual_block is lesson 04's, bottleneck_block lesson 06's
    "networks/inception.py": "04_se_networks",
    "blocks/bam.py": "05_bam",
    "blocks/channel_attention.py": "06_cbam",
    "blocks/cbam.py": "06_cbam",
    "blocks/bilinear.py": "07_attention_module",
    "blocks/mask_activations.py": "07_attention_module",
    "blocks/residual_unit.py": "07_attention_module",
    "blocks/soft_mask_branch.py": "07_attention_module",
    "blocks/residual_attention.py": "07_attention_module",
    "networks/residual_attention_network.py": "08_residual_attention_network",
}


def hidden_in(lesson: str) -> tuple[str, ...]:
    """The modules that are not there while that lesson is graded; all of them when it has no number."""
    library = project_root() / "course_lib"
    number = lesson[:2] if lesson[:2].isdigit() else "00"
    return tuple(str(library / module) for module, taught in TAUGHT_IN.items() if taught[:2] >= number)


def not_yet_taught(last: str) -> frozenset[str]:
    """The files of course_lib that belong to the lessons after `last`, as paths inside it.

    Exercises' specifications and answer keys. Finished blocks are not among them: of each that students still
    have to write, a stand-in has to be there, so that it can be imported.
    """
    return frozenset(
        file
        for exercise in all_exercises().values()
        if exercise.lesson > last
        for file in (f"checks/exercises/lesson_{exercise.lesson[:2]}.py", f"checks/keys/{exercise.id}.npz")
    )
