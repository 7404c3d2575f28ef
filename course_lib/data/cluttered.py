"""Cluttered canvases: a garment among scraps of other garments, and the truth about where it is."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from course_lib.data.arguments import whole

VISIBLE = 16  # a pixel of the garment counts, and hides what lies under it, when it is brighter than this
FRAGMENTS = 12
FRAGMENT_SIDES = (8, 12)  # pixels, smallest and largest


@dataclass(frozen=True)
class Cluttered:
    """Canvases with a garment among fragments, and where the garment is.

    Attributes:
        images: Shape (n, canvas, canvas), uint8.
        labels: Shape (n,): the class of the whole garment.
        masks: Shape (n, canvas, canvas), bool: true exactly where the pixel belongs to the garment.
        boxes: Shape (n, 4), int: top, left, bottom, right of the mask; the last two are one past the last
            pixel.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.integer]
    masks: NDArray[np.bool_]
    boxes: NDArray[np.int64]


def cluttered(
    images: NDArray[np.uint8], labels: NDArray[np.integer], seed: int, canvas: int = 56
) -> Cluttered:
    """Put each garment at a random place on a dark canvas, among twelve fragments of other garments.

    A fragment is a square of 8 to 12 pixels cut from another image of the same call (from the same image if
    there is only one). The garment lies on top: fragments never cover it. A pixel of it that is not brighter
    than 16 of 255 is taken as background, lets the fragments show through, and is not in the mask.

    Args:
        images: Shape (n, height, width), uint8, each side at least 12 pixels.
        labels: Shape (n,), whole numbers.
        seed: A whole number, 0 or more. The same arguments give the same canvases; canvas i depends on n.
        canvas: Side of the square canvas in pixels, at least the larger side of the images.

    Raises:
        TypeError: `images` is not uint8, or `labels` are not whole numbers.
        ValueError: A shape does not fit, there is no image, an image is blank, the canvas is too small, or
            the seed is negative.
    """
    _refuse_misfits(images, labels, seed, canvas)
    rng = np.random.default_rng(seed)
    n, height, width = images.shape
    every = np.arange(n)
    canvases = np.zeros((n, canvas, canvas), np.uint8)
    _scatter_fragments(canvases, images, rng)

    tops = rng.integers(0, canvas - height + 1, n)
    lefts = rng.integers(0, canvas - width + 1, n)
    visible = images > VISIBLE
    place = sliding_window_view(canvases, (height, width), axis=(1, 2), writeable=True)
    place[every, tops, lefts] = np.where(visible, images, place[every, tops, lefts])
    masks = np.zeros((n, canvas, canvas), np.bool_)
    sliding_window_view(masks, (height, width), axis=(1, 2), writeable=True)[every, tops, lefts] = visible

    first_row, last_row = _extent(np.any(visible, axis=2))
    first_column, last_column = _extent(np.any(visible, axis=1))
    boxes = np.stack([tops + first_row, lefts + first_column, tops + last_row, lefts + last_column], axis=1)
    return Cluttered(canvases, labels.copy(), masks, boxes)


def _scatter_fragments(
    canvases: NDArray[np.uint8], images: NDArray[np.uint8], rng: np.random.Generator
) -> None:
    """Draw fragment after fragment, on all canvases at once; where two overlap, the brighter pixel wins."""
    n, height, width = images.shape
    canvas = canvases.shape[1]
    smallest, largest = FRAGMENT_SIDES
    every = np.arange(n)
    source = sliding_window_view(images, (largest, largest), axis=(1, 2))
    target = sliding_window_view(canvases, (largest, largest), axis=(1, 2), writeable=True)
    inside = np.arange(largest)
    for _ in range(FRAGMENTS):
        donors = (every + rng.integers(1, max(n, 2), n)) % n
        rows, columns = rng.integers(0, height - largest + 1, n), rng.integers(0, width - largest + 1, n)
        windows = source[donors, rows, columns]  # (n, largest, largest), around the fragments
        sides = rng.integers(smallest, largest + 1, (1, n))
        places = rng.integers(0, canvas - sides + 1, (2, n))  # top and left: every place that fits, alike
        corners = np.minimum(places, canvas - largest)
        starts = (places - corners)[..., None]  # of the fragment in its window
        in_rows, in_columns = (starts <= inside) & (inside < starts + sides[..., None])  # (n, largest) each
        fragments = windows * (in_rows[:, :, None] & in_columns[:, None, :])
        tops, lefts = corners
        target[every, tops, lefts] = np.maximum(target[every, tops, lefts], fragments)


def _extent(present: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first true position of each row, and one past the last."""
    return present.argmax(axis=1), present.shape[1] - present[:, ::-1].argmax(axis=1)


def _refuse_misfits(images: NDArray[np.uint8], labels: NDArray[np.integer], seed: int, canvas: int) -> None:
    if images.dtype != np.uint8:
        raise TypeError(
            f"cluttered: images are {images.dtype}, but must be uint8 with values 0 to 255; "
            "pass the images as they come, before scaling them to [0, 1]."
        )
    if images.ndim != 3:
        raise ValueError(
            f"cluttered: images have shape {images.shape}, but must be (n, height, width); "
            "for one image pass images[:1], and drop a channel axis with images[..., 0]."
        )
    if len(images) == 0:
        raise ValueError("cluttered: there is no image in images (n = 0); pass at least one.")
    if labels.shape != images.shape[:1]:
        raise ValueError(
            f"cluttered: labels have shape {labels.shape} for {len(images)} images; pass one label per image."
        )
    if not np.issubdtype(labels.dtype, np.integer):
        raise TypeError(
            f"cluttered: labels are {labels.dtype}, but must be whole numbers; pass the class numbers."
        )
    if min(images.shape[1:]) < FRAGMENT_SIDES[1]:
        raise ValueError(
            f"cluttered: images are {images.shape[1]}×{images.shape[2]} pixels, but fragments of up to "
            f"{FRAGMENT_SIDES[1]}×{FRAGMENT_SIDES[1]} are cut from them; pass larger images."
        )
    if canvas < max(images.shape[1:]):
        raise ValueError(
            f"cluttered: canvas is {canvas}, too small for images of {images.shape[1]}×{images.shape[2]} "
            f"pixels; pass canvas ≥ {max(images.shape[1:])}."
        )
    whole(least=0, seed=seed)
    blank = np.flatnonzero(images.max(axis=(1, 2)) <= VISIBLE)
    if len(blank):
        raise ValueError(
            f"cluttered: image {blank[0]} is blank (no pixel above {VISIBLE}), so there is no garment in it; "
            f"leave out such images ({len(blank)} of {len(images)})."
        )
