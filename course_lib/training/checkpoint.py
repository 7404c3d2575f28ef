"""What training leaves on disk so that it can go on: weights, optimiser, history, and the epoch to run next.

A folder holds `state.json` and the weights files that it names, with their SHA-256. Weights always go into a
new file, and the state is put in place last and at once. So training may be stopped, and a kernel may die, at
any moment: what the state names is whole.
"""

import dataclasses
import hashlib
import itertools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

History = dict[str, list[float]]
_WEIGHTS = "state-{}.weights.h5"
_ASIDE = "damaged-{}"


@dataclass(frozen=True)
class _Best:
    """The epoch, counted from 0, that ended with the lowest value of a measure."""

    measure: str
    epoch: int
    value: float


@dataclass(frozen=True)
class _Progress:
    """What is known after some whole epochs."""

    epochs: int = 0
    history: History = field(default_factory=dict)
    best: _Best | None = None


class Checkpoint(keras.callbacks.Callback):  # type: ignore[misc]
    """Keeps the history and the best epoch and, if given a folder, stores the training after each epoch.

    watched: the measure whose lowest value makes an epoch the best, if that is asked for.
    unfinished: set when the epoch now running will be cut short; it is recorded, and run again later.
    best_weights: those at the end of the best epoch, in the order of `model.get_weights`.
    """

    def __init__(self, folder: Path | None, watched: str | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._watched = watched
        self._whole = _Progress()
        self._filed: tuple[_Best, str] | None = None  # the best epoch that the folder holds, and its file
        self.history: History = {}
        self.best_weights: list[NDArray[np.generic]] | None = None
        self.unfinished = False

    @property
    def next_epoch(self) -> int:
        """The epoch to run next, counted from 0."""
        return self._whole.epochs

    @property
    def best_epoch(self) -> int | None:
        """The best whole epoch, counted from 0."""
        return self._whole.best.epoch if self._whole.best else None

    @property
    def epochs_since_best(self) -> int:
        """How many whole epochs came after the best one."""
        return self.next_epoch - 1 - self._whole.best.epoch if self._whole.best else 0

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
        best = _Best(**state["best"]) if state["best"] else None
        if best and best.measure == self._watched:
            model.load_weights(self._folder / state["best_weights"])
            self.best_weights = model.get_weights()
            self._filed = best, state["best_weights"]
        model.load_weights(self._folder / state["weights"])
        self._whole = _Progress(state["epochs"], state["history"], best if self._filed else None)
        self.history = self._whole.history

    def store(self) -> None:
        """Write everything down; what is there already counts until the last step."""
        if self._folder is None or self.model is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        weights = _unused(self._folder, _WEIGHTS)
        self.model.save_weights(weights)
        best, filed = self._whole.best, self._filed
        if best is not None and (filed is None or filed[0] is not best):
            filed = best, weights.name  # the best epoch is the one that has just ended
        kept = {weights.name, filed[1]} if filed else {weights.name}
        state = {
            **dataclasses.asdict(self._whole),
            "shapes": _shapes(self.model),
            "weights": weights.name,
            "best_weights": filed[1] if filed else None,
            "sha256": {name: _sha256(self._folder / name) for name in sorted(kept)},
        }
        new = self._folder / "state.new"
        new.write_text(json.dumps(state))
        new.replace(self._folder / "state.json")
        self._filed = filed
        for path in self._folder.glob(_WEIGHTS.format("*")):
            if path.name not in kept:
                path.unlink()

    def remove(self) -> None:
        """Training is done: what was stored goes, and so does the folder if nothing else is in it."""
        if self._folder is None or not self._folder.exists():
            return
        for name in ("state.json", "state.new"):
            (self._folder / name).unlink(missing_ok=True)
        for path in self._folder.glob(_WEIGHTS.format("*")):
            path.unlink()
        if not any(self._folder.iterdir()):
            self._folder.rmdir()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.unfinished:
            self.store()
        measured = {name: float(value) for name, value in (logs or {}).items()}
        history = {name: [*self.history.get(name, []), value] for name, value in measured.items()}
        best = self._whole.best
        if self._watched and (best is None or measured[self._watched] < best.value):
            best = _Best(self._watched, epoch, measured[self._watched])
            self.best_weights = self.model.get_weights()
        self.history = self.history | history
        if not self.unfinished:
            self._whole = _Progress(epoch + 1, self.history, best)
            self.store()

    def _state(self) -> dict[str, Any] | None:
        """The stored state; one that is damaged, or names damaged weights, is set aside and named."""
        if self._folder is None or not (path := self._folder / "state.json").exists():
            return None
        try:
            state: dict[str, Any] = json.loads(path.read_text())
            if not {"epochs", "history", "best", "shapes", "weights", "best_weights"} <= state.keys():
                raise ValueError("entries are missing")
            for name, digest in state["sha256"].items():
                path = self._folder / name
                if _sha256(path) != digest:
                    raise ValueError("not what was written")
        except (ValueError, AttributeError, KeyError, FileNotFoundError):
            aside = _set_aside(self._folder)
            print(
                f"{path} is damaged or gone; what was stored was set aside in {aside.name}, "
                "and training begins anew."
            )
            return None
        return state


def _set_aside(folder: Path) -> Path:
    """Move what was stored into a folder of its own, the state last: until then it can be done again."""
    aside = _unused(folder, _ASIDE)
    aside.mkdir()
    for path in (*folder.glob(_WEIGHTS.format("*")), folder / "state.json"):
        path.replace(aside / path.name)
    return aside


def _unused(folder: Path, name: str) -> Path:
    """The first of the numbered names that nothing in the folder has."""
    return next(path for n in itertools.count(1) if not (path := folder / name.format(n)).exists())


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _shapes(model: keras.Model) -> list[list[int]]:
    return [list(variable.shape) for variable in model.weights]
