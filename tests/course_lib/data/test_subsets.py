"""Subsets: exact class counts, no image twice, the same for the same seed."""

import numpy as np
import pytest

from course_lib.data import balanced_subset, stratified_split, stratified_subset

UNEVEN = np.random.default_rng(0).permutation(np.repeat([0, 1, 2], [600, 300, 100]))


def test_each_class_keeps_its_share_in_both_parts() -> None:
    first, rest = stratified_split(UNEVEN, 50, seed=0)
    assert np.bincount(UNEVEN[first]).tolist() == [30, 15, 5]
    assert np.bincount(UNEVEN[rest]).tolist() == [570, 285, 95]
    assert sorted(np.concatenate([first, rest])) == list(range(1000))


@pytest.mark.parametrize("size", [3, 7, 55, 997])
def test_a_share_that_is_not_whole_is_rounded_up_or_down(size: int) -> None:
    first = stratified_subset(UNEVEN, size, seed=4)
    counts = np.bincount(UNEVEN[first], minlength=3)
    assert counts.sum() == size == len(set(first))
    assert (abs(counts - size * np.array([0.6, 0.3, 0.1])) < 1).all()


def test_balanced_subsets_have_the_same_number_of_each_class_and_grow() -> None:
    small, large = (balanced_subset(UNEVEN, count, seed=2) for count in (20, 100))
    assert np.bincount(UNEVEN[small]).tolist() == [20] * 3
    assert np.bincount(UNEVEN[large]).tolist() == [100] * 3
    assert set(small) < set(large)
    assert (np.diff(UNEVEN[small]) != 0).any() and (np.diff(UNEVEN[small]) < 0).any()  # mixed


@pytest.mark.parametrize("draw", [stratified_subset, balanced_subset])
def test_the_seed_decides_everything(draw) -> None:
    first, again, other = (draw(UNEVEN, 60, seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert set(first) != set(other)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: stratified_split(UNEVEN, 2, seed=0),
            "size=2 is not allowed; give a whole number from 3 to 997",
        ),
        (lambda: stratified_split(UNEVEN, 998, seed=0), "size=998"),
        (lambda: stratified_split(UNEVEN, 0.5, seed=0), "size=0.5"),
        (lambda: stratified_split(np.array([0, 0, 1]), 2, seed=0), "class 1 once"),
        (lambda: stratified_split(UNEVEN, 50, seed=-1), "seed=-1"),
        (lambda: balanced_subset(UNEVEN, 101, seed=0), "per_class=101 .* from 1 to 100"),
        (lambda: balanced_subset(UNEVEN, 5, seed=-1), "seed=-1"),
        (lambda: balanced_subset(UNEVEN - 1, 5, seed=0), "labels hold -1"),
    ],
)
def test_misfits_are_refused_by_name(call, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
