"""Every lesson finds in its bundle what it shows, and none of what it asks for."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from authoring.release import drawn_resnet
from authoring.release.shown_blocks import DRAWN, choose, used
from authoring.release.student_zip import drawing
from autograder.lessons.held_back_files import TAUGHT_IN
from course_lib.blocks import SqueezeExcitation, plug
from course_lib.count import size_of
from course_lib.errors import CourseError
from course_lib.lessons import lesson_names
from course_lib.networks import resnet
from course_lib.paths import project_root

ROOT = project_root()
LESSONS = lesson_names(ROOT)
SETS = [[lesson] for lesson in LESSONS] + [list(pair) for pair in itertools.combinations(LESSONS, 2)]


@pytest.mark.parametrize("lessons", [*SETS, LESSONS], ids=lambda each: "+".join(name[:2] for name in each))
def test_every_set_of_lessons_finds_what_it_uses(lessons: list[str]) -> None:
    blocks = choose(ROOT, lessons)
    for lesson in lessons:
        assert not used(ROOT, lesson) & blocks.held_back
    if len(lessons) == 1:
        assert not blocks.shown
        assert all(
            taught[:2] < lessons[0][:2]
            for module, taught in TAUGHT_IN.items()
            if module not in blocks.held_back | {DRAWN}
        )


def test_what_lessons_use_is_found_in_their_cells() -> None:
    assert used(ROOT, LESSONS[4]) == {
        "blocks/squeeze_excitation.py",
        "networks/conv_norm.py",
        "networks/resnet.py",
    }
    assert used(ROOT, LESSONS[1]) == set()


def test_a_lesson_may_not_show_what_it_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TAUGHT_IN, "networks/conv_norm.py", LESSONS[4])
    with pytest.raises(CourseError, match=r"networks/conv_norm\.py"):
        choose(ROOT, [LESSONS[4]])


@pytest.mark.slow
def test_the_drawn_network_is_the_finished_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "resnet50.json"
    path.write_text(drawing())
    monkeypatch.setattr(drawn_resnet, "_DRAWING", path)
    se = plug(SqueezeExcitation, reduction=16)
    options = {"attention": se, "stage_attention": se}
    drawn, finished = drawn_resnet.resnet(50, stride="v1", **options), resnet(50, stride="v1", **options)
    assert size_of(drawn) == size_of(finished)
    drawn.set_weights(finished.get_weights())
    images = np.random.default_rng(1).random((1, 224, 224, 3), "float32")
    np.testing.assert_allclose(drawn(images), finished(images), rtol=1e-4)
    with pytest.raises(ValueError, match="only depth=50"):
        drawn_resnet.resnet(101)
