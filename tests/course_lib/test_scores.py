"""Scores for attention, on maps small enough to work out by hand."""

import random

import keras
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


def test_map_auroc_compares_the_pixels_on_the_object_with_the_others() -> None:
    maps = np.zeros((2, 4, 4))
    maps[0, 1, 1:3] = 0.2  # above all others, however dark
    maps[1, 1, 1] = maps[1, 0, 0] = 1.0  # one of two on the object, one of fourteen beside it
    expected = (1 / 2) * (13 / 14 + 1 / 2 * 1 / 14) + (1 / 2) * (1 / 2 * 13 / 14)
    masks = np.repeat(MASK, 2, axis=0)
    assert scores.map_auroc(maps, masks) == pytest.approx((1 + expected) / 2)
    assert scores.map_auroc(np.full((2, 4, 4), 0.7), masks) == 0.5


def test_every_candidate_gets_every_score() -> None:
    maps = np.random.default_rng(0).random((3, 4, 4))
    masks = np.repeat(MASK, 3, axis=0)
    table = scores.score_maps({"map": maps, "flat": np.ones_like(maps)}, masks)
    assert table["pointing game"]["map"] == scores.pointing_game(maps, masks)
    assert table["energy in the mask"]["map"] == scores.energy_in_mask(maps, masks)
    assert table["AUROC of the pixels"] == {"map": scores.map_auroc(maps, masks), "flat": 0.5}


def test_controls_know_nothing_of_their_image() -> None:
    maps = np.random.default_rng(0).random((5, 7, 9, 1))
    controls = scores.control_maps(maps, seed=0)
    assert {control.shape for control in controls.values()} == {(5, 7, 9)}
    assert np.ptp(controls["uniform"]) == 0
    assert np.unravel_index(controls["centre prior"][3].argmax(), (7, 9)) == (3, 4)
    others = controls["another image's map"]
    assert not any((mine[..., 0] == dealt).all() for mine, dealt in zip(maps, others, strict=True))
    assert sorted(others.sum(axis=(1, 2))) == pytest.approx(sorted(maps.sum(axis=(1, 2, 3))))
    np.testing.assert_array_equal(others, scores.control_maps(maps, seed=0)["another image's map"])


def test_an_untrained_twin_has_the_form_and_other_weights() -> None:
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    before = random.getstate()
    first, again, other = (scores.untrained(model, seed) for seed in (0, 0, 1))
    assert random.getstate() == before
    kernel, same, third = (twin.get_weights()[0] for twin in (first, again, other))
    assert kernel.shape == model.get_weights()[0].shape
    np.testing.assert_array_equal(kernel, same)
    assert (kernel != third).all() and (kernel != model.get_weights()[0]).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: scores.pointing_game(np.ones((1, 2, 2)), MASK), "Resize the maps"),
        (lambda: scores.pointing_game(np.full((1, 4, 4), np.nan), MASK), "NaN or infinity"),
        (lambda: scores.energy_in_mask(np.ones((0, 4, 4)), MASK[:0]), "no map"),
        (lambda: scores.energy_in_mask(-np.ones((1, 4, 4)), MASK), "never negative"),
        (lambda: scores.map_auroc(np.ones((1, 4, 4)), np.ones((1, 4, 4))), "both kinds"),
        (lambda: scores.control_maps(np.ones((1, 4, 4)), seed=0), r"\(1, 4, 4\) .* at least 2"),
        (lambda: scores.control_maps(np.ones((2, 4)), seed=0), r"\(2, 4\)"),
        (lambda: scores.control_maps(np.ones((2, 4, 4)), seed=-1), "seed=-1"),
        (lambda: scores.auroc(np.ones(3), np.ones(3, bool)), "both kinds"),
        (lambda: scores.auroc(np.ones(3), np.ones(2, bool)), "one truth per score"),
    ],
)
def test_what_cannot_be_scored_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
