"""How fast the data sets are made, beside making the same ones image by image.

Run `python benchmarks/data.py`. One process, best of three. Above 1 the course's way is faster.
"""

import os
from collections.abc import Callable, Iterable
from time import perf_counter

import numpy as np

from course_lib.data import augmentation, cluttered, fashion_mnist, garments, pipeline
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
    _pipelines(np.tile(images, (10, 1, 1)), np.tile(labels, 10))
    if os.environ.get("FASHION_MNIST_DIR"):
        print(f"fashion_mnist {_seconds(fashion_mnist):.2f} s for 70,000 verified images")


def _pipelines(images: np.ndarray, labels: np.ndarray) -> None:
    """One epoch of shuffled, scaled batches, beside shuffling and scaling image by image in tf.data."""
    import tensorflow as tf

    def scaled(image: tf.Tensor, label: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return tf.cast(image[..., None], tf.float32) / 255, label

    n = len(images)
    one_by_one = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(n, seed=0).map(scaled).batch(64)
    for name, augment in (("pipeline", None), ("augmented", augmentation(0))):
        ours = pipeline(images, labels, batch_size=64, seed=0, augment=augment)
        theirs = one_by_one.map(lambda x, y: (augment(x), y)) if augment else one_by_one  # noqa: B023
        _row(name, lambda: _drain(ours), n, "image by image", lambda: _drain(theirs), n)  # noqa: B023


def _drain(batches: Iterable[object]) -> None:
    for _ in batches:
        pass


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
