"""Training with one progress line, and running a block on an array."""

import contextlib
import fcntl
import json
import os
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from course_lib import data, training
from course_lib.training import progress
from course_lib.training.checkpoint import Checkpoint


def small_problem() -> tuple[keras.Model, np.ndarray, np.ndarray]:
    """Two classes that differ in the first of three inputs."""
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.1), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, x, (x[:, 0] > 0).astype(int)


def test_fit_learns_and_returns_one_number_per_epoch() -> None:
    model, x, y = small_problem()
    history = training.fit(model, x, y, epochs=8, batch_size=16, validation_data=(x, y), callbacks=None)
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


TERMINAL = """
import sys
sys.path.insert(0, sys.argv[1])
from test_fitting import progress, small_problem, training
progress._SECONDS_BETWEEN_UPDATES = 0.0
model, x, y = small_problem()
training.fit(model, x, y, epochs=3, batch_size=32, validation_data=(x, y), label="a run with a price")
"""


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 40])
def test_a_line_in_a_terminal_stays_in_one_row(columns: int) -> None:
    """In a pseudo-terminal: what is written between two carriage returns never reaches the last column."""
    controller, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-c", TERMINAL, str(Path(__file__).parent)],
        stdin=terminal,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says by an error that the other end was closed
        while part := os.read(controller, 4096):
            shown += part
    os.close(controller)
    assert process.wait() == 0
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


class StopsInEpoch(keras.callbacks.Callback):
    """Raises in the middle of an epoch, as the stop button or a dying kernel would."""

    def __init__(self, epoch: int, error: type[BaseException]) -> None:
        super().__init__()
        self.at, self.error = epoch, error

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self.now = epoch

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        if self.now == self.at:
            raise self.error


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_training_goes_on_after_an_interruption_as_if_there_had_been_none(
    tmp_path: Path, error: type[BaseException]
) -> None:
    model, x, y = small_problem()
    whole = training.fit(model, x, y, epochs=6, batch_size=64)  # one batch: the order of images is no matter

    model, x, y = small_problem()
    folder = tmp_path / "run"
    part = {"epochs": 6, "batch_size": 64, "resume": folder}
    if error is KeyboardInterrupt:
        # The stop button comes after the step of epoch 3 was taken; the epoch is run again.
        history = training.fit(model, x, y, **part, callbacks=[StopsInEpoch(3, error)])
        assert len(history["loss"]) == 3
    else:
        with pytest.raises(error):
            training.fit(model, x, y, **part, callbacks=[StopsInEpoch(3, error)])
    model, x, y = small_problem()
    resumed = training.fit(model, x, y, **part)
    assert len(resumed["loss"]) == 6
    assert resumed["loss"][:3] == pytest.approx(whole["loss"][:3], rel=1e-6)
    if error is MemoryError:  # nothing was stored of the begun epoch, so Adam's state is the same too
        assert resumed["loss"] == pytest.approx(whole["loss"], rel=1e-5)
    else:
        assert resumed["loss"][3] < whole["loss"][3]
    assert not folder.exists()


