"""How fast the data sets are made, beside making the same ones image by image.

Run `python benchmarks/data.py`. One process, best of three. Above 1 the course's way is faster.
"""

import os
from collections.abc import Callable
from time import perf_counter

import numpy as np

from course_lib.data import cluttered, fashion_mnist, garments
from course_lib.data.sketch import Sketch
from course_lib.data.wardrobe import DRAW


def main() -> None:
    images, labels = garments(2000, seed=0)
    _row("garments", lambda: garments(4000, seed=1), 4000, "one by one", lambda: _drawn_one_by_one(400), 400)
    _row(
        "cluttered",
        lambda: cluttered(images, labels, seed=0),
        2000,
        "one by one",
        lambda: _pasted_one_by_one(images, seed=0),
        2000,
    )
    if os.environ.get("FASHION_MNIST_DIR"):
        print(f"fashion_mnist {_seconds(fashion_mnist):.2f} s for 70,000 verified images")


def _row(
    name: str,
    ours: Callable[[], object],
    n: int,
    baseline: str,
    theirs: Callable[[], object],
    m: int,
) -> None:
    fast, slow = n / _seconds(ours), m / _seconds(theirs)
    print(f"{name:10s} {fast:8,.0f} images/s · {baseline} {slow:8,.0f} images/s · ratio {fast / slow:.1f}")


def _seconds(work: Callable[[], object]) -> float:
    def once() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return min(once() for _ in range(3))


def _drawn_one_by_one(n: int) -> list[np.ndarray]:
    """The same garments from the same drawing code, one page at a time."""
    rng = np.random.default_rng(0)
    return [DRAW[i % 10](Sketch.of(1, rng))[0] for i in range(n)]


def _pasted_one_by_one(images: np.ndarray, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """The same canvases and masks as `cluttered`, written as the loop one would write first."""
    rng = np.random.default_rng(seed)
    made = []
    for image in images:
        canvas = np.zeros((56, 56), np.uint8)
        for _ in range(12):
            side = rng.integers(8, 13)
            row, column = rng.integers(0, 29 - side, 2)
            scrap = images[rng.integers(len(images)), row : row + side, column : column + side]
            top, left = rng.integers(0, 57 - side, 2)
            place = canvas[top : top + side, left : left + side]
            np.maximum(place, scrap, out=place)
        top, left = rng.integers(0, 29, 2)
        visible = image > 16
        canvas[top : top + 28, left : left + 28][visible] = image[visible]
        mask = np.zeros((56, 56), bool)
        mask[top : top + 28, left : left + 28] = visible
        made.append((canvas, mask))
    return made


if __name__ == "__main__":
    main()
