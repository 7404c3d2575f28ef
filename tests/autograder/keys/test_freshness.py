"""A key knows when it is out of date, and which of its sources changed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.keys import freshness
from autograder.keys.freshness import sources, why_stale
from course_lib.checks.answer_key import PUBLIC_KEYS, PUBLIC_SEED, load, save
from course_lib.checks.exercise import find_exercise

EXERCISE = find_exercise("squeeze")
SHIPPED = PUBLIC_KEYS / "squeeze.npz"


def test_the_shipped_key_is_fresh() -> None:
    assert why_stale(SHIPPED, EXERCISE, [PUBLIC_SEED]) == ""


@pytest.mark.parametrize("place", range(4))
def test_the_source_that_changed_is_named(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    today = sources(EXERCISE)
    changed = list(today)[place]
    monkeypatch.setattr(freshness, "sources", lambda _: today | {changed: "00000000"})
    assert why_stale(SHIPPED, EXERCISE, [PUBLIC_SEED]) == f"changed: {changed}"


def test_other_reasons(tmp_path: Path) -> None:
    path = tmp_path / "squeeze.npz"
    assert why_stale(path, EXERCISE, [PUBLIC_SEED]) == "missing"
    path.write_bytes(b"PK, for all anybody knows")
    assert why_stale(path, EXERCISE, [PUBLIC_SEED]) == "not readable"
    path.write_bytes(save(replace(load(SHIPPED), digest="0123456789abcdef")))
    assert why_stale(path, EXERCISE, [PUBLIC_SEED]) == "made by an older version"
    assert why_stale(SHIPPED, EXERCISE, [PUBLIC_SEED + 1]) == "made for another class"


def test_numbers_edited_by_hand_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "squeeze.npz"
    with np.load(SHIPPED) as shipped:
        parts = {name: shipped[name] for name in shipped.files}
    parts["float32"][0, :3] += 1
    np.savez_compressed(path, **parts)
    assert why_stale(path, EXERCISE, [PUBLIC_SEED]) == "not readable"


def test_another_lesson_and_a_card_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise every edit would cost minutes of making keys."""
    read: list[str] = []
    whole = Path.read_bytes

    def note(path: Path) -> bytes:
        read.append(path.name)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", note)
    sources(EXERCISE)
    assert "judge.py" in read and "lesson_01.py" in read
    assert not {"card.py", "common_errors.py", "lesson_02.py"} & set(read)
