"""Training with one progress line, and running a block on an array."""

import re

import keras
import numpy as np
import pytest
from keras import layers

from course_lib import training
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
    with pytest.raises(ValueError, match=r"sizes \[4, 2\]; the weights given have sizes \[4\]"):
        training.apply_block(layers.Dense(2), np.ones((1, 2)), [np.ones((2, 2))])
