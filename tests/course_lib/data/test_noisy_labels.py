"""Noisy labels follow the paper's confusion matrix, and say which labels they changed."""

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from course_lib.data import label_noise_matrix, noisy_labels, shuffled_labels

CLEAN = np.repeat(np.arange(10, dtype=np.uint8), 5000)


def test_the_matrix_is_the_papers() -> None:
    matrix = label_noise_matrix(0.1)
    np.testing.assert_allclose(np.diag(matrix), 0.9)
    np.testing.assert_allclose(matrix[~np.eye(10, dtype=bool)], 0.1 / 9)
    np.testing.assert_allclose(label_noise_matrix(0.7, classes=4).sum(axis=1), 1)


@pytest.mark.parametrize("noise", [0.1, 0.3, 0.5, 0.7])
def test_the_labels_are_drawn_from_the_matrix(noise: float) -> None:
    noisy = noisy_labels(CLEAN, noise, seed=3)
    counted = confusion_matrix(CLEAN, noisy.labels, normalize="true")
    # Four deviations of a share measured on 5,000 labels.
    tolerance = 4 * np.sqrt(noisy.matrix * (1 - noisy.matrix) / 5000)
    assert (abs(counted - noisy.matrix) < tolerance).all()
    assert noisy.labels.dtype == np.uint8


def test_it_is_known_which_labels_are_wrong() -> None:
    noisy = noisy_labels(CLEAN, 0.5, seed=0)
    np.testing.assert_array_equal(noisy.clean, noisy.labels == CLEAN)


def test_more_noise_adds_to_less() -> None:
    less, more = noisy_labels(CLEAN, 0.3, seed=1), noisy_labels(CLEAN, 0.5, seed=1)
    np.testing.assert_array_equal(more.labels[~less.clean], less.labels[~less.clean])
    assert more.clean.mean() < less.clean.mean()


def test_no_noise_and_nothing_but_noise() -> None:
    np.testing.assert_array_equal(noisy_labels(CLEAN, 0, seed=0).labels, CLEAN)
    assert not noisy_labels(CLEAN, 1, seed=0).clean.any()


def test_the_seed_decides_everything() -> None:
    first, again, other = (noisy_labels(CLEAN, 0.3, seed).labels for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_labels_of_a_small_type_are_widened_where_the_classes_need_it() -> None:
    noisy = noisy_labels(np.zeros(2000, np.uint8), 1.0, seed=0, classes=300)
    assert noisy.labels.min() > 0 and 256 <= noisy.labels.max() < 300


def test_shuffling_keeps_the_classes_and_loses_the_images() -> None:
    shuffled = shuffled_labels(CLEAN, seed=0)
    np.testing.assert_array_equal(np.bincount(shuffled), np.bincount(CLEAN))
    assert abs((shuffled == CLEAN).mean() - 0.1) < 0.01
    np.testing.assert_array_equal(shuffled, shuffled_labels(CLEAN, seed=0))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"noise": 30}, "noise=30 is not allowed; give a number from 0 to 1"),
        ({"noise": float("nan")}, "noise=nan"),
        ({"noise": "0.1"}, "noise='0.1' is not allowed; give a number from 0 to 1"),
        ({"classes": 1}, "classes=1 is not allowed; give a whole number of at least 2"),
        ({"classes": 5}, "labels hold 9, which is not allowed; give class numbers from 0 to 4"),
        ({"seed": -1}, "seed=-1"),
        ({"labels": CLEAN / 2}, "float64"),
        ({"labels": CLEAN[:, None]}, r"\(50000, 1\)"),
        ({"labels": CLEAN[:0]}, "at least one"),
    ],
)
def test_misfits_are_refused_by_name(change: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        noisy_labels(**({"labels": CLEAN, "noise": 0.3, "seed": 0} | change))
