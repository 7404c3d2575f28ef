"""Probes: call an answer on fixed inputs with fixed weights and write down what it does.

Probes run where the student's code runs. They decide nothing.
"""

from __future__ import annotations

import contextlib
import linecache
import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import numpy as np

from course_lib.checks import behaviour, known_weights, weight_orders
from course_lib.checks.evidence import Array, Evidence, values
from course_lib.checks.evidence import WrongReturn as WrongReturn

MESSAGE_LENGTH = 400
MAX_PARTS = 12


class Draw:
    """Repeatable choices for a probe, made from its seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._calls = 0

    def values(self, shape: tuple[int, ...]) -> Array:
        """Uniform values in [-1, 1), float32."""
        self._calls += 1
        return known_weights.uniform(self.seed, shape, 0, self._calls)

    def size(self, low: int, high: int, unlike: tuple[int, ...] = ()) -> int:
        """An integer in [low, high] that is none of `unlike`."""
        choices = [n for n in range(low, high + 1) if n not in unlike]
        unit = (float(self.values((1,))[0]) + 1) / 2
        return choices[min(int(unit * len(choices)), len(choices) - 1)]

    def features(self, shape: tuple[int, ...]) -> Array:
        """Feature maps of that shape (N, ..., C): mixed signs, unequal channel means, unequal images.

        float32; typical size 1.
        """
        middle = (1,) * (len(shape) - 2)
        noise = self.values(shape)
        per_channel = self.values((1, *middle, shape[-1]))
        per_image = self.values((shape[0], *middle, shape[-1]))
        return (1.2 * noise + 0.8 * per_channel + 0.6 * per_image).astype(np.float32)


@dataclass(frozen=True)
class Case:
    """A model to build: input shape without batch, batch size, arguments, biases known or zero.

    kernels: the blocks of weights that the equation has, see `known_weights.blocks`.
    """

    name: str
    shape: tuple[int, ...]
    batch: int
    arguments: tuple[Any, ...] = ()
    biases: bool = False
    kernels: tuple[tuple[int, ...], ...] = ()


def describe_error(error: BaseException, case: str, stage: str) -> dict[str, Any]:
    """An exception as facts: where it came from, its type, its message, and the student's own line."""
    return {
        "case": case,
        "stage": stage,
        "type": type(error).__name__,
        "message": str(error)[:MESSAGE_LENGTH],
        "line": own_line(error.__traceback__),
    }


def own_line(traceback: TracebackType | None) -> str | None:
    """The last line of the student's own code in a traceback, or None."""
    line = None
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if "site-packages" not in filename and "course_lib" not in filename and "importlib" not in filename:
            line = linecache.getline(filename, traceback.tb_lineno).strip() or line
        traceback = traceback.tb_next
    return line


@contextlib.contextmanager
def undisturbed_randomness() -> Iterator[None]:
    """Leave the random state of Python and NumPy alone: a check must not change the student's next result."""
    python_state, numpy_state = random.getstate(), np.random.get_state()  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)  # noqa: NPY002


