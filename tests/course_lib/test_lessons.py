"""Names of lessons, as people type them."""

from pathlib import Path

import pytest

from course_lib.lessons import LessonNotFound, find_lesson, lesson_names


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in (
        "solutions/10_last/10_last.py",
        "solutions/01_channel_attention/01_channel_attention.py",
        "notebooks/01_channel_attention/01_channel_attention.ipynb",
        "notebooks/02_spatial_attention/02_spatial_attention.ipynb",
        "notebooks/data/data.ipynb",
        "solutions/03_empty/notes.txt",
    ):
        tmp_path.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(path).touch()
    return tmp_path


def test_lessons_come_from_both_folders_in_order(root: Path) -> None:
    assert lesson_names(root) == ["01_channel_attention", "02_spatial_attention", "10_last"]


@pytest.mark.parametrize(
    "name",
    ["01", "1", "01_channel_attention", "channel_attention", "Channel-Attention", "01_channel_attention/"],
)
def test_a_lesson_has_several_names(root: Path, name: str) -> None:
    assert find_lesson(name, root) == "01_channel_attention"


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("chanel_atention", "did you mean 01_channel_attention?"), ("7", "a lesson's number or name")],
)
def test_an_unknown_lesson_is_answered_with_a_suggestion(root: Path, name: str, suggestion: str) -> None:
    with pytest.raises(LessonNotFound) as caught:
        find_lesson(name, root)
    assert name in str(caught.value)
    assert suggestion in str(caught.value)
