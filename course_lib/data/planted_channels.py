"""Planted channels: feature maps in which it is known which channels matter."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_lib.data.arguments import class_numbers, whole
from course_lib.data.garments import CLASS_NAMES, garments
from course_lib.data.sketch import SIDE

_GRAIN = 0.1  # deviation of the noise on every pixel, where a channel's root mean square is 1


@dataclass(frozen=True)
class Planted:
    """Feature maps with labels, and the truth about their channels.

    Attributes:
        features: Shape (n, height, width, channels), float32.
        labels: Shape (n,), uint8, 0 to 9; see `CLASS_NAMES`. Balanced when the garments are drawn.
        informative: Shape (channels,), bool: true for the channels that carry the garment.
    """

    features: NDArray[np.float32]
    labels: NDArray[np.uint8]
    informative: NDArray[np.bool_]


def planted_channels(
    n: int,
    seed: int,
    height: int = 14,
    width: int = 14,
    informative: int = 6,
    noise: int = 10,
    *,
    images: NDArray[np.uint8] | None = None,
    labels: NDArray[np.integer] | None = None,
) -> Planted:
    """Garments seen through random filters, with channels of pure noise planted among them.

    - An *informative* channel is the garment after a 3×3 filter of its own and a ReLU.
    - A *noise* channel is made the same way from a garment of another map, and then its pixels are shuffled:
      the same values with the same mean and power, but nothing about this map's class.

    The order of the channels is random. Gates are needed most where the channels are merged, for example when
    a network adds them up after the gate: only the gate can then keep the noise out.

    Args:
        n: How many feature maps, from 2 to the number of images. Draw once and split: filters and order
            differ between seeds.
        seed: A whole number, 0 or more.
        height, width: Size of the maps, 4 to 28.
        informative, noise: How many channels of each kind, at least 1.
        images: Shape (m, 28, 28), uint8, such as Fashion-MNIST's; n of them are taken at random, none twice.
            None draws n procedural garments.
        labels: Shape (m,), the class numbers of `images`.

    Raises:
        ValueError: An argument is out of its range, or `images` and `labels` do not fit.
    """
    whole(least=2, n=n)
    whole(least=0, seed=seed)
    whole(least=4, most=28, height=height, width=width)
    whole(least=1, informative=informative, noise=noise)
    rng = np.random.default_rng(seed)
    if images is None and labels is None:
        shown, classes = garments(n, seed)
    else:
        shown, classes = _taken(images, labels, n, rng)
    pixels = shown.astype(np.float32) / 255
    small = (_shrinker(height) @ pixels @ _shrinker(width).T).astype(np.float32)  # (n, height, width)
    channels = informative + noise
    truth = rng.permutation(np.arange(channels) < informative)
    features = np.empty((n, height, width, channels), np.float32)
    for channel, carries_garment in enumerate(truth):
        seen = _filtered(small, rng)
        features[..., channel] = seen if carries_garment else _shuffled(seen, rng)
    features += _GRAIN * rng.standard_normal(features.shape, np.float32)
    return Planted(features, classes, truth)


def _taken(
    images: NDArray[np.uint8] | None, labels: NDArray[np.integer] | None, n: int, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return `n` of the images at random, none twice, with their labels; ValueError if they do not fit."""
    if images is None or labels is None:
        missing = "images" if images is None else "labels"
        raise ValueError(f"{missing}=None is not allowed here; give images and labels together, or neither.")
    if images.dtype != np.uint8 or images.ndim != 3 or images.shape[1:] != (SIDE, SIDE):
        raise ValueError(
            f"images of shape {images.shape} and type {images.dtype} are not allowed; "
            f"give uint8 of shape (m, {SIDE}, {SIDE}), before any scaling."
        )
    labels = class_numbers(labels, len(CLASS_NAMES))
    if len(labels) != len(images):
        raise ValueError(
            f"labels of shape {labels.shape} are not allowed for {len(images)} images; give one per image."
        )
    whole(least=2, most=len(images), n=n)
    chosen = rng.choice(len(images), n, replace=False)
    return images[chosen], labels[chosen].astype(np.uint8)


def _shrinker(side: int) -> NDArray[np.float32]:
    """Return the matrix (side, 28) that averages 28 pixels down to `side`.

    A pixel on a border is shared by its neighbours.
    """
    starts = np.arange(side)[:, None] * 28 / side
    pixels = np.arange(28)[None, :]
    overlap = np.minimum(starts + 28 / side, pixels + 1) - np.maximum(starts, pixels)
    weights: NDArray[np.float32] = (np.maximum(overlap, 0) * side / 28).astype(np.float32)
    return weights


def _filtered(maps: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Return all maps after one random 3×3 filter and a ReLU, scaled to a mean square of 1."""
    height, width = maps.shape[1:]
    kernel = rng.normal(0.25, 0.3, (3, 3)).astype(np.float32)
    padded = np.pad(maps, ((0, 0), (1, 1), (1, 1)))
    response = np.zeros_like(maps)
    for (row, column), weight in np.ndenumerate(kernel):
        response += weight * padded[:, row : row + height, column : column + width]
    response = np.maximum(response, 0)
    response /= np.sqrt(np.mean(response**2) + np.float32(1e-9))
    return response


def _shuffled(maps: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Return maps of other garments with their pixels in random order."""
    others = np.roll(maps, rng.integers(1, len(maps)), axis=0).reshape(len(maps), -1)
    return rng.permuted(others, axis=1).reshape(maps.shape)
