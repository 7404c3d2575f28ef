"""Fits a model and shows one progress line; the stop button ends training, not the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from course_lib.arguments import positive, whole
from course_lib.training.progress import ProgressLine

if TYPE_CHECKING:
    import tensorflow as tf

History = dict[str, list[float]]


def fit(
    model: keras.Model,
    x: np.ndarray | tf.data.Dataset,
    y: np.ndarray | None = None,
    *,
    epochs: int,
    batch_size: int | None = None,
    validation_data: tuple[np.ndarray, np.ndarray] | tf.data.Dataset | None = None,
    label: str = "",
    seed: int | None = None,
) -> History:
    """Train a compiled model and return its history.

    The stop button (KeyboardInterrupt) ends training, not the notebook: the model keeps what it has learned,
    the history holds the whole epochs, and the progress line says how to go on.

    Args:
        model: Compiled; it is trained in place.
        x: Inputs, shape (N, ...), or a pipeline of batches, such as `data.pipeline` makes.
        y: Targets, shape (N, ...); None beside a pipeline, which holds them.
        epochs: At least 1.
        batch_size: At least 1; None beside a pipeline, which has its own.
        validation_data: A pair like (x, y), or a pipeline. It is measured after each epoch, under names that
            begin with "val_".
        label: Opens the progress line, to tell several runs apart.
        seed: 0 to 2**32 - 1. Sets all random seeds before training, so that arrays come in the same order
            again.

    Returns:
        One list per measure, by name, with one number per epoch.

    Raises:
        ValueError: A number is out of its range, x and y are not equally many, a pipeline never ends, or y
            or batch_size is missing beside arrays or given beside a pipeline.
    """
    examples = _number_of_examples(x, y, batch_size)
    positive(epochs=epochs)
    if batch_size is not None:
        positive(batch_size=batch_size)
    if seed is not None:
        whole(least=0, most=2**32 - 1, seed=seed)
        keras.utils.set_random_seed(seed)
    line = ProgressLine(examples=examples, label=label)
    recorded = keras.callbacks.History()  # our own, because an interrupted `model.fit` returns none
    try:
        model.fit(
            x,
            y,
            epochs=epochs,
            batch_size=batch_size,
            validation_data=validation_data,
            verbose=0,
            shuffle=examples is not None,  # a pipeline has its own order
            callbacks=[recorded, line],
        )
    except KeyboardInterrupt:
        if not line.begun:
            raise
        line.finish("stopped by you; call again with more epochs to go on")
    history: History = recorded.history
    return history


def _number_of_examples(x: Any, y: Any, batch_size: int | None) -> int | None:
    """Return the number of inputs; None for a pipeline, which only knows its batches."""
    if hasattr(x, "cardinality"):
        if y is not None or batch_size is not None:
            given = "y" if y is not None else f"batch_size={batch_size!r}"
            raise ValueError(
                f"{given} is not allowed beside a pipeline, which holds targets in batches; leave it out."
            )
        if int(x.cardinality()) == -1:  # tf.data.INFINITE_CARDINALITY
            raise ValueError("x is a pipeline that never ends; leave out its repeat(), or add take(batches).")
        return None
    if y is None or batch_size is None:
        missing = "y" if y is None else "batch_size"
        raise ValueError(f"{missing}=None is not allowed with arrays; give targets and a batch size.")
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} examples and y has {len(y)}; give one target for each input.")
    return len(x)
