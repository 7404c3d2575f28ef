"""A registration cannot be changed, and knows its own digest."""

import dataclasses

import pytest

from course_lib.training.trials import Registration

# Worked out by `printf '%s' '["It helps.", "block", "blind", "accuracy", [1, 2, 3, 4, 5]]' | sha256sum`.
DIGEST = "65d0f3465834ab40b8e71c8ea8eb50dd6dbc1a072379461284506f75dabd1c50"
WHOLE = Registration("It helps.", "block", "blind", "accuracy", (1, 2, 3, 4, 5), DIGEST)


def test_the_digest_of_a_whole_registration_belongs_to_it() -> None:
    assert WHOLE.intact


@pytest.mark.parametrize("part", ["hypothesis", "variant", "control", "metric"])
def test_another_text_needs_another_digest(part: str) -> None:
    assert not dataclasses.replace(WHOLE, **{part: "another"}).intact


@pytest.mark.parametrize("seeds", [(1, 2, 3, 4), (2, 1, 3, 4, 5), (1, 2, 3, 4, 6)])
def test_other_seeds_need_another_digest(seeds: tuple[int, ...]) -> None:
    assert not dataclasses.replace(WHOLE, seeds=seeds).intact


def test_nothing_can_be_set_again() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        WHOLE.metric = "pointing"  # type: ignore[misc]
