"""Cluttered canvases: mask and box are exact, and the garment is never covered."""

from typing import Any

import numpy as np
import pytest

from course_lib.data import cluttered, garments
from course_lib.data.cluttered import VISIBLE

IMAGES, LABELS = garments(300, seed=4)


def test_shapes_and_types() -> None:
    result = cluttered(IMAGES, LABELS, seed=0)
    assert result.images.shape == result.masks.shape == (300, 56, 56)
    assert result.images.dtype == np.uint8 and result.masks.dtype == np.bool_
    assert result.boxes.shape == (300, 4) and np.issubdtype(result.boxes.dtype, np.integer)
    np.testing.assert_array_equal(result.labels, LABELS)


def test_inside_the_mask_stands_the_garment_pixel_for_pixel() -> None:
    result = cluttered(IMAGES, LABELS, seed=0)
    for image, canvas, mask in zip(IMAGES, result.images, result.masks, strict=True):
        # Both are read row by row, so the order of the visible pixels is the same.
        np.testing.assert_array_equal(canvas[mask], image[image > VISIBLE])


def test_the_mask_has_the_garments_outline() -> None:
    result = cluttered(IMAGES, LABELS, seed=0)
    for image, mask, (top, left, bottom, right) in zip(IMAGES, result.masks, result.boxes, strict=True):
        rows, columns = np.nonzero(image > VISIBLE)
        outline = (image > VISIBLE)[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        np.testing.assert_array_equal(mask[top:bottom, left:right], outline)
        assert mask.sum() == outline.sum()


def test_places_reach_every_border() -> None:
    images = np.full((2000, 28, 28), 200, np.uint8)
    boxes = cluttered(images, np.zeros(2000, int), seed=1).boxes
    assert boxes[:, :2].min(axis=0).tolist() == [0, 0]
    assert boxes[:, 2:].max(axis=0).tolist() == [56, 56]


def test_clutter_is_as_dense_at_one_edge_as_at_the_other() -> None:
    result = cluttered(np.full((4000, 28, 28), 200, np.uint8), np.zeros(4000, int), seed=3)
    empty = np.where(result.masks, np.nan, result.images > VISIBLE)
    rows, columns = np.nanmean(empty, axis=(0, 2)), np.nanmean(empty, axis=(0, 1))
    for density in (rows, columns):
        np.testing.assert_allclose(density, density[::-1], rtol=0.08)


def test_there_is_clutter_of_the_brightness_of_garments() -> None:
    result = cluttered(IMAGES, LABELS, seed=0)
    outside = np.where(result.masks, 0, result.images)
    assert 0.05 < (outside > VISIBLE).mean() < 0.4
    assert set(np.unique(outside)) <= set(np.unique(IMAGES))


def test_fragments_come_from_other_images() -> None:
    # Image i has the value 100 + i everywhere, so the origin of each pixel can be read.
    images = np.stack([np.full((28, 28), 100 + i, np.uint8) for i in range(20)])
    result = cluttered(images, np.arange(20), seed=2)
    for i, (canvas, mask) in enumerate(zip(result.images, result.masks, strict=True)):
        assert 100 + i not in canvas[~mask]


def test_the_seed_decides_everything() -> None:
    first, again, other = (cluttered(IMAGES, LABELS, seed=seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first.images, again.images)
    np.testing.assert_array_equal(first.masks, again.masks)
    assert (first.boxes != other.boxes).any()


def test_one_image_and_a_canvas_of_its_own_size() -> None:
    result = cluttered(IMAGES[:1], LABELS[:1], seed=0, canvas=28)
    np.testing.assert_array_equal(result.masks[0], IMAGES[0] > VISIBLE)


def test_the_input_is_left_alone() -> None:
    before = IMAGES.copy()
    cluttered(IMAGES, LABELS, seed=0)
    np.testing.assert_array_equal(IMAGES, before)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"canvas": 27}, ValueError, "canvas is 27.*28×28.*canvas ≥ 28"),
        ({"images": IMAGES / 255}, TypeError, "float64.*uint8"),
        ({"images": IMAGES[..., None]}, ValueError, r"\(300, 28, 28, 1\).*n, height, width"),
        ({"images": IMAGES[0]}, ValueError, r"\(28, 28\)"),
        ({"images": IMAGES[:0], "labels": LABELS[:0]}, ValueError, "no image"),
        ({"labels": LABELS[:5]}, ValueError, r"\(5,\) for 300 images"),
        ({"labels": LABELS / 2}, TypeError, "whole numbers"),
        ({"images": IMAGES[:, :10]}, ValueError, "10×28.*larger images"),
        (
            {"images": np.where(np.arange(300)[:, None, None] == 7, np.uint8(3), IMAGES)},
            ValueError,
            "image 7 is blank",
        ),
        ({"seed": -1}, ValueError, "seed=-1 is not allowed"),
    ],
)
def test_misfits_are_refused_by_name(change: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        cluttered(**({"images": IMAGES, "labels": LABELS, "seed": 0} | change))
