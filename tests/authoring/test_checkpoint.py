"""Long trainings resumed from a checkpoint: exactly where they were ended, whatever ended them."""

from __future__ import annotations

import functools
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from authoring.checkpoint import fit_with_checkpoints
from course_lib import data
from course_lib.errors import CourseError

IMAGES = np.random.default_rng(0).normal(size=(64, 1, 3)).astype("float32")
LABELS = (IMAGES[:, 0, 0] > 0).astype(int)
HELD_OUT = IMAGES[::2, ..., None], LABELS[::2]


def network(
    *, rate: float = 0.1, activation: str = "softmax", optimizer: str = "Adam", name: str | None = None
) -> keras.Model:
    """A network with all that an epoch changes: weights, moving means, an optimiser and random layers."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((1, 3, 1)),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.BatchNormalization(),
            layers.Dense(2, activation=activation, name=name),
        ]
    )
    optimizers = {"Adam": keras.optimizers.Adam, "SGD": keras.optimizers.SGD}
    model.compile(optimizers[optimizer](rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def batches(epoch: int) -> Any:
    return data.pipeline(IMAGES, LABELS, batch_size=16, seed=epoch)


Trained = tuple[keras.Model, dict[str, list[float]]]


def train(folder: Path, epochs: int = 5, *, do: Callable[[int, int], None] | None = None) -> Trained:
    """A new network, trained, and its history; `do` is told each batch that ends: (epoch, batch)."""

    class Watcher(keras.callbacks.Callback):  # type: ignore[misc]
        def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
            self.epoch = epoch

        def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
            if do:
                do(self.epoch, batch)

    model = network()
    history = fit_with_checkpoints(
        model,
        batches,
        epochs=epochs,
        folder=folder,
        validation_data=HELD_OUT,
        callbacks=[Watcher()],
    )
    return model, history


def assert_same(resumed: Trained, whole: Trained) -> None:
    (model, history), (other_model, other_history) = resumed, whole
    assert history.keys() == other_history.keys() == {"loss", "accuracy", "val_loss", "val_accuracy"}
    for name, values in other_history.items():
        assert history[name] == pytest.approx(values, rel=1e-5)
    assert int(model.optimizer.iterations) == int(other_model.optimizer.iterations) == 5 * 4
    ours, theirs = ([*each.variables, *each.optimizer.variables] for each in (model, other_model))
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-5, atol=1e-7)


@pytest.fixture(scope="module")
def whole() -> Trained:
    """A training in one piece, by Keras alone."""
    model = network()
    in_a_row = functools.reduce(lambda first, next_: first.concatenate(next_), map(batches, range(5)))
    ran = model.fit(in_a_row, epochs=5, steps_per_epoch=4, validation_data=HELD_OUT, shuffle=False, verbose=0)
    return model, ran.history


def stop_at(epoch: int, batch: int, error: type[BaseException]) -> Callable[[int, int], None]:
    def stop(*place: int) -> None:
        if place == (epoch, batch):
            raise error

    return stop


KILLED = f"""
import os, pathlib, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_checkpoint import train
def kill(epoch, batch):
    if (epoch, batch) == (2, 1):
        os.kill(os.getpid(), signal.SIGKILL)
train(pathlib.Path(sys.argv[1]), do=kill)
"""


def test_a_training_whose_process_was_killed_ends_as_if_it_had_not_been(
    tmp_path: Path, whole: Trained
) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert json.loads((tmp_path / "training.json").read_text())["epochs"] == 2
    assert_same(train(tmp_path), whole)


def test_a_training_stopped_again_and_again_ends_as_if_it_had_not_been(
    tmp_path: Path, whole: Trained
) -> None:
    for epoch, batch, error in ((0, 2, MemoryError), (1, 0, KeyboardInterrupt), (4, 3, KeyboardInterrupt)):
        with pytest.raises(error):
            train(tmp_path, do=stop_at(epoch, batch, error))
    assert_same(train(tmp_path), whole)


@pytest.mark.parametrize("moment", ["weights", "state", "replaced", "removed"])
def test_an_end_while_an_epoch_is_stored_loses_at_most_this_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Trained, moment: str
) -> None:
    """When half of the weights are written; before and after the state is in place; after old weights go."""
    owner, name = {
        "weights": (keras.Model, "save_weights"),
        "state": (Path, "replace"),
        "replaced": (Path, "replace"),
        "removed": (Path, "unlink"),
    }[moment]
    real, calls = getattr(owner, name), []

    def ended(self: Any, *arguments: Any, **options: Any) -> None:
        calls.append(arguments)
        last = len(calls) == (2 if moment == "removed" else 3)  # nothing is removed after the first epoch
        if not last or moment in ("replaced", "removed"):
            real(self, *arguments, **options)
        elif moment == "weights":
            arguments[0].write_bytes(b"the beginning of a file")
        if last:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, ended)
        with pytest.raises(KeyboardInterrupt):
            train(tmp_path)
    stored = json.loads((tmp_path / "training.json").read_text())["epochs"]
    assert stored == (2 if moment in ("weights", "state") else 3)
    assert_same(train(tmp_path), whole)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["epoch-5.weights.h5", "training.json"]


def test_more_epochs_go_on_and_none_only_loads(tmp_path: Path, whole: Trained) -> None:
    def refuse(epoch: int, batch: int) -> None:
        raise AssertionError("nothing was to be run")

    train(tmp_path, 2)
    assert_same(train(tmp_path, 5), whole)
    assert_same(train(tmp_path, 5, do=refuse), whole)
    with pytest.raises(CourseError, match="holds 5 epochs; 3 were asked for"):
        train(tmp_path, 3)


def test_an_epoch_that_a_callback_cuts_short_is_not_stored(tmp_path: Path) -> None:
    model = network()
    stop = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: setattr(
            model, "stop_training", int(model.optimizer.iterations) == 2 * 4 + 2
        )
    )
    history = fit_with_checkpoints(model, batches, epochs=5, folder=tmp_path, callbacks=[stop])
    assert len(history["loss"]) == 2
    assert json.loads((tmp_path / "training.json").read_text())["epochs"] == 2


def test_another_training_is_refused_and_other_names_are_not(tmp_path: Path) -> None:
    fit_with_checkpoints(network(), batches, epochs=1, folder=tmp_path)
    fit_with_checkpoints(network(name="elsewhere"), batches, epochs=1, folder=tmp_path)
    for other in (network(rate=0.2), network(activation="sigmoid"), network(optimizer="SGD")):
        with pytest.raises(CourseError, match="of another network, optimiser, loss or metrics"):
            fit_with_checkpoints(other, batches, epochs=1, folder=tmp_path)
        assert other.optimizer.iterations == 0


@pytest.mark.parametrize("how", ["torn state", "no state", "torn weights", "lost weights"])
def test_damage_is_named_and_nothing_is_trained_over_it(tmp_path: Path, how: str) -> None:
    train(tmp_path, 1)
    state, weights = tmp_path / "training.json", tmp_path / "epoch-1.weights.h5"
    if how == "torn state":
        state.write_bytes(state.read_bytes()[:-9])
    elif how == "no state":
        state.write_text('{"epochs": 1}')
    elif how == "torn weights":
        weights.write_bytes(weights.read_bytes()[:-900])
    else:
        weights.unlink()
    with pytest.raises(CourseError, match="cannot be read") as refused:
        train(tmp_path, 2)
    assert refused.value.where == str(state if how.endswith("state") else weights)
