"""Procedural garments: reproducible, balanced, and hard in the way clothes are hard."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from course_lib.data import CLASS_NAMES, garments


def test_shape_type_and_background() -> None:
    images, labels = garments(100, seed=3)
    assert images.shape == (100, 28, 28) and images.dtype == np.uint8
    assert labels.shape == (100,) and labels.dtype == np.uint8
    assert (images[:, 0, 0] == 0).mean() > 0.98
    assert images.max(axis=(1, 2)).min() > 20  # none is blank


def test_the_seed_decides_everything() -> None:
    first, again, other = garments(300, seed=1), garments(300, seed=1), garments(300, seed=2)
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    assert (first[0] != other[0]).any(axis=(1, 2)).all()


def test_a_longer_draw_begins_with_the_shorter_one() -> None:
    short, long = garments(37, seed=5), garments(600, seed=5)
    np.testing.assert_array_equal(short[0], long[0][:37])
    np.testing.assert_array_equal(short[1], long[1][:37])


def test_every_ten_images_hold_each_class_once_in_changing_order() -> None:
    tens = garments(500, seed=0)[1].reshape(-1, 10)
    assert (np.sort(tens, axis=1) == np.arange(10)).all()
    assert len(np.unique(tens, axis=0)) > 45


def test_no_two_images_are_the_same() -> None:
    images = garments(2000, seed=0)[0].reshape(2000, -1)
    assert len(np.unique(images, axis=0)) == 2000


def test_a_linear_model_is_far_from_perfect_and_a_curved_one_is_better() -> None:
    train, labels = garments(3000, seed=1)
    test, truth = garments(1500, seed=2)
    x, z = train.reshape(3000, -1) / 255, test.reshape(1500, -1) / 255
    linear = LogisticRegression(C=0.01, max_iter=300).fit(x, labels).score(z, truth)
    curved = SVC(C=10).fit(x, labels).score(z, truth)
    assert 0.72 < linear < 0.86
    assert curved > linear + 0.02


def test_shirts_are_the_hard_class_as_in_the_real_set() -> None:
    train, labels = garments(2000, seed=1)
    test, truth = garments(1000, seed=2)
    guess = SVC(C=10).fit(train.reshape(2000, -1) / 255, labels).predict(test.reshape(1000, -1) / 255)
    recall = [(guess[truth == label] == label).mean() for label in range(10)]
    assert CLASS_NAMES[int(np.argmin(recall))] == "Shirt"


@pytest.mark.parametrize(("n", "seed", "named"), [(0, 1, "n=0"), (-3, 1, "n=-3"), (5, -1, "seed=-1")])
def test_arguments_out_of_range_are_named(n: int, seed: int, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        garments(n, seed)