@dataclass(frozen=True)
class LayerProbe:
    """Builds Keras models around an answer written in functional style.

    cases: draws the models to build.
    call: applies the answer to a symbolic tensor: `call(answer, x, name, arguments)`.
    changes: other inputs for the same model, by name: each maps x (N, ..., C) to an array of the same shape.
    may_use: class names of the course's finished blocks that the answer may be made of; others it must write.
    norms: batch normalisation belongs to the equation and gets known values; False makes it the identity.
    named: roles of layers that the exercise has a name for, NAME_ROLE; what each of them gives is kept.
    start: the equation says what comes out before training, with the layers' own first weights.
    """

    cases: Callable[[Draw], tuple[Case, ...]]
    call: Callable[[Any, Any, str, tuple[Any, ...]], Any]
    changes: Mapping[str, Callable[[Array], Array]] = field(default_factory=dict)
    may_use: tuple[str, ...] = ()
    norms: bool = False
    named: tuple[str, ...] = ()
    start: bool = False
    most_readings = known_weights.MAX_READINGS

    def inputs(self, seed: int) -> dict[str, Array]:
        """The input of every case (N, ..., C); needs NumPy only, so that judging can use it too."""
        draw = Draw(seed)
        return {case.name: draw.features((case.batch, *case.shape)) for case in self.cases(draw)}

    def run(
        self, exercise: str, answer: Any, seed: int, without_biases: frozenset[int] = frozenset()
    ) -> Evidence:
        """Probe an answer; `without_biases` leaves those biases at zero (used to make answer keys)."""
        arrays: dict[str, Array] = {}
        facts: dict[str, Any] = {}
        cases, inputs = self.cases(Draw(seed)), self.inputs(seed)
        for number, case in enumerate(cases):
            stage = "build"
            try:
                with undisturbed_randomness():
                    model, rank = self._build(answer, case)
                    stage = "run"
                    x = inputs[case.name].reshape(
                        case.batch, *(1,) * (rank - 1 - len(case.shape)), *case.shape
                    )
                    looks = {"output": x}
                    if number == 0:
                        looks |= {name: change(x) for name, change in self.changes.items()}
                        twice = self._twice(answer, tuple(x.shape[1:]), case.arguments)
                        facts["habits"] = behaviour.told(model, twice, x)
                        uses = behaviour.uses(twice)
                        step = behaviour.training_step(model)
                        begun = (
                            {f"{behaviour.PREFIX}start": values(model(x, training=False))}
                            if self.start
                            else {}
                        )
                    for reading, order in enumerate(known_weights.readings(model, case.kernels)):
                        known_weights.assign(
                            model, seed, order, case.biases, without_biases, case.kernels, self.norms
                        )
                        seen = {
                            f"{case.name}/{look}": values(model(given, training=False))
                            for look, given in looks.items()
                        }
                        if number == 0:
                            seen |= behaviour.of_layers(model, self.named, x)
                            seen |= behaviour.shown(
                                model, step, uses, x, seed, reading, case.kernels, self.norms
                            )
                            seen |= begun
                        arrays |= {weight_orders.name(reading, name): array for name, array in seen.items()}
                    facts[case.name] = known_weights.summary(model, case.kernels)
                    if number == 0:
                        arrays[f"{case.name}/zeroed"] = zeroed(model, x)
                        first = known_weights.readings(model, case.kernels)[0]
                        known_weights.assign(model, seed, first, wanted=case.kernels, norms=True)
                        arrays["normed/output"] = values(model(x, training=False))
                    arrays |= self.also(model, case, seed, x)
            except (Exception, SystemExit) as error:  # whatever the answer does is a finding
                facts["error"] = describe_error(error, case.name, stage)
                break
        return Evidence(exercise, arrays, facts)

    def also(self, model: Any, case: Case, seed: int, x: Array) -> dict[str, Array]:
        """What else a kind of probe wants to see of a case; the model is not needed afterwards."""
        return {}

    def _build(self, answer: Any, case: Case) -> tuple[Any, int]:
        """A Keras model around the answer, and the rank of its input.

        A descriptor may be handed over as (N, C) or as (N, 1, 1, C): both are tried.
        """
        try:
            return self._model(answer, case.shape, case.arguments), 1 + len(case.shape)
        except Exception as error:
            if len(case.shape) > 1 or isinstance(error, NotImplementedError):
                raise
            try:
                return self._model(answer, (1, 1, *case.shape), case.arguments), 4
            except Exception:
                raise error from None

    def _model(
        self,
        answer: Any,
        shape: tuple[int, ...],
        arguments: tuple[Any, ...],
        names: tuple[str, ...] = ("probe",),
    ) -> Any:
        import keras

        x = keras.Input(shape, name="probe_input")
        outputs = []
        for name in names:
            y = self.call(answer, x, name, arguments)
            if not isinstance(y, keras.KerasTensor):
                raise WrongReturn(f"returned {kind(y)} instead of a Keras tensor")
            outputs.append(y)
        model = keras.Model(x, outputs[0] if len(outputs) == 1 else outputs)
        borrowed = {type(layer).__name__ for layer in model._flatten_layers() if is_finished_block(layer)}
        if borrowed := borrowed - set(self.may_use):
            raise WrongReturn(f"uses the finished block {min(borrowed)}; here you write it yourself")
        return model

    def _twice(self, answer: Any, shape: tuple[int, ...], arguments: tuple[Any, ...]) -> Any:
        """One model in which the answer is used twice, under two names; None when that fails."""
        try:
            return self._model(answer, shape, arguments, names=behaviour.NAMES)
        except Exception:
            return None


def zeroed(model: Any, x: Array) -> Array:
    """The output when every kernel and bias is zero."""
    behaviour.silence(model)
    return values(model(x, training=False))


def is_finished_block(layer: Any) -> bool:
    """Does a layer come from the course's own collection of blocks?"""
    return type(layer).__module__.startswith(("course_lib.blocks", "course_lib.networks"))


def kind(value: Any) -> str:
    """What a value is, in words a student knows."""
    if value is None:
        return "None (is the `return` line missing?)"
    if hasattr(value, "trainable_variables"):
        return f"a layer ({type(value).__name__}) that was not called"
    return f"a {type(value).__name__}"


