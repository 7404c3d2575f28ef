"""Scores for attention, on maps small enough to work out by hand."""

import numpy as np
import pytest

from course_lib import scores

MASK = np.zeros((1, 4, 4), dtype=bool)
MASK[0, 1, 1:3] = True  # two of sixteen pixels


def test_pointing_game_counts_the_maps_whose_peak_is_on_the_object() -> None:
    maps = np.zeros((2, 4, 4))
    maps[0, 1, 2] = 1.0  # on the object
    maps[1, 3, 3] = 1.0  # beside it
    assert scores.pointing_game(maps, np.repeat(MASK, 2, axis=0)) == 0.5


def test_a_flat_map_points_as_well_as_chance() -> None:
    assert scores.pointing_game(np.full((1, 4, 4), 0.7), MASK) == pytest.approx(2 / 16)


def test_tied_peaks_share_the_point() -> None:
    maps = np.zeros((1, 4, 4))
    maps[0, 1, 1] = maps[0, 0, 0] = 3.0
    assert scores.pointing_game(maps, MASK) == 0.5


def test_energy_is_the_share_of_the_map_on_the_object() -> None:
    maps = np.zeros((1, 4, 4))
    maps[0, 1, 1], maps[0, 3, 0] = 1.0, 3.0
    assert scores.energy_in_mask(maps, MASK) == pytest.approx(0.25)


def test_energy_does_not_depend_on_how_bright_a_map_is() -> None:
    rng = np.random.default_rng(0)
    maps, masks = rng.random((5, 6, 7)), rng.random((5, 6, 7)) < 0.3
    scaled = maps * rng.uniform(0.1, 10, (5, 1, 1))
    assert scores.energy_in_mask(scaled, masks) == pytest.approx(scores.energy_in_mask(maps, masks))


def test_an_empty_map_counts_as_flat() -> None:
    assert scores.energy_in_mask(np.zeros((1, 4, 4)), MASK) == pytest.approx(2 / 16)


def test_a_channel_axis_of_one_is_accepted() -> None:
    maps = np.random.default_rng(0).random((3, 4, 4))
    masks = np.repeat(MASK, 3, axis=0)
    for score in (scores.pointing_game, scores.energy_in_mask):
        assert score(maps[..., None], masks) == score(maps, masks) == score(maps, masks[..., None])


def test_auroc_of_a_perfect_a_reversed_and_a_blind_ranking() -> None:
    truth = np.array([True, True, False, False])
    assert scores.auroc(np.array([0.9, 0.8, 0.2, 0.1]), truth) == 1.0
    assert scores.auroc(np.array([0.1, 0.2, 0.8, 0.9]), truth) == 0.0
    assert scores.auroc(np.full(4, 0.5), truth) == 0.5


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: scores.pointing_game(np.ones((1, 2, 2)), MASK), "Resize the maps"),
        (lambda: scores.pointing_game(np.full((1, 4, 4), np.nan), MASK), "NaN or infinity"),
        (lambda: scores.energy_in_mask(np.ones((0, 4, 4)), MASK[:0]), "no map"),
        (lambda: scores.energy_in_mask(-np.ones((1, 4, 4)), MASK), "never negative"),
        (lambda: scores.auroc(np.ones(3), np.ones(3, bool)), "both kinds"),
        (lambda: scores.auroc(np.ones(3), np.ones(2, bool)), "one truth per score"),
    ],
)
def test_what_cannot_be_scored_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
