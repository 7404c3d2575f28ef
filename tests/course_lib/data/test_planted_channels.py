"""Planted channels: one channel alone gives nothing away, the pixels' order does."""

import numpy as np
import pytest
from sklearn.linear_model import RidgeClassifier
from sklearn.metrics import roc_auc_score

from course_lib.data import planted_channels

PLANTED = planted_channels(3000, seed=1)


def test_shapes_types_and_truth() -> None:
    assert PLANTED.features.shape == (3000, 14, 14, 16) and PLANTED.features.dtype == np.float32
    assert PLANTED.labels.shape == (3000,) and np.bincount(PLANTED.labels).tolist() == [300] * 10
    assert PLANTED.informative.dtype == np.bool_ and PLANTED.informative.sum() == 6
    assert (np.diff(np.flatnonzero(PLANTED.informative)) > 1).any()  # mixed, not in a row


def test_noise_has_the_mean_and_power_of_the_informative_channels() -> None:
    mean, power = PLANTED.features.mean(axis=(0, 1, 2)), (PLANTED.features**2).mean(axis=(0, 1, 2))
    truth = PLANTED.informative
    np.testing.assert_allclose(power, 1.01, atol=0.02)
    assert abs(mean[truth].mean() - mean[~truth].mean()) < 0.05
    # The spread of the maps' own means, which a gate sees, is the same too.
    spread = PLANTED.features.mean(axis=(1, 2)).std(axis=0)
    assert 0.8 < spread[truth].mean() / spread[~truth].mean() < 1.25


def test_the_class_is_in_the_informative_channels_and_only_there() -> None:
    accuracy = []
    for channel in range(16):
        x = PLANTED.features[..., channel].reshape(3000, -1)
        model = RidgeClassifier(alpha=10).fit(x[:2000], PLANTED.labels[:2000])
        accuracy.append(model.score(x[2000:], PLANTED.labels[2000:]))
    scores = np.array(accuracy)
    assert scores[PLANTED.informative].min() > 0.5
    assert scores[~PLANTED.informative].max() < 0.16  # chance is 0.1
    assert roc_auc_score(PLANTED.informative, scores) == 1


def test_merging_all_channels_loses_much_that_a_gate_can_save() -> None:
    def accuracy(gates: np.ndarray) -> float:
        x = (PLANTED.features * gates).mean(axis=-1).reshape(3000, -1)
        model = RidgeClassifier(alpha=10).fit(x[:2000], PLANTED.labels[:2000])
        return float(model.score(x[2000:], PLANTED.labels[2000:]))

    assert accuracy(PLANTED.informative) > accuracy(np.ones(16)) + 0.05


def test_the_seed_decides_everything() -> None:
    first, again, other = (planted_channels(50, seed=seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first.features, again.features)
    assert (first.features != other.features).any()


def test_other_sizes() -> None:
    planted = planted_channels(20, seed=0, height=9, width=28, informative=3, noise=2)
    assert planted.features.shape == (20, 9, 28, 5) and planted.informative.sum() == 3
    assert np.isfinite(planted.features).all()


def flat_images(copies: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Images of one brightness each, which grows with the class: 0, 25, ... 225."""
    labels = np.repeat(np.arange(10, dtype=np.uint8), copies)
    return np.full((len(labels), 28, 28), 25, np.uint8) * labels[:, None, None], labels


def test_images_that_are_given_are_shown_with_their_own_labels() -> None:
    images, labels = flat_images()
    planted = planted_channels(30, seed=0, images=images, labels=labels)
    assert planted.features.shape == (30, 14, 14, 16) and planted.labels.dtype == np.uint8
    brightness = planted.features.mean(axis=(1, 2))  # (30, 16)
    agreement = np.array([np.corrcoef(planted.labels, each)[0, 1] for each in brightness.T])
    assert agreement[planted.informative].min() > 0.99
    assert agreement[~planted.informative].max() < 0.8


def test_images_are_taken_at_random_and_none_twice() -> None:
    images, labels = flat_images()
    whole, part, again = (planted_channels(n, seed=5, images=images, labels=labels) for n in (40, 10, 10))
    assert np.bincount(whole.labels).tolist() == [4] * 10
    assert (whole.labels != labels).any()
    np.testing.assert_array_equal(part.features, again.features)
    other = planted_channels(10, seed=6, images=images, labels=labels)
    assert (part.labels != other.labels).any()


def test_images_that_do_not_fit_are_named() -> None:
    images, labels = flat_images()
    for given, message in (
        ({"images": images}, "labels=None is not allowed"),
        ({"labels": labels}, "images=None is not allowed"),
        ({"images": images / 255, "labels": labels}, r"images of shape .* float64 are not allowed"),
        ({"images": images[:, 4:], "labels": labels}, r"images of shape \(40, 24, 28\)"),
        ({"images": images, "labels": labels[:9]}, r"labels of shape \(9,\) are not allowed for 40"),
        ({"images": images, "labels": labels + 1}, "labels hold 10"),
        ({"images": images[:19], "labels": labels[:19]}, "n=20 is not allowed; .* from 2 to 19"),
    ):
        with pytest.raises(ValueError, match=message):
            planted_channels(20, seed=0, **given)


@pytest.mark.parametrize(
    ("name", "value"),
    [("n", 1), ("seed", -1), ("height", 3), ("width", 29), ("informative", 0), ("noise", 0)],
)
def test_arguments_out_of_range_are_named(name: str, value: int) -> None:
    with pytest.raises(ValueError, match=f"{name}={value} is not allowed"):
        planted_channels(**({"n": 20, "seed": 0} | {name: value}))
