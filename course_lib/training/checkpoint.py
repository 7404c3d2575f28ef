"""What training leaves on disk so that it can go on: weights, optimiser, history, and the epoch to run next.

A folder holds `state.json` and the weights files that it names, with their SHA-256. Weights always go into a
new file, and the state is put in place last and at once. So training may be stopped, and a kernel may die, at
any moment: what the state names is whole.
"""

import dataclasses
import hashlib
import itertools
import json
import math
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

    watched: the measure whose lowest value makes an epoch the best, if that is asked for; NaN never does.
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
        """How many whole epochs came after the best one; while there is none, how many ended with NaN."""
        if self._whole.best:
            return self.next_epoch - 1 - self._whole.best.epoch
        watched = self._whole.history.get(self._watched or "", [])
        return sum(1 for _ in itertools.takewhile(math.isnan, reversed(watched)))

    def load(self, model: keras.Model) -> None:
        """Bring `model` to where the folder says that training was; ValueError if of another network."""
        state = self._state()
        if state is None or self._folder is None:
            return
        if state["network"] != _network(model):
            raise ValueError(
                f"resume={str(self._folder)!r} holds the training of another network or optimiser; "
                "give this training a folder of its own, or delete that one."
            )
        model.optimizer.build(model.trainable_variables)
        best = _Best(**state["best"]) if state["best"] else None
        if best and best.measure == self._watched and not math.isnan(best.value):
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
            "network": _network(self.model),
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
        value = measured[self._watched] if self._watched else math.nan
        if self._watched and (value < best.value if best else not math.isnan(value)):
            best = _Best(self._watched, epoch, value)
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
            _refuse_nonsense(state)
            for name, digest in state["sha256"].items():
                path = self._folder / name
                if _sha256(path) != digest:
                    raise ValueError("not what was written")
        except (ValueError, TypeError, AttributeError, KeyError, FileNotFoundError):
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


def _refuse_nonsense(state: dict[str, Any]) -> None:
    """An error if what was stored cannot be a state; any of KeyError, TypeError, ValueError."""
    epochs, history = state["epochs"], state["history"]
    best = _Best(**state["best"]) if state["best"] else None
    numbers = [value for values in history.values() for value in values] + ([best.value] if best else [])
    named = {state["weights"], state["best_weights"]} if best else {state["weights"]}
    if (
        type(epochs) is not int
        or epochs < 0
        or not all(type(number) is float for number in numbers)
        or (
            best
            and (type(best.epoch) is not int or not 0 <= best.epoch < epochs or type(best.measure) is not str)
        )
        or state["sha256"].keys() != named
        or type(state["network"]) is not str
    ):
        raise ValueError("not what was written")


def _network(model: keras.Model) -> str:
    """A digest of the layers, their options and shapes, and the kind of optimiser; names do not matter."""
    kinds = [type(model.optimizer).__name__]
    kinds += [f"{type(layer).__name__} {_options(layer)}" for layer in model._flatten_layers()]
    kinds += [str(tuple(variable.shape)) for variable in model.weights]
    return hashlib.sha256("\n".join(kinds).encode()).hexdigest()


def _options(layer: keras.Layer) -> str:
    """The plain options of a layer, such as its activation; those of a model are its layers'."""
    if isinstance(layer, keras.Model):
        return ""
    try:
        options = layer.get_config()
    except NotImplementedError:  # a layer of one's own that cannot be saved
        return ""
    plain = {
        k: v for k, v in options.items() if k != "name" and isinstance(v, str | int | float | tuple | None)
    }
    return repr(sorted(plain.items()))
