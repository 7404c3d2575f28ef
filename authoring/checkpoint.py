"""Long trainings that can be ended at any moment and resumed exactly.

After each whole epoch, the folder of a training holds its weights and optimiser in `epoch-N.weights.h5`, and
the number N, the history and the random state of the layers in `training.json`. Weights go into a new file,
and `training.json` is put in place last and at once: whatever it names is whole, and an epoch that was cut
short is run again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from course_lib.errors import CourseError

if TYPE_CHECKING:
    import tensorflow as tf

History = dict[str, list[float]]
_WEIGHTS = "epoch-{}.weights.h5"


def fit_with_checkpoints(
    model: keras.Model,
    batches: Callable[[int], tf.data.Dataset],
    *,
    epochs: int,
    folder: Path,
    validation_data: Any = None,
    callbacks: Sequence[keras.callbacks.Callback] = (),
) -> History:
    """Train a model, store it after each epoch, and go on from what the folder holds.

    However often training is ended and called again, weights, optimiser and history end as if it had run in
    one piece. For that, what is random must lie in the model's layers (their state is stored) or follow from
    the number of the epoch in `batches`.

    Each epoch is a call of `model.fit` of its own, with which callbacks begin and end. One that a callback
    ends early is not stored and is the last.

    Args:
        model: Built, compiled, and not yet trained.
        batches: Gives the batches of an epoch, counted from 0; for example
            `lambda epoch: data.pipeline(images, labels, seed=epoch)`.
        epochs: The number of epochs in all, with those that the folder holds.
        folder: For this training alone; made if it is not there. It stays, so that a training which is
            complete is not run again: the same call then only loads it.
        validation_data: As for `model.fit`.
        callbacks: Keras callbacks.

    Returns:
        One list per measure, by name, with one number per epoch.

    Raises:
        CourseError: The folder holds another training, more epochs than are asked for, or damaged files.
    """
    made_of = _digest(model)
    state = _load(folder, model, made_of) or _State(made_of, 0, {}, [])
    if state.epochs > epochs:
        raise CourseError(
            f"The checkpoint holds {state.epochs} epochs; {epochs} were asked for.",
            where=str(folder),
            fix="ask for at least as many, or delete the folder",
        )
    for epoch in range(state.epochs, epochs):
        ran = model.fit(
            batches(epoch),
            initial_epoch=epoch,
            epochs=epoch + 1,
            validation_data=validation_data,
            callbacks=list(callbacks),
            shuffle=False,
            verbose=0,
        ).history
        if model.stop_training:
            break
        history = {name: [*state.history.get(name, []), *values] for name, values in ran.items()}
        random_state = [np.asarray(variable).tolist() for variable in _random_variables(model)]
        state = _State(made_of, epoch + 1, history, random_state)
        _store(folder, model, state)
    return state.history


@dataclass(frozen=True)
class _State:
    """What is stored beside weights and optimiser.

    Attributes:
        made_of: Digest of the model that was trained.
        epochs: How many are whole.
        history: One list per measure, with one number per epoch.
        random_state: Of each random generator in the model, in the order of `_random_variables`.
    """

    made_of: str
    epochs: int
    history: History
    random_state: list[list[int]]


def _load(folder: Path, model: keras.Model, made_of: str) -> _State | None:
    """Bring a model to where its training ended; None when the folder holds nothing yet."""
    path = folder / "training.json"
    if not path.exists():
        return None
    try:
        state = _State(**json.loads(path.read_text(encoding="utf-8")))
        if state.made_of != made_of:
            raise CourseError(
                "The checkpoint is of another network, optimiser, loss or metrics.",
                where=str(folder),
                fix="give this training a folder of its own, or delete that one",
            )
        model.optimizer.build(model.trainable_variables)
        path = folder / _WEIGHTS.format(state.epochs)
        model.load_weights(path)
    except (OSError, ValueError, TypeError) as error:
        raise CourseError(
            f"The checkpoint cannot be read: {error}",
            where=str(path),
            fix="delete its folder; training then begins anew",
        ) from error
    for variable, value in zip(_random_variables(model), state.random_state, strict=True):
        variable.assign(value)
    return state


def _store(folder: Path, model: keras.Model, state: _State) -> None:
    """Put a state in the place of the last one, at once or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / _WEIGHTS.format(state.epochs)
    model.save_weights(weights, overwrite=True)
    _to_disk(weights)
    new = folder / "training.json.new"
    new.write_text(json.dumps(dataclasses.asdict(state)), encoding="utf-8")
    _to_disk(new)
    new.replace(folder / "training.json")
    _to_disk(folder)
    for old in folder.glob(_WEIGHTS.format("*")):
        if old != weights:
            old.unlink()


def _to_disk(path: Path) -> None:
    """Return when a file, or what a folder lists, would outlast a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _random_variables(model: keras.Model) -> list[keras.Variable]:
    """Return the states of the random generators in a model, such as dropout's.

    Keras counts them among the variables but not among the weights, and does not save them.
    """
    weights = {id(variable) for variable in model.weights}
    return [variable for variable in model.variables if id(variable) not in weights]


def _digest(model: keras.Model) -> str:
    """Return a digest of layers, shapes and how the model is compiled; names do not matter."""
    compiled = _without_names(model.get_compile_config())
    parts = [json.dumps(compiled[part]) for part in ("optimizer", "loss", "loss_weights", "metrics")]
    parts += [f"{type(layer).__name__} {_options(layer)}" for layer in _layers(model)]
    parts += [str(tuple(variable.shape)) for variable in model.weights]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _without_names(options: Any) -> Any:
    """Return serialised options without the names in them, which Keras counts up within a process."""
    if isinstance(options, dict):
        return {key: _without_names(value) for key, value in options.items() if key != "name"}
    return [_without_names(value) for value in options] if isinstance(options, list | tuple) else options


def _layers(model: keras.Model) -> Iterator[keras.Layer]:
    """Yield the layers of a model and of the models in it."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _layers(layer)
        else:
            yield layer


def _options(layer: keras.Layer) -> str:
    """Return the plain options of a layer, such as its activation."""
    try:
        options = layer.get_config()
    except NotImplementedError:  # a layer of one's own that cannot be saved
        return ""
    plain = (str, int, float, tuple, list, type(None))
    return repr(sorted((k, v) for k, v in options.items() if k != "name" and isinstance(v, plain)))
