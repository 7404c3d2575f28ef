"""Checks of what figures are given: images, maps and captions, returned in one form or refused by name."""

from collections.abc import Collection, Sequence

import numpy as np


def images_of(images: np.ndarray, argument: str = "images") -> np.ndarray:
    """Return grey images (N, H, W), or RGB ones (N, H, W, 3) in [0, 1]; uint8 is scaled to [0, 1].

    Args:
        images: Shape (N, H, W) or (N, H, W, 1), any numbers, or RGB (N, H, W, 3): uint8, or numbers from 0 to
            1.
        argument: Name of the argument, for the message.

    Raises:
        ValueError: For other shapes, no image, NaN, and RGB values outside [0, 1].
    """
    images = np.asarray(images)
    if images.ndim == 4 and images.shape[-1] == 1:
        images = images[..., 0]
    if images.ndim != 3 + (images.shape[-1:] == (3,) and images.ndim == 4) or 0 in images.shape:
        raise ValueError(
            f"{argument} of shape {images.shape} are not allowed; give at least one image: (N, H, W), "
            "(N, H, W, 1), or (N, H, W, 3) for RGB."
        )
    finite(**{argument: images})
    images = images / 255 if images.dtype == np.uint8 else images
    if images.ndim == 4 and (images.min() < 0 or images.max() > 1):
        raise ValueError(
            f"{argument} hold values from {images.min():.3g} to {images.max():.3g}, which is not allowed "
            "for RGB; give uint8, or numbers from 0 to 1."
        )
    return images


def maps_of(maps: np.ndarray, count: int, argument: str = "maps") -> np.ndarray:
    """Return maps (N, h, w) from (N, h, w) or (N, h, w, 1).

    Args:
        maps: The maps.
        count: N, one map for each image.
        argument: Name of the argument, for the message.

    Raises:
        ValueError: For other shapes, and for NaN.
    """
    maps = np.asarray(maps)
    if maps.ndim == 4 and maps.shape[-1] == 1:
        maps = maps[..., 0]
    if maps.ndim != 3 or len(maps) != count or 0 in maps.shape:
        raise ValueError(
            f"{argument} of shape {maps.shape} are not allowed for {count_of(count, 'image')}; give "
            "(N, h, w) or (N, h, w, 1), one map an image."
        )
    finite(**{argument: maps})
    return maps


def finite(**arguments: np.ndarray) -> None:
    """Raise ValueError if an argument holds NaN or an infinite number."""
    for name, values in arguments.items():
        if not np.isfinite(values).all():
            wrong = np.asarray(values)[~np.isfinite(values)]
            raise ValueError(f"{name} hold {wrong[0]} in {wrong.size} places; give finite numbers only.")


def at_least_one(**arguments: Collection[object]) -> None:
    """Raise ValueError if an argument has no entry."""
    for name, values in arguments.items():
        if not values:
            raise ValueError(f"{name}={values} holds nothing to draw; give at least one entry.")


def one_each(count: int, **arguments: Sequence[str]) -> None:
    """Raise ValueError unless each argument is empty or has `count` entries."""
    for name, values in arguments.items():
        if len(values) not in (0, count):
            raise ValueError(f"{name} has {len(values)} entries, which is not allowed; give none or {count}.")


def count_of(count: int, thing: str) -> str:
    """Return a number with its noun: "1 image", "2 images"."""
    return f"{count} {thing}{'' if count == 1 else 's'}"