@dataclass(frozen=True)
class FunctionProbe:
    """Calls a plain function on plain inputs.

    inputs: draws the positional arguments of each call, by case name.
    asked: the parts a dict is asked for; others are left aside. Empty: all parts.
    afterwards: makes another argument out of an array that was handed in, for a second call: only an answer
        that left the array alone gives the right result for it too.
    """

    inputs: Callable[[Draw], dict[str, tuple[Any, ...]]]
    asked: tuple[str, ...] = ()
    afterwards: Callable[[Array], Array] | None = None
    most_readings = 1

    def run(self, exercise: str, answer: Any, seed: int) -> Evidence:
        """Call the answer on every input and keep what it returns, part by part when it returns a dict."""
        arrays: dict[str, Array] = {}
        facts: dict[str, Any] = {}
        for case, arguments in self.inputs(Draw(seed)).items():
            copies = [np.copy(a) if isinstance(a, np.ndarray) else a for a in arguments]
            try:
                with undisturbed_randomness():
                    named = parts(answer(*copies), self.asked)
                arrays |= {f"{case}/{part}": value for part, value in named.items()}
                types = {part: str(value.dtype) for part, value in named.items()}
                axes = {part: [size == 1 for size in value.shape] for part, value in named.items()}
                facts.setdefault("types", {})[case] = types
                facts.setdefault("axes", {})[case] = axes
                facts.setdefault("habits", {"input_kept": True})
                facts["habits"]["input_kept"] &= all(
                    np.array_equal(a, b) for a, b in zip(arguments, copies, strict=True)
                )
                if self.afterwards:
                    later = [self.afterwards(a) if isinstance(a, np.ndarray) else a for a in copies]
                    with undisturbed_randomness():
                        named = parts(answer(*later), self.asked)
                    arrays |= {f"{behaviour.PREFIX}{case}/{part}": value for part, value in named.items()}
            except (Exception, SystemExit) as error:  # whatever the answer does is a finding
                facts["error"] = describe_error(error, case, "run")
                break
        return Evidence(exercise, arrays, facts)


def parts(result: Any, asked: tuple[str, ...] = ()) -> dict[str, Array]:
    """A function's result as named arrays: a dict by key (the keys asked for), else under `output`."""
    if isinstance(result, Mapping):
        named = {str(key): value for key, value in result.items()}
        named = {key: value for key, value in named.items() if key in asked} or named
        if not 0 < len(named) <= MAX_PARTS:
            raise WrongReturn(f"returned a dict of {len(named):,} parts")
    else:
        named = {"output": result}
    found = {}
    for name, value in named.items():
        try:
            array = np.asarray(value)
        except ValueError:
            raise WrongReturn(f"returned rows of unequal length for {name!r}") from None
        if array.dtype.kind not in "biuf":
            raise WrongReturn(f"returned {kind(value)} for {name!r} instead of numbers")
        found[name] = array
    return found


@dataclass(frozen=True)
class NumberProbe:
    """Takes a number the student worked out. Answers within `step / 2` of the true value are right."""

    step: float = 1.0
    most_readings = 1

    def run(self, exercise: str, answer: Any, seed: int) -> Evidence:
        """Keep the number, or say what came instead of one."""
        try:
            if answer is None or answer is Ellipsis:
                raise NotImplementedError(f"{exercise}: not filled in yet")
            if isinstance(answer, str | bytes | bool):
                raise WrongReturn(f"is {kind(answer)}, not a number: write it without quotes")
            number = float(answer)
            if not math.isfinite(number):
                raise WrongReturn(f"is {number}, not a finite number")
        except Exception as error:  # an object of any kind may come here
            return Evidence(exercise, {}, {"error": describe_error(error, "value", "run")})
        return Evidence(exercise, {"value": np.asarray(number, np.float64)}, {})


def respond(request: str, thunk: Callable[[], Any]) -> None:
    """Answer a grader's request: probe the answer and display the evidence for the trusted side to judge.

    request: JSON with `exercise`, `seed` and `nonce`.
    thunk: returns the answer; what it raises is evidence too.
    """
    import json

    from IPython.display import display

    from course_lib.checks.evidence import EvidenceError, to_mime
    from course_lib.checks.exercise import find_exercise

    asked = json.loads(request)
    exercise = find_exercise(asked["exercise"])
    try:
        evidence = exercise.probe.run(exercise.id, thunk(), asked["seed"])
    except (Exception, SystemExit) as error:  # the answer's name may not even exist
        evidence = Evidence(exercise.id, {}, {"error": describe_error(error, "name", "name")})
    try:
        bundle = to_mime(evidence, asked["nonce"])
    except EvidenceError as error:
        oversized = Evidence(exercise.id, {}, {"error": describe_error(error, "size", "return")})
        bundle = to_mime(oversized, asked["nonce"])
    display(bundle, raw=True)
