"""Planted channels: feature maps in which it is known which channels matter."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLASSES = 4
_PATTERN = 1.5  # how strongly a pattern stands out
_LEVELS = (0.0, 1.0)  # mean of a dim and of a bright channel


@dataclass(frozen=True)
class Planted:
    """Feature maps with labels, and the truth about their channels.

    Attributes:
        features: Shape (n, height, width, channels), float32.
        labels: Shape (n,), uint8, 0 to 3, balanced.
        informative: Shape (channels,), bool: true for the channels that carry the class.
    """

    features: NDArray[np.float32]
    labels: NDArray[np.uint8]
    informative: NDArray[np.bool_]


def planted_channels(
    n: int, seed: int, height: int = 8, width: int = 8, informative: int = 8, noise: int = 24
) -> Planted:
    """Feature maps whose class shows in some of the channels and nowhere else.

    There are four classes, each with its own pattern: a bump in one quarter of the map. In every map each
    channel is bright or dim, with a coin's chance, and shows one pattern under random noise.

    - An *informative* channel shows the pattern of the class while it is bright, and any pattern while it is
      dim.
    - A *noise* channel shows any pattern, bright or dim.

    Taken alone, a noise channel cannot be told from an informative one: mean, power and patterns are the
    same. Only together with the labels do they differ. A gate per channel that is the same for all maps helps
    already; a gate that looks at the channel means, as squeeze-and-excitation does, helps more, because it
    can leave out the informative channels that are dim. The gates are needed where the channels are merged,
    for example by averaging them after the gate and before `Flatten` and `Dense(4)`.

    Args:
        n: How many feature maps, at least 1. Draw once and split: the order of the channels differs between
            seeds.
        seed: A whole number, 0 or more.
        height, width: Size of the maps, at least 2.
        informative, noise: How many channels of each kind, at least 1.

    Raises:
        ValueError: An argument is below its least value.
    """
    for name, value, least in (
        ("n", n, 1),
        ("seed", seed, 0),
        ("height", height, 2),
        ("width", width, 2),
        ("informative", informative, 1),
        ("noise", noise, 1),
    ):
        if value < least:
            raise ValueError(f"planted_channels: {name} is {value}; pass {name} ≥ {least}.")
    rng = np.random.default_rng(seed)
    channels = informative + noise
    truth = rng.permutation(np.arange(channels) < informative)
    labels = rng.permutation(np.arange(n) % CLASSES).astype(np.uint8)

    bright = rng.random((n, channels)) < 0.5
    shown = np.where(truth & bright, labels[:, None], rng.integers(0, CLASSES, (n, channels)))
    features = rng.standard_normal((n, height, width, channels), np.float32)
    features += _PATTERN * np.moveaxis(_patterns(height, width)[shown], 1, -1)
    features += np.where(bright, _LEVELS[1], _LEVELS[0]).astype(np.float32)[:, None, None, :]
    return Planted(features, labels, truth)


def _patterns(height: int, width: int) -> NDArray[np.float32]:
    """One bump per class, in its quarter of the map; mean 0 and power 1. Shape (4, height, width)."""
    y = np.linspace(-1, 1, height)[None, :, None]
    x = np.linspace(-1, 1, width)[None, None, :]
    centre_y = np.array([-0.5, -0.5, 0.5, 0.5])[:, None, None]
    centre_x = np.array([-0.5, 0.5, -0.5, 0.5])[:, None, None]
    bumps = np.exp(-((y - centre_y) ** 2 + (x - centre_x) ** 2) / 0.25)
    bumps -= bumps.mean(axis=(1, 2), keepdims=True)
    bumps /= bumps.std(axis=(1, 2), keepdims=True)
    patterns: NDArray[np.float32] = bumps.astype(np.float32)
    return patterns
