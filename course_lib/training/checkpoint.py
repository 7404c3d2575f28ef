"""What training leaves on disk so that it can go on: weights, optimiser, history, and the epoch to run next.

A folder holds `state.json` and the weights file that it names. The state is put in place last and at once, so
a kernel may die at any moment: the folder then still holds the state before.
"""

import json
from pathlib import Path
from typing import Any

import keras

History = dict[str, list[float]]
_WEIGHTS = ("a.weights.h5", "b.weights.h5")  # in turn: the state names the one that counts


class Checkpoint(keras.callbacks.Callback):  # type: ignore[misc]
    """Keeps the history and, if given a folder, stores the training after each epoch.

    unfinished: set when the epoch now running will be cut short; it is recorded, and run again later.
    """

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self._folder = folder
        self.history: History = {}
        self.next_epoch = 0
        self.unfinished = False
        self._weights = _WEIGHTS[0]

    def load(self, model: keras.Model) -> None:
        """Bring `model` to where the folder says that training was; ValueError if it is another network."""
        state = self._state()
        if state is None or self._folder is None:
            return
        if state["shapes"] != _shapes(model):
            raise ValueError(
                f"resume={str(self._folder)!r} holds the training of another network; "
                "give this training a folder of its own, or delete that one."
            )
        model.optimizer.build(model.trainable_variables)
        model.load_weights(self._folder / state["weights"])
        self.history, self.next_epoch = state["history"], state["next_epoch"]
        self._weights = state["weights"]

    def store(self) -> None:
        """Write everything down; what is there already counts until the last step."""
        if self._folder is None or self.model is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        self._weights = _WEIGHTS[1 - _WEIGHTS.index(self._weights)]
        self.model.save_weights(self._folder / self._weights)
        state = {
            "next_epoch": self.next_epoch,
            "weights": self._weights,
            "shapes": _shapes(self.model),
            "history": self.history,
        }
        new = self._folder / "state.new"
        new.write_text(json.dumps(state))
        new.replace(self._folder / "state.json")

    def remove(self) -> None:
        """Training is done: what was stored goes, and so does the folder if nothing else is in it."""
        if self._folder is None or not self._folder.exists():
            return
        for name in ("state.json", "state.new", *_WEIGHTS):
            (self._folder / name).unlink(missing_ok=True)
        if not any(self._folder.iterdir()):
            self._folder.rmdir()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.unfinished:
            self.store()
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(float(value))
        if not self.unfinished:
            self.next_epoch = epoch + 1
            self.store()

    def _state(self) -> dict[str, Any] | None:
        """The stored state; one that does not parse is set aside and named."""
        if self._folder is None or not (path := self._folder / "state.json").exists():
            return None
        try:
            state: dict[str, Any] = json.loads(path.read_text())
            if not {"next_epoch", "shapes", "history"} <= state.keys() or state["weights"] not in _WEIGHTS:
                raise ValueError("entries are missing")
        except (ValueError, AttributeError, KeyError):
            aside = path.with_name("state.damaged")
            path.replace(aside)
            print(f"{path} cannot be read and was set aside as {aside.name}; training begins anew.")
            return None
        return state


def _shapes(model: keras.Model) -> list[list[int]]:
    return [list(variable.shape) for variable in model.weights]
