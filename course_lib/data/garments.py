"""Procedural garments: a stand-in for Fashion-MNIST that needs no file and no network.

Ten kinds of clothes are drawn from parametric shapes, in Fashion-MNIST's order and format. Cut, pattern,
brightness, pose and noise differ from image to image, and the kinds overlap as real clothes do: a shirt may
have short sleeves, a dress may look like a long T-shirt, a coat may be buttoned up like a pullover.
"""

import numpy as np
from numpy.typing import NDArray

from course_lib.data.arguments import whole
from course_lib.data.sketch import SIDE, Sketch
from course_lib.data.wardrobe import DRAW

CLASS_NAMES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)

# Images of each class in one block. Blocks have seeds of their own, and fit into the processor's cache.
_PER_CLASS = 25
_BLOCK = _PER_CLASS * len(CLASS_NAMES)


def garments(n: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw `n` labelled images of clothes.

    Args:
        n: How many images, at least 1.
        seed: A whole number, 0 or more. The same seed gives the same images.

    Returns:
        Images of shape (n, 28, 28) and labels of shape (n,), both uint8. Background is 0. Every ten images in
        a row hold each class once, so the classes are balanced. Image i does not depend on `n`: a longer
        draw begins with the shorter one.

    Raises:
        ValueError: `n` is below 1 or `seed` is negative.
    """
    whole(least=1, n=n)
    whole(least=0, seed=seed)
    blocks = [_draw_block(np.random.default_rng([seed, index])) for index in range(-(-n // _BLOCK))]
    images = np.concatenate([block[0] for block in blocks])[:n]
    labels = np.concatenate([block[1] for block in blocks])[:n]
    return images, labels


def _draw_block(rng: np.random.Generator) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    tens = np.tile(np.arange(10, dtype=np.uint8), (_PER_CLASS, 1))
    labels = rng.permuted(tens, axis=1).ravel()
    images = np.empty((_BLOCK, SIDE, SIDE), np.uint8)
    for label, draw in enumerate(DRAW):
        images[labels == label] = draw(Sketch.of(_PER_CLASS, rng))
    return images, labels
