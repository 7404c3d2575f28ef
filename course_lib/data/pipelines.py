"""`tf.data` pipelines: from uint8 images to shuffled, augmented batches, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from course_lib.data.arguments import share, whole

if TYPE_CHECKING:
    import keras
    import tensorflow as tf


def pipeline(
    images: NDArray[Any],
    labels: NDArray[Any],
    *,
    batch_size: int = 64,
    seed: int | None = None,
    augment: Callable[[Any], Any] | None = None,
) -> tf.data.Dataset:
    """Return batches (images, labels) for `model.fit`, prepared while the network computes.

    The order comes from `seed` alone: two pipelines with the same arguments give the same batches, epoch by
    epoch, whatever other seeds are set. Every pass through the pipeline is the next epoch, in a new order;
    a pass that is broken off counts too, so make a second pipeline to look at a batch.
    (`fit` warns that it does not shuffle a dataset itself; `shuffle=False` quiets it.)

    Args:
        images: Shape (n, H, W) or (n, H, W, C). uint8 is scaled to [0, 1]; other numbers are only cast.
        labels: Shape (n, ...): anything to be given out with the images.
        batch_size: From 1 to n. The last batch of an epoch holds what is left.
        seed: A whole number, 0 or more, to shuffle; None keeps the order of the images, as for a test set.
        augment: A function of a batch of images (N, H, W, C), such as `augmentation(seed)`.

    Returns:
        A dataset of pairs: images (N, H, W, C), float32, and labels (N, ...).

    Raises:
        ValueError: A shape does not fit, or an argument is out of its range.
    """
    import tensorflow as tf

    images, labels = np.asarray(images), np.asarray(labels)
    if images.ndim not in (3, 4) or len(images) == 0:
        raise ValueError(
            f"images of shape {images.shape} are not allowed; "
            "give (n, H, W) or (n, H, W, C), with n at least 1."
        )
    if labels.shape[:1] != images.shape[:1]:
        raise ValueError(
            f"labels of shape {labels.shape} do not suit {len(images)} images; give one label per image."
        )
    n = len(images)
    whole(least=1, most=n, batch_size=batch_size)
    if images.ndim == 3:
        images = images[..., None]
    scale = np.float32(1 / 255 if images.dtype == np.uint8 else 1)

    if seed is None:
        order = tf.data.Dataset.range(n)
    else:
        whole(least=0, seed=seed)
        rng = np.random.default_rng(seed)

        def orders() -> Iterator[NDArray[np.int64]]:
            yield rng.permutation(n)  # called once an epoch

        whole_epoch = tf.TensorSpec((n,), tf.int64)
        order = tf.data.Dataset.from_generator(orders, output_signature=whole_epoch).unbatch()
        order = order.apply(tf.data.experimental.assert_cardinality(n))

    stored = tf.constant(images), tf.constant(labels)

    def gather(positions: Any) -> tuple[Any, Any]:
        batch, targets = (tf.gather(part, positions) for part in stored)
        return tf.cast(batch, tf.float32) * scale, targets

    batches = order.batch(batch_size).map(gather)
    if augment is not None:
        # One batch after another: the random state of a layer must not be shared by two at a time.
        batches = batches.map(lambda batch, targets: (augment(batch), targets))
    return batches.prefetch(tf.data.AUTOTUNE)


def augmentation(seed: int, *, shift: float = 0.07, flip: bool = True) -> keras.Sequential:
    """Return Keras layers that shift each image a little and mirror half of them.

    The layers keep a random state: make new ones for every pipeline. Pieces of clothing look as good
    mirrored; set `flip=False` where left and right matter.

    Args:
        seed: From 0 to 2**32 - 2.
        shift: The furthest shift as a share of height and width, 0 to 1; 0.07 of 28 pixels is two pixels.
            What comes in from outside is 0.
        flip: Whether to mirror.

    Raises:
        ValueError: An argument is out of its range.
    """
    import keras

    whole(least=0, most=2**32 - 2, seed=seed)  # Keras takes up to 2**32 - 1, and `seed + 1` is one too
    share(shift=shift)
    layers = [keras.layers.RandomTranslation(shift, shift, fill_mode="constant", seed=seed)]
    if flip:
        layers.append(keras.layers.RandomFlip("horizontal", seed=seed + 1))
    return keras.Sequential(layers, name="augmentation")