@pytest.mark.slow
def test_training_goes_on_after_its_process_was_killed(tmp_path: Path) -> None:
    script = (
        "import os, sys, pathlib\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_fitting import StopsInEpoch, small_problem, training\n"
        "class Dies(StopsInEpoch):\n"
        "    def on_train_batch_end(self, batch, logs=None):\n"
        "        if self.now == self.at: os._exit(9)\n"
        "model, x, y = small_problem()\n"
        "training.fit(model, x, y, epochs=6, batch_size=64, resume=pathlib.Path(sys.argv[1]),"
        " callbacks=[Dies(4, SystemExit)])\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "run")], capture_output=True)
    assert done.returncode == 9
    model, x, y = small_problem()
    whole = training.fit(model, x, y, epochs=6, batch_size=64)["loss"]
    model, x, y = small_problem()
    resumed = training.fit(model, x, y, epochs=6, batch_size=64, resume=tmp_path / "run")["loss"]
    assert resumed == pytest.approx(whole, rel=1e-5)
    assert model.optimizer.iterations == 6


def test_the_stop_button_says_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    model, x, y = small_problem()
    training.fit(model, x, y, epochs=9, batch_size=16, callbacks=[StopsInEpoch(2, KeyboardInterrupt)])
    assert "stopped by you; call again with more epochs to go on\n" in capsys.readouterr().out


def test_a_budget_stops_at_a_batch_and_the_next_call_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, x, y = small_problem()
    folder = tmp_path / "run"
    options = {"epochs": 3, "batch_size": 16, "resume": folder}
    history = training.fit(model, x, y, minutes=1e-9, **options)
    assert model.optimizer.iterations == 1
    assert len(history["loss"]) == 1
    assert "as asked; the same call goes on from here\n" in capsys.readouterr().out
    mine = folder / "my notes.txt"
    mine.write_text("kept")
    history = training.fit(model, x, y, **options)
    assert model.optimizer.iterations == 1 + 3 * 4
    assert len(history["loss"]) == 3
    assert list(folder.iterdir()) == [mine]


def test_an_epoch_whose_last_batch_ends_after_the_budget_is_whole(tmp_path: Path) -> None:
    model, x, y = small_problem()
    options = {"epochs": 3, "batch_size": 64, "minutes": 1e-9, "resume": tmp_path / "run"}
    for epochs in (1, 2, 3):
        assert len(training.fit(model, x, y, **options)["loss"]) == epochs
    assert model.optimizer.iterations == 3
    assert not (tmp_path / "run").exists()


def test_time_left_is_never_more_than_the_budget(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_UPDATES", 0.0)
    model, x, y = small_problem()
    stop = StopsInEpoch(1, KeyboardInterrupt)
    training.fit(model, x, y, epochs=10**7, batch_size=16, minutes=2, callbacks=[stop])
    left = re.findall(r"(\d+) min \d+ s left", capsys.readouterr().out)
    assert left and set(left) <= {"1", "2"}


def test_patience_goes_back_to_the_best_epoch(capsys: pytest.CaptureFixture[str]) -> None:
    model, x, y = small_problem()
    model.optimizer.learning_rate = 0.0
    history = training.fit(model, x, y, epochs=50, batch_size=64, patience=2)
    assert len(history["loss"]) <= 4
    assert "no better for 2 epochs; back to epoch 1\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("losses", "ran", "said"),
    [
        ([np.nan, 1.844, 1.825, 1.805, 1.9, 1.9, 1.9], 7, "back to epoch 4"),
        ([np.nan] * 5, 3, "no epoch to go back to"),
    ],
)
def test_nan_is_never_the_best_epoch(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    losses: list[float],
    ran: int,
    said: str,
) -> None:
    model, x, y = small_problem()
    measure(monkeypatch, losses)
    assert len(training.fit(model, x, y, epochs=9, batch_size=64, patience=3)["loss"]) == ran
    assert f"no better for 3 epochs; {said}\n" in capsys.readouterr().out


def measure(monkeypatch: pytest.MonkeyPatch, losses: list[float]) -> None:
    """Let these be the losses that the epochs end with."""
    real = Checkpoint.on_epoch_end
    monkeypatch.setattr(
        Checkpoint, "on_epoch_end", lambda self, epoch, logs: real(self, epoch, {"loss": losses[epoch]})
    )


def test_a_best_epoch_that_was_stored_with_nan_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model, x, y = small_problem()
    measure(monkeypatch, [2.0, 3.0, 2.5, 4.0, 4.0])
    options = {"epochs": 5, "batch_size": 64, "patience": 2, "resume": tmp_path}
    training.fit(model, x, y, **options, callbacks=[StopsInEpoch(1, KeyboardInterrupt)])
    state = tmp_path / "state.json"
    state.write_text(state.read_text().replace("2.0", "NaN"))
    assert len(training.fit(model, x, y, **options)["loss"]) == 5
    assert "no better for 2 epochs; back to epoch 3\n" in capsys.readouterr().out


def overfitting_problem() -> tuple[keras.Model, np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """The small problem, and data to validate on with so many wrong labels that certainty soon costs."""
    model, x, y = small_problem()
    model.optimizer.learning_rate = 0.3
    return model, x, y, (x, np.where(np.arange(64) % 8 == 0, 1 - y, y))


@pytest.mark.parametrize("at", ["before the best", "after the best", "the end"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_patience_after_an_interruption_ends_as_if_there_had_been_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], at: str, error: type[BaseException]
) -> None:
    def end_of_line() -> str:
        epochs, *_, note = capsys.readouterr().out.splitlines()[-1].split(" · ")
        return f"{epochs}: {note}"

    part = {"epochs": 20, "batch_size": 64, "patience": 3}
    model, x, y, held_out = overfitting_problem()
    whole = training.fit(model, x, y, **part, validation_data=held_out)
    weights, words = model.get_weights(), end_of_line()
    ran, best = len(whole["val_loss"]), int(np.argmin(whole["val_loss"]))
    assert 1 < best == ran - 4 and words == f"{ran} epochs: no better for 3 epochs; back to epoch {best + 1}"

    def stop(*_: object) -> None:
        raise error

    when = {"before the best": best - 1, "after the best": best + 2}
    if at == "the end":
        interruption = keras.callbacks.LambdaCallback(on_train_end=stop)
    else:
        interruption = keras.callbacks.LambdaCallback(
            on_epoch_begin=lambda epoch, logs: stop() if epoch == when[at] else None
        )
    part |= {"resume": tmp_path / "run", "validation_data": held_out}
    model, *_ = overfitting_problem()
    if error is KeyboardInterrupt:
        training.fit(model, x, y, **part, callbacks=[interruption])
    else:
        with pytest.raises(error):
            training.fit(model, x, y, **part, callbacks=[interruption])

    model, *_ = overfitting_problem()
    capsys.readouterr()
    assert training.fit(model, x, y, **part)["val_loss"] == pytest.approx(whole["val_loss"], rel=1e-5)
    assert end_of_line() == words
    for ours, theirs in zip(model.get_weights(), weights, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5)
    assert not (tmp_path / "run").exists()


def test_patience_after_a_training_without_it_begins_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, x, y, held_out = overfitting_problem()
    options = {"batch_size": 64, "validation_data": held_out, "resume": tmp_path / "run"}
    training.fit(model, x, y, epochs=20, **options, callbacks=[StopsInEpoch(6, KeyboardInterrupt)])
    training.fit(model, x, y, epochs=20, patience=2, **options)
    assert "no better for 2 epochs; back to epoch 7\n" in capsys.readouterr().out


def test_a_seed_fixes_the_order_of_the_images() -> None:
    def losses(seed: int) -> list[float]:
        model, x, y = small_problem()
        return training.fit(model, x, y, epochs=3, batch_size=16, seed=seed)["loss"]

    assert losses(5) == losses(5) != losses(6)


def test_a_folder_of_another_network_is_refused(tmp_path: Path) -> None:
    model, x, y = small_problem()
    training.fit(model, x, y, epochs=2, batch_size=16, minutes=1e-9, resume=tmp_path / "run")
    other = keras.Sequential([keras.Input((3,)), layers.Dense(4), layers.Dense(2)])
    other.compile("sgd", "mse")
    with pytest.raises(ValueError, match="holds the training of another network"):
        training.fit(other, x, y, epochs=2, batch_size=16, resume=tmp_path / "run")


@pytest.mark.parametrize(
    ("activation", "optimiser", "same"),
    [("softmax", "adam", True), ("sigmoid", "adam", False), ("softmax", "sgd", False)],
)
def test_a_folder_of_another_activation_or_optimiser_is_refused(
    tmp_path: Path, activation: str, optimiser: str, same: bool
) -> None:
    model, x, y = small_problem()
    options = {"epochs": 2, "batch_size": 16, "resume": tmp_path / "run"}
    training.fit(model, x, y, minutes=1e-9, **options)
    other = keras.Sequential([keras.Input((3,)), layers.Dense(2, activation=activation, name="elsewhere")])
    other.compile(optimiser, "sparse_categorical_crossentropy")
    if same:
        assert len(training.fit(other, x, y, **options)["loss"]) == 2
    else:
        with pytest.raises(ValueError, match="holds the training of another network or optimiser"):
            training.fit(other, x, y, **options)


@pytest.mark.parametrize(
    "wrong",
    [
        {"epochs": "two"},
        {"epochs": True},
        {"history": {"loss": ["low"]}},
        {"best": {"measure": "loss"}},
        {"best": {"measure": "loss", "epoch": 7, "value": 0.5}},
        {"best": {"measure": "loss", "epoch": "0", "value": 0.5}},
        {"best": 3},
        {"sha256": {}},
        {"weights": None},
        {"network": None},
    ],
)
def test_a_state_that_cannot_be_is_set_aside_like_other_damage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: dict
) -> None:
    model, x, y = small_problem()
    options = {"batch_size": 64, "resume": tmp_path, "patience": 5}
    stop = StopsInEpoch(1, KeyboardInterrupt)
    training.fit(model, x, y, epochs=3, **options, callbacks=[stop])
    state = tmp_path / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | wrong))
    if wrong == {"sha256": {}}:  # then nothing says that the weights are damaged too
        for weights in tmp_path.glob("*.weights.h5"):
            weights.write_bytes(b"damaged")
    model, x, y = small_problem()
    capsys.readouterr()
    assert len(training.fit(model, x, y, epochs=2, **options)["loss"]) == 2
    assert capsys.readouterr().out.startswith(
        f"{state} is damaged or gone; what was stored was set aside in damaged-1, and training begins anew.\n"
    )


