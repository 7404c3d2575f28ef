"""Training with one progress line, and running a block on an array."""

import contextlib
import fcntl
import os
import re
import struct
import sys
import termios
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from course_lib import data, training
from course_lib.training import progress


def small_problem() -> tuple[keras.Model, np.ndarray, np.ndarray]:
    """Two classes that differ in the first of three inputs."""
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.1), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, x, (x[:, 0] > 0).astype(int)


def test_fit_learns_and_returns_one_number_per_epoch() -> None:
    model, x, y = small_problem()
    history = training.fit(model, x, y, epochs=8, batch_size=16, validation_data=(x, y))
    assert set(history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert [len(values) for values in history.values()] == [8] * 4
    assert history["val_accuracy"][-1] > 0.9


def test_a_log_gets_the_finished_line_only_and_stderr_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    model, x, y = small_problem()
    training.fit(model, x, y, epochs=2, batch_size=16, validation_data=(x, y), label="a run")
    out, err = capsys.readouterr()
    assert err == ""
    assert re.fullmatch(
        r"a run · 2 epochs · [\d,]+ images/s · "
        r"loss \d\.\d{3} · accuracy \d\.\d{3}, validation \d\.\d{3} · \d+ s\n",
        out,
    )


def test_a_terminal_line_is_rewritten_in_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_UPDATES", 0.0)
    model, x, y = small_problem()
    training.fit(model, x, y, epochs=1, batch_size=16)
    out = capsys.readouterr().out
    assert out.count("\r") == 5  # four batches and the finished line
    assert out.count("\n") == 1 and out.endswith("\n")
    assert "epoch 1/1" in out and "left" in out


@pytest.mark.parametrize("columns", [80, 40])
def test_a_line_in_a_terminal_stays_in_one_row(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """In a pseudo-terminal: what is written between two carriage returns never reaches the last column."""
    controller, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_UPDATES", 0.0)
    model, x, y = small_problem()
    with os.fdopen(terminal, "w") as stream, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", stream)
        patched.setattr(sys, "__stdout__", stream)  # asked for the width
        training.fit(model, x, y, epochs=3, batch_size=32, validation_data=(x, y), label="a run with a price")
    shown = b""
    with contextlib.suppress(OSError):  # Linux says by an error that the other end was closed
        while part := os.read(controller, 4096):
            shown += part
    os.close(controller)
    *running, finished = [row for row in shown.decode().replace("\r\n", "").split("\r") if row]
    assert len(running) == 6
    assert max(map(len, running)) < columns
    assert all(row.startswith(("a run with a price · epoch ", "epoch ")) for row in running)
    assert all("left" in row and "images/s" not in row for row in running) or columns == 40
    assert re.search(r"3 epochs · .*accuracy \d\.\d{3}, validation \d\.\d{3} · ", finished)


def test_the_line_leaves_out_the_least_important_first() -> None:
    parts = {
        "label": "a run", "where": "epoch 1/3", "rate": "9 images/s", "loss": "loss 0.5",
        "accuracy": "accuracy 0.5", "clock": "2 s left",
    }  # fmt: skip
    whole = "a run · epoch 1/3 · 9 images/s · loss 0.5 · accuracy 0.5 · 2 s left"
    for width, text in (
        (len(whole), whole),
        (len(whole) - 1, "a run · epoch 1/3 · loss 0.5 · accuracy 0.5 · 2 s left"),
        (50, "epoch 1/3 · loss 0.5 · accuracy 0.5 · 2 s left"),
        (40, "epoch 1/3 · accuracy 0.5 · 2 s left"),
        (5, "epoch"),
    ):
        assert progress._fitted(parts, width, last=False) == text
    note = {"where": "3 epochs", "rate": "9 images/s", "loss": "loss 0.5", "note": "call again to go on"}
    assert progress._fitted(note, 20, last=True) == "3 epochs · loss 0.5 · call again to go on"


def pipeline_of(x: np.ndarray, y: np.ndarray) -> Any:
    import tensorflow as tf

    return tf.data.Dataset.from_tensor_slices((x, y)).batch(16)


@pytest.mark.parametrize("known", [True, False])
def test_a_pipeline_is_trained_on_and_its_batches_are_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], known: bool
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_UPDATES", 0.0)
    monkeypatch.setenv("COLUMNS", "150")
    model, x, y = small_problem()
    batches = pipeline_of(x, y)
    if not known:
        batches = batches.filter(lambda x, y: True)  # nobody can tell how many pass
    history = training.fit(model, batches, epochs=2, validation_data=pipeline_of(x, y))
    assert [len(values) for values in history.values()] == [2] * 4
    first, *_, last, finished = capsys.readouterr().out.strip("\r\n").split("\r")
    assert first.startswith("epoch 1/2, batch 1/4 · " if known else "epoch 1/2, batch 1 · ")
    assert ("s left" in first) is known
    assert last.startswith("epoch 2/2, batch 4/4 · ") and "batches/s" in last
    assert finished.startswith("2 epochs · ")


def test_a_pipeline_learns_as_the_same_arrays_do() -> None:
    model, x, y = small_problem()
    model.fit(x, y, epochs=3, batch_size=16, shuffle=False, verbose=0)
    expected = model.get_weights()
    model, x, y = small_problem()
    training.fit(model, data.pipeline(x.reshape(64, 1, 3), y, batch_size=16).map(flat), epochs=3)
    for ours, theirs in zip(model.get_weights(), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5)


def flat(images: Any, labels: Any) -> Any:
    return keras.ops.reshape(images, (-1, 3)), labels


def test_a_pipeline_without_end_or_with_targets_beside_it_is_refused() -> None:
    model, x, y = small_problem()
    batches = pipeline_of(x, y)
    for wrong, message in (
        ({"x": batches.repeat()}, "x is a pipeline that never ends"),
        ({"x": batches, "y": y}, "y is not allowed beside a pipeline"),
        ({"x": batches, "batch_size": 16}, "batch_size=16 is not allowed beside a pipeline"),
        ({"x": x, "batch_size": 16}, "y=None is not allowed with arrays"),
        ({"x": x, "y": y}, "batch_size=None is not allowed with arrays"),
    ):
        with pytest.raises(ValueError, match=message):
            training.fit(model, **wrong, epochs=1)


def test_a_notebook_line_updates_one_display(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    class Handle:
        def update(self, content: dict[str, str], raw: bool) -> None:
            shown.append(content["text/plain"])

    def display(content: dict[str, str], raw: bool, display_id: bool) -> Handle:
        shown.append(content["text/plain"])
        return Handle()

    class Shell:
        kernel = object()

    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: Shell())
    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_UPDATES", 0.0)
    model, x, y = small_problem()
    training.fit(model, x, y, epochs=1, batch_size=16)
    assert len(shown) == 5
    assert "left" in shown[0] and "left" not in shown[-1]


def test_apply_block_puts_given_weights_into_dense_and_convolution_alike() -> None:
    x = np.array([[[[1.0, 2.0]]]])  # (1, 1, 1, 2)
    weights = [np.array([[1.0], [10.0]]), np.array([0.5])]
    for layer in (layers.Dense(1), layers.Conv2D(1, 1)):
        assert training.apply_block(layer, x, weights).item() == pytest.approx(21.5)


def test_apply_block_refuses_weights_of_other_sizes() -> None:
    with pytest.raises(ValueError, match=r"sizes \[4, 2\]; the weights given have sizes \[6\]"):
        training.apply_block(layers.Dense(2), np.ones((1, 2)), [np.ones((2, 3))])


def test_apply_block_sets_biases_that_were_left_out_to_zero() -> None:
    biased = layers.Conv2D(1, 1, bias_initializer="ones")
    assert training.apply_block(biased, np.ones((1, 1, 1, 2)), [np.array([[2.0], [3.0]])]).item() == 5.0


def test_a_seed_fixes_the_order_of_the_images() -> None:
    def losses(seed: int) -> list[float]:
        model, x, y = small_problem()
        return training.fit(model, x, y, epochs=3, batch_size=16, seed=seed)["loss"]

    assert losses(5) == losses(5) != losses(6)


def test_the_stop_button_keeps_what_was_learned_and_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press(line: progress.ProgressLine, batch: int, logs: dict[str, Any] | None = None) -> None:
        go_on(line, batch, logs)
        if int(line.model.optimizer.iterations) == 2 * 4 + 3:  # the third batch of the third epoch
            raise KeyboardInterrupt

    go_on = progress.ProgressLine.on_train_batch_end
    monkeypatch.setattr(progress.ProgressLine, "on_train_batch_end", press)
    model, x, y = small_problem()
    history = training.fit(model, x, y, epochs=9, batch_size=16)
    assert [len(values) for values in history.values()] == [2, 2]
    assert int(model.optimizer.iterations) == 11
    out = capsys.readouterr().out
    assert out.startswith("2.8 epochs · ")
    assert out.endswith(" · stopped by you; call again with more epochs to go on\n")


def test_the_stop_button_before_training_has_begun_is_an_interruption_like_any_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(progress, "_line_for_this_place", press)
    model, x, y = small_problem()
    with pytest.raises(KeyboardInterrupt):
        training.fit(model, x, y, epochs=1, batch_size=16)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"epochs": 0}, "epochs=0"),
        ({"batch_size": -1}, "batch_size=-1"),
        ({"epochs": 1.5}, "epochs=1.5 is not allowed; give a whole number of at least 1"),
        ({"epochs": "3"}, "epochs='3' is not allowed; give a whole number of at least 1"),
        ({"epochs": True}, "epochs=True"),
        ({"batch_size": 2.5}, "batch_size=2.5 is not allowed; give a whole number of at least 1"),
        ({"seed": 2**32}, "seed=4294967296 is not allowed; give a whole number from 0 to 4294967295"),
        ({"y": np.zeros(3)}, "x has 64 examples and y has 3"),
    ],
)
def test_bad_arguments_are_named(wrong: dict, message: str) -> None:
    model, x, y = small_problem()
    arguments = {"x": x, "y": y, "epochs": 1, "batch_size": 8} | wrong
    with pytest.raises(ValueError, match=re.escape(message)):
        training.fit(model, **arguments)
