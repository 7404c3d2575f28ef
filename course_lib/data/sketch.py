"""A sketch: a batch of blank pages, what to paint on them, and the cloth to paint with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_lib.data.shapes import Field, Size, paint

SIDE = 28


@dataclass(frozen=True)
class Sketch:
    """A batch of blank pages: posed coordinates, a canvas to paint on, and the source of random choices.

    Attributes:
        rng: The random generator.
        x: Shape (n, 28, 28), pixels to the right of the centre.
        y: Shape (n, 28, 28), pixels below the centre.
        canvas: Shape (n, 28, 28), brightness 0 to 1.
    """

    rng: np.random.Generator
    x: Field  # (n, 28, 28)
    y: Field  # (n, 28, 28)
    canvas: Field  # (n, 28, 28), brightness 0 to 1

    @classmethod
    def of(cls, n: int, rng: np.random.Generator) -> "Sketch":
        """Return `n` pages, each with a pose of its own: turned, zoomed and moved a little."""
        steps = np.arange(SIDE, dtype=np.float32) - (SIDE - 1) / 2
        blank = cls(rng, steps[None, None, :], steps[None, :, None], np.zeros((n, SIDE, SIDE), np.float32))
        turn = blank.normal(0.055)  # radians
        zoom, slim = blank.between(0.95, 1.18), blank.between(0.93, 1.12)
        cos, sin = np.cos(turn) * zoom, np.sin(turn) * zoom
        x = slim * (cos * blank.x - sin * blank.y) + blank.normal(0.9)
        y = sin * blank.x + cos * blank.y + blank.normal(0.8)
        return cls(rng, x, y, blank.canvas)

    def between(self, low: float, high: float) -> Field:
        """Return one uniform number per page, (n, 1, 1)."""
        n = len(self.canvas)
        return self.rng.uniform(low, high, (n, 1, 1)).astype(np.float32)

    def normal(self, deviation: float) -> Field:
        """Return one normal number per page, (n, 1, 1), with mean 0."""
        n = len(self.canvas)
        return deviation * self.rng.standard_normal((n, 1, 1), np.float32)

    def chance(self, probability: float) -> Field:
        """Return 1 with this probability, else 0, for each page, (n, 1, 1)."""
        return (self.between(0, 1) < probability).astype(np.float32)

    def pick(self, *options: tuple[float, float, float]) -> Field:
        """Return a number per page from one of several ranges, each given as (probability, low, high)."""
        odds, lows, highs = np.array(options, np.float32).T
        choice = self.rng.choice(len(options), size=len(self.canvas), p=odds / odds.sum())
        low, high = lows[choice, None, None], highs[choice, None, None]
        value: Field = low + (high - low) * self.between(0, 1)
        return value

    def shade(self, factor: Field) -> None:
        """Make what was painted brighter or darker."""
        np.multiply(self.canvas, factor, out=self.canvas)

    def finish(self, grain: float = 0.025) -> NDArray[np.uint8]:
        """Return the pages as uint8 images (n, 28, 28), with noise on what was painted, on black."""
        noise = 1 + grain * self.rng.standard_normal(self.canvas.shape, np.float32)
        return (255 * np.clip(self.canvas * noise, 0, 1)).astype(np.uint8)


# How strongly each kind of cloth shows stripes across, stripes down, blotches, two colours, fine grain.
_PATTERNS = np.array(
    [
        [0.00, 0.00, 0.00, 0.00, 0.01],  # plain
        [0.14, 0.00, 0.00, 0.00, 0.01],  # stripes across
        [0.00, 0.12, 0.00, 0.00, 0.01],  # stripes down
        [0.09, 0.09, 0.00, 0.00, 0.01],  # checks
        [0.00, 0.00, 0.20, 0.00, 0.03],  # print
        [0.00, 0.00, 0.00, 0.20, 0.01],  # two colours
        [0.00, 0.00, 0.05, 0.00, 0.05],  # melange
    ],
    np.float32,
)
EVERYDAY = (0.50, 0.08, 0.04, 0.04, 0.10, 0.06, 0.18)


def cloth_of(sketch: Sketch, odds: tuple[float, ...] = EVERYDAY) -> Field:
    """Return the brightness of cloth at every pixel, (n, 28, 28): a base tone, its pattern, soft folds.

    Args:
        sketch: The pages.
        odds: The probability of each row of `_PATTERNS`.
    """
    n = len(sketch.canvas)
    pattern = sketch.rng.choice(len(odds), n, p=odds)
    across, down, blotch, halves, grain = _PATTERNS[pattern].T[:, :, None, None]
    blotches = sketch.rng.standard_normal((n, SIDE + 2, SIDE + 2), np.float32)
    blotches = blotches[:, 1:-1] + 0.7 * (blotches[:, 2:] + blotches[:, :-2])
    blotches = np.clip(blotches[:, :, 1:-1] + 0.7 * (blotches[:, :, 2:] + blotches[:, :, :-2]), -1, 1)
    tone = sketch.pick((0.25, 0.2, 0.45), (0.75, 0.55, 0.95))
    cloth = tone + down * _bands(sketch, sketch.x) + across * _bands(sketch, sketch.y) + blotch * blotches
    cloth += halves * np.clip(sketch.y - sketch.between(-6, 6), -1, 1) * (2 * sketch.chance(0.5) - 1)
    cloth += grain * sketch.rng.standard_normal(cloth.shape, np.float32)
    cloth += sketch.between(0, 0.05) * np.sin(
        sketch.between(0.5, 1) * sketch.x + sketch.normal(0.2) * sketch.y + sketch.between(0, 6)
    )
    clipped: Field = np.clip(cloth, 0.12, 1)
    return clipped


def _bands(sketch: Sketch, t: Field) -> Field:
    """Return stripes of random width along `t`, -1 to 1."""
    wave = np.sin(sketch.between(0.9, 2.2) * t + sketch.between(0, 6.3))
    bands: Field = np.clip(2.5 * wave, -1, 1)
    return bands


def contrast(sketch: Sketch, cloth: Field, low: float = 0.2, high: float = 0.45) -> Field:
    """Return a second tone, (n, 1, 1): darker than light cloth, lighter than dark cloth."""
    mean = cloth.mean(axis=(1, 2), keepdims=True)
    sign = np.where(mean > 0.45, np.float32(-1), np.float32(1))
    tone: Field = np.clip(mean + sign * sketch.between(low, high), 0.06, 1)
    return tone


def paint_cloth(sketch: Sketch, distance: Field, cloth: Size) -> None:
    """Paint a piece of cloth whose rim falls into shadow, so that pieces that overlap stay apart."""
    rim = np.clip(1.4 + distance, 0, 1.4)
    paint(sketch.canvas, distance, cloth * (1 - 0.28 * rim))