def spoil(folder: Path, how: str) -> str:
    """Damage what is stored in a folder; returns the name of the file that is damaged."""
    state = folder / "state.json"
    weights = folder / json.loads(state.read_text())["weights"]
    path = state if how == "torn state" else weights
    content = bytearray(path.read_bytes())
    if how == "lost weights":
        path.unlink()
    elif how == "a wrong bit":
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    else:
        path.write_bytes(content[:-9])
    return path.name


@pytest.mark.parametrize("how", ["torn state", "torn weights", "lost weights", "a wrong bit"])
def test_what_is_damaged_is_named_and_set_aside_and_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    model, x, y = small_problem()
    options = {"epochs": 3, "batch_size": 16, "resume": tmp_path, "minutes": 1e-9}
    training.fit(model, x, y, **options)
    for aside in ("damaged-1", "damaged-2"):
        name = spoil(tmp_path, how)
        left = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
        model, x, y = small_problem()
        capsys.readouterr()
        history = training.fit(model, x, y, **options)
        assert (len(history["loss"]), int(model.optimizer.iterations)) == (1, 1)
        assert capsys.readouterr().out.startswith(
            f"{tmp_path / name} is damaged or gone; what was stored was set aside in {aside}, "
            "and training begins anew.\n"
        )
        assert {path.name: path.read_bytes() for path in (tmp_path / aside).iterdir()} == left
    history = training.fit(model, x, y, **(options | {"minutes": None}))
    assert len(history["loss"]) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["damaged-1", "damaged-2"]


