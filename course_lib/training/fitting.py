"""Fit a model, watched by one progress line."""

from typing import Any

import keras
import numpy as np

from course_lib.training.progress import ProgressLine


def fit(
    model: keras.Model,
    x: np.ndarray,
    y: np.ndarray,
    *,
    epochs: int,
    batch_size: int,
    validation_data: tuple[np.ndarray, np.ndarray] | None = None,
    label: str = "",
) -> dict[str, list[float]]:
    """Train a compiled `model` and return its history: one list per measure, one number per epoch.

    x: inputs, (N, ...). y: targets, (N, ...). `validation_data` is a pair like (x, y), measured after each
    epoch under names that begin with "val_". `label` opens the progress line, to tell several runs apart.
    """
    watcher = ProgressLine(examples=len(x), label=label)
    options: dict[str, Any] = {"epochs": epochs, "batch_size": batch_size, "validation_data": validation_data}
    history = model.fit(x, y, verbose=0, callbacks=[watcher], **options)
    return {name: [float(value) for value in values] for name, values in history.history.items()}
