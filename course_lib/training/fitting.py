"""Fit a model, watched by one progress line; stop early, stop in time, and go on after an interruption."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from course_lib.arguments import whole
from course_lib.training.checkpoint import Checkpoint, History
from course_lib.training.progress import ProgressLine, in_words

if TYPE_CHECKING:
    import tensorflow as tf


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
    patience: int | None = None,
    minutes: float | None = None,
    resume: str | Path | None = None,
    callbacks: Sequence[keras.callbacks.Callback] | None = None,
) -> History:
    """Train a compiled `model` and return its history: one list per measure, one number per epoch.

    x: inputs, (N, ...), and y: targets, (N, ...), in batches of `batch_size`; or x: a pipeline of batches,
    such as `data.pipeline` makes, without y and batch_size. `validation_data` is a pair like (x, y) or a
    pipeline, measured after each epoch under names that begin with "val_". `label` opens the progress line,
    to tell several runs apart.

    seed: sets all random seeds before training, so that the images come in the same order again.
    patience: stop when the loss (on the validation data, if given) has not fallen for so many epochs. At the
        end, go back to the weights of the best epoch. An epoch that ends with NaN is never the best.
    minutes: stop at the first batch that ends later than this. After the last batch of an epoch, that epoch
        is whole. One that is cut short is run again by the next call, so with `minutes` shorter than an epoch
        no epoch ever becomes whole: give more minutes.
    resume: a folder of this training's own. Weights, optimiser and history go there after every epoch and
        when training is stopped. After a stop or a dead kernel the same call goes on from there; an epoch
        that was begun is run again, the images in another order. With patience, the best epoch and its
        weights are stored too. When all is done, the folder is removed. What is damaged is set aside in a
        folder `damaged-N` and named, and training begins anew.
    callbacks: further Keras callbacks, such as `keras.callbacks.ModelCheckpoint`.

    The stop button (KeyboardInterrupt) ends training, not the notebook: the model keeps what it has learned,
    and the line says how to go on. The history then holds the whole epochs; after `minutes`, also the last
    one as far as it came.
    ValueError if epochs, batch_size or patience is not a whole number above zero, minutes not a number above
    zero, seed not one from 0 to 2**32 - 1, x and y are not equally many, a pipeline never ends, or `resume`
    is a file or the folder of another network or optimiser.
    """
    examples = _examples(x, y, batch_size)
    _refuse_misfits(minutes, epochs=epochs, batch_size=batch_size, patience=patience)
    if resume is not None and any(path.is_file() for path in (Path(resume), *Path(resume).parents)):
        raise ValueError(f"resume={str(resume)!r} is a file, or lies in one; give a folder.")
    if seed is not None:
        whole(least=0, most=2**32 - 1, seed=seed)
        keras.utils.set_random_seed(seed)
    measure = "val_loss" if validation_data is not None else "loss"
    checkpoint = Checkpoint(
        Path(resume) if resume is not None else None, measure if patience is not None else None
    )
    checkpoint.load(model)
    out_of_patience = patience is not None and checkpoint.epochs_since_best >= patience
    how_to_go_on = "the same call goes on from here" if resume else "call again with more epochs to go on"
    seconds = 60 * minutes if minutes else None
    line = ProgressLine(examples=examples, label=label, seconds=seconds, epochs_done=checkpoint.next_epoch)
    stopper = _Patience(patience, checkpoint, line) if patience is not None else None
    budget = _Budget(minutes, checkpoint, line, how_to_go_on) if minutes else None
    # The checkpoint comes before those that may change the weights at the end of an epoch.
    watchers = [each for each in (budget, checkpoint, *(callbacks or ()), stopper, line) if each is not None]
    try:
        model.fit(
            x,
            y,
            epochs=epochs,
            initial_epoch=epochs if out_of_patience else min(checkpoint.next_epoch, epochs),
            batch_size=batch_size,
            validation_data=validation_data,
            verbose=0,
            shuffle=examples is not None,  # a pipeline has its own order
            callbacks=watchers,
        )
    except KeyboardInterrupt:
        if not line.begun:
            raise
        checkpoint.store()
        line.finish(f"stopped by you; {how_to_go_on}")
    else:
        if not (budget and budget.over):
            checkpoint.remove()
    return checkpoint.history


class _Patience(keras.callbacks.Callback):  # type: ignore[misc]
    """Ends training `patience` epochs after the best one, goes back to its weights, and says so on the line.

    Keras' EarlyStopping counts within one call; the checkpoint also knows the epochs before a stop.
    """

    def __init__(self, patience: int, checkpoint: Checkpoint, line: ProgressLine) -> None:
        super().__init__()
        self._patience, self._checkpoint, self._line = patience, checkpoint, line

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self._checkpoint.epochs_since_best >= self._patience:
            self.model.stop_training = True

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        if self._checkpoint.best_weights is not None:
            self.model.set_weights(self._checkpoint.best_weights)
        best = self._checkpoint.best_epoch
        if self._checkpoint.epochs_since_best >= self._patience:
            back = "no epoch to go back to" if best is None else f"back to epoch {best + 1}"
            self._line.note = f"no better for {self._patience} epochs; {back}"


class _Budget(keras.callbacks.Callback):  # type: ignore[misc]
    """Ends training at the first batch that ends after `minutes`."""

    def __init__(self, minutes: float, checkpoint: Checkpoint, line: ProgressLine, how_to_go_on: str) -> None:
        super().__init__()
        self._seconds = 60 * minutes
        self._checkpoint, self._line, self._how = checkpoint, line, how_to_go_on
        self.over = False

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._end = time.monotonic() + self._seconds

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        if not self.over and time.monotonic() >= self._end:
            complete = batch + 1 == self.params.get("steps")  # None for a pipeline of unknown length
            if complete and self._checkpoint.next_epoch + 1 == self.params["epochs"]:
                return  # all is done
            self.over = self.model.stop_training = True
            self._checkpoint.unfinished = not complete
            self._line.note = f"stopped after {in_words(self._seconds)}, as asked; {self._how}"


def _examples(x: Any, y: Any, batch_size: int | None) -> int | None:
    """How many inputs there are; None for a pipeline, which only knows its batches."""
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


def _refuse_misfits(minutes: Any, **numbers: Any) -> None:
    for name, value in numbers.items():
        if value is not None and not (_is(Integral, value) and value > 0):
            raise ValueError(f"{name}={value!r} is not allowed; give a whole number above zero.")
    if minutes is not None and not (_is(Real, minutes) and 0 < minutes < math.inf):
        raise ValueError(f"minutes={minutes!r} is not allowed; give a number above zero.")


def _is(kind: type, value: Any) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)
