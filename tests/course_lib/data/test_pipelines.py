"""Pipelines: every image once an epoch, each beside its label, the same batches for the same seed."""

import keras
import numpy as np
import pytest

from course_lib.data import augmentation, pipeline

# Image i is i everywhere, so that it can be told from its pixels.
IMAGES = np.repeat(np.arange(50, dtype=np.uint8), 8 * 6).reshape(50, 8, 6)
LABELS = np.arange(50)


def epoch(dataset) -> tuple[np.ndarray, np.ndarray]:
    images, labels = zip(*dataset, strict=True)
    return np.concatenate(images), np.concatenate(labels)


def test_images_are_scaled_batched_and_in_order_without_a_seed() -> None:
    dataset = pipeline(IMAGES, LABELS, batch_size=16)
    batch, _ = next(iter(dataset))
    assert batch.shape == (16, 8, 6, 1) and batch.dtype == "float32" and len(dataset) == 4
    np.testing.assert_allclose(batch[:, 0, 0, 0], np.arange(16) / 255, rtol=1e-6)
    np.testing.assert_array_equal(epoch(dataset)[1], LABELS)


def test_floats_and_channels_pass_as_they_are() -> None:
    images = np.random.default_rng(0).normal(size=(5, 4, 3, 2))
    np.testing.assert_allclose(epoch(pipeline(images, LABELS[:5], batch_size=2))[0], images, rtol=1e-6)


def test_shuffling_keeps_every_image_beside_its_label_and_changes_with_the_epoch() -> None:
    dataset = pipeline(IMAGES, LABELS, batch_size=16, seed=0)
    (images, first), (_, second) = epoch(dataset), epoch(dataset)
    np.testing.assert_array_equal(np.rint(images[:, 0, 0, 0] * 255), first)
    assert sorted(first) == sorted(second) == list(range(50))
    assert (first != second).any()


def test_a_second_pipeline_shows_a_batch_and_leaves_the_first_alone() -> None:
    dataset, look = (pipeline(IMAGES, LABELS, batch_size=16, seed=3) for _ in range(2))
    _, shown = next(iter(look))
    np.testing.assert_array_equal(epoch(dataset)[1][:16], shown)


def test_the_seed_decides_everything_and_other_seeds_nothing() -> None:
    def two_epochs(seed: int, others: int) -> np.ndarray:
        keras.utils.set_random_seed(others)
        dataset = pipeline(IMAGES, LABELS, batch_size=16, seed=seed, augment=augmentation(seed, shift=0.3))
        return np.concatenate([epoch(dataset)[0], epoch(dataset)[0]])

    first = two_epochs(seed=1, others=7)
    np.testing.assert_array_equal(first, two_epochs(seed=1, others=8))
    assert (first != two_epochs(seed=2, others=7)).any()


def test_augmentation_moves_and_mirrors_a_little() -> None:
    images = np.zeros((200, 28, 28), np.uint8)
    images[:, 10:18, 12] = 255  # a stroke left of the middle
    moved = epoch(pipeline(images, np.zeros(200), augment=augmentation(0)))[0][..., 0]
    columns = moved.sum(axis=1) @ np.arange(28) / moved.sum(axis=(1, 2))
    rows = moved.sum(axis=2) @ np.arange(28) / moved.sum(axis=(1, 2))
    assert 1.5 < abs(rows - 13.5).max() < 2.1  # two pixels of 28 at most
    mirrored = columns > 13.5 + 0.5
    assert 0.3 < mirrored.mean() < 0.5  # half are mirrored; a few of them come back to the middle
    unmirrored = epoch(pipeline(images, np.zeros(200), augment=augmentation(0, flip=False)))[0]
    assert unmirrored[:, :, 16:].sum() == 0


def test_a_model_trains_on_it() -> None:
    model = keras.Sequential([keras.Input((8, 6, 1)), keras.layers.Flatten(), keras.layers.Dense(50)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    history = model.fit(pipeline(IMAGES, LABELS, batch_size=16, seed=0), epochs=2, verbose=0)
    assert np.isfinite(history.history["loss"]).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"images": IMAGES[0]}, r"\(8, 6\)"),
        ({"images": IMAGES[:0], "labels": LABELS[:0]}, "n at least 1"),
        ({"labels": LABELS[:5]}, r"\(5,\) do not suit 50 images"),
        ({"batch_size": 51}, "batch_size=51 is not allowed; give a whole number from 1 to 50"),
        ({"batch_size": 0}, "batch_size=0"),
        ({"seed": -1}, "seed=-1"),
    ],
)
def test_misfits_are_refused_by_name(change: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        pipeline(**({"images": IMAGES, "labels": LABELS, "batch_size": 8} | change))


def test_augmentation_refuses_misfits() -> None:
    with pytest.raises(ValueError, match="shift=2"):
        augmentation(0, shift=2)