@pytest.mark.parametrize("last_step", [True, False])
def test_the_stop_button_while_an_epoch_is_stored_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last_step: bool
) -> None:
    """Pressed twice: while the epoch is stored, and while that is made up for."""
    part = {"epochs": 6, "batch_size": 64, "patience": 6}
    model, x, y = small_problem()
    whole = training.fit(model, x, y, **part)
    owner, name = (Path, "replace") if last_step else (keras.Model, "save_weights")
    real, calls = getattr(owner, name), []

    def interrupted(self: Any, target: Path) -> None:
        calls.append(target)
        if len(calls) in (3, 4):
            if last_step:
                real(self, target)
            else:
                target.write_bytes(b"the beginning of a file")
            raise KeyboardInterrupt
        real(self, target)

    monkeypatch.setattr(owner, name, interrupted)
    model, x, y = small_problem()
    with pytest.raises(KeyboardInterrupt):
        training.fit(model, x, y, **part, resume=tmp_path / "run")
    assert len(calls) == 4
    model, x, y = small_problem()
    resumed = training.fit(model, x, y, **part, resume=tmp_path / "run")
    assert resumed["loss"] == pytest.approx(whole["loss"], rel=1e-5)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"epochs": 0}, "epochs=0"),
        ({"batch_size": -1}, "batch_size=-1"),
        ({"epochs": 1.5}, "epochs=1.5 is not allowed; give a whole number above zero"),
        ({"epochs": "3"}, "epochs='3' is not allowed; give a whole number above zero"),
        ({"batch_size": 2.5}, "batch_size=2.5 is not allowed; give a whole number above zero"),
        ({"patience": True}, "patience=True"),
        ({"minutes": "1"}, "minutes='1' is not allowed; give a number above zero"),
        ({"minutes": 0}, "minutes=0"),
        ({"patience": 0}, "patience=0"),
        ({"seed": 2**32}, "seed=4294967296 is not allowed; give a whole number from 0 to 4294967295"),
        ({"resume": __file__}, "is a file, or lies in one; give a folder"),
        ({"resume": Path(__file__) / "run"}, "is a file, or lies in one; give a folder"),
        ({"y": np.zeros(3)}, "x has 64 examples and y has 3"),
    ],
)
def test_bad_arguments_are_named(wrong: dict, message: str) -> None:
    model, x, y = small_problem()
    arguments = {"x": x, "y": y, "epochs": 1, "batch_size": 8} | wrong
    with pytest.raises(ValueError, match=re.escape(message)):
        training.fit(model, **arguments)
