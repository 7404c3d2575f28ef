"""Probes: call an answer on fixed inputs with fixed weights and record what it does.

Probes run where the student's code runs, which may change them at will. So they only bring back evidence and
decide nothing: a forged result would have to be the right numbers for inputs of another seed.
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
from course_lib.checks.evidence import BEHAVIOUR, BEHAVIOUR_FACT, Array, Evidence, tensor_values
from course_lib.checks.evidence import WrongReturn as WrongReturn

_MESSAGE_LENGTH = 400
_MAX_PARTS = 12


class Draw:
    """Repeatable choices for a probe, made from its seed; the same calls give the same values."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._calls = 0

    def values(self, shape: tuple[int, ...]) -> Array:
        """Return uniform values in [-1, 1), float32."""
        self._calls += 1
        return known_weights.uniform_values(self.seed, shape, 0, self._calls)

    def size(self, low: int, high: int, unlike: tuple[int, ...] = ()) -> int:
        """Return an integer in [low, high] that is none of `unlike`."""
        choices = [n for n in range(low, high + 1) if n not in unlike]
        unit = (float(self.values((1,))[0]) + 1) / 2
        return choices[min(int(unit * len(choices)), len(choices) - 1)]

    def features(self, shape: tuple[int, ...]) -> Array:
        """Return feature maps (N, ..., C), float32, of values around -2 to 2.

        Signs are mixed, and channel means and images differ, so that a mean over the wrong axis shows.
        """
        middle = (1,) * (len(shape) - 2)
        noise = self.values(shape)
        per_channel = self.values((1, *middle, shape[-1]))
        per_image = self.values((shape[0], *middle, shape[-1]))
        return (1.2 * noise + 0.8 * per_channel + 0.6 * per_image).astype(np.float32)


@dataclass(frozen=True)
class Case:
    """A model to build around an answer.

    Attributes:
        name: Name of the case; the first part of its arrays' names.
        shape: Shape of the input without the batch axis.
        batch: Number of images.
        arguments: What the probe's `call` hands to the answer.
        biases: Whether biases get known values, or zero.
        kernels: The blocks of weights that the equation has: shapes of matrices, or (k, k, out) for each
            input channel of a convolution.
    """

    name: str
    shape: tuple[int, ...]
    batch: int
    arguments: tuple[Any, ...] = ()
    biases: bool = False
    kernels: tuple[tuple[int, ...], ...] = ()


def describe_error(error: BaseException, case: str, stage: str) -> dict[str, Any]:
    """Return an exception as facts: where it came from, its type, its message, and the student's own line."""
    return {
        "case": case,
        "stage": stage,
        "type": type(error).__name__,
        "message": str(error)[:_MESSAGE_LENGTH],
        "line": _own_line(error.__traceback__),
    }


def _own_line(traceback: TracebackType | None) -> str | None:
    """Return the last line of the student's own code in a traceback, or None."""
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

    Only outputs of whole models are looked at, so that any layers will do that compute the equation.

    Attributes:
        cases: Draws the models to build; the first case is also probed for behaviour.
        call: Applies the answer to a symbolic tensor: `call(answer, x, name, arguments)`.
        changes: Further inputs for the model of the first case, by name: functions of x (N, ..., C) that
            return an array of the same shape.
        may_use: Class names of the course's finished blocks that the answer may be made of.
        norms: Whether batch normalisation belongs to the equation and gets known values, or is the identity.
        named: Roles of layers for which the exercise asks for a name, NAME_ROLE; their outputs are kept.
        start: Whether the equation says what comes out before training, with the layers' own first weights.
        most_readings: How many readings the evidence can have; see `weight_orders`.
    """

    cases: Callable[[Draw], tuple[Case, ...]]
    call: Callable[[Any, Any, str, tuple[Any, ...]], Any]
    changes: Mapping[str, Callable[[Array], Array]] = field(default_factory=dict)
    may_use: tuple[str, ...] = ()
    norms: bool = False
    named: tuple[str, ...] = ()
    start: bool = False
    most_readings = known_weights.MAX_ORDERS

    def inputs(self, seed: int) -> dict[str, Array]:
        """Return the input of every case, (N, ..., C); needs NumPy only, so that judging can use it too."""
        draw = Draw(seed)
        return {case.name: draw.features((case.batch, *case.shape)) for case in self.cases(draw)}

    def run(
        self, exercise: str, answer: Any, seed: int, without_biases: frozenset[int] = frozenset()
    ) -> Evidence:
        """Probe an answer, up to the first case that raises.

        Args:
            exercise: The exercise's id.
            answer: The student's function.
            seed: Decides sizes, inputs and weights.
            without_biases: Indices of biases to leave at zero; used to make answer keys for answers that
                have fewer biases than the solution.
        """
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
                    looks, measure = {"output": x}, None
                    if number == 0:
                        looks |= {name: change(x) for name, change in self.changes.items()}
                        twice = self._twice(answer, tuple(x.shape[1:]), case.arguments)
                        facts[BEHAVIOUR_FACT] = behaviour.reported_behaviour(model, twice, x)
                        measure = self._behaviour_measure(model, twice, case, seed, x)
                    for seen in self._readings(model, case, seed, looks, measure, without_biases):
                        arrays |= seen
                    facts[case.name] = known_weights.weight_summary(model, case.kernels)
                    if number == 0:
                        arrays[f"{case.name}/zeroed"] = _zeroed(model, x)
                        first = known_weights.block_orders(model, case.kernels)[0]
                        known_weights.assign(model, seed, first, wanted=case.kernels, norms=True)
                        arrays["normed/output"] = tensor_values(model(x, training=False))
                    arrays |= self.also(model, case, seed, x)
            except (Exception, SystemExit) as error:  # whatever the answer does is a finding
                facts["error"] = describe_error(error, case.name, stage)
                break
        return Evidence(exercise, arrays, facts)

    def _behaviour_measure(
        self, model: Any, twice: Any, case: Case, seed: int, x: Array
    ) -> Callable[[int], dict[str, Array]]:
        """Return a function that measures the behaviour of a model in a reading, given the reading's number.

        What needs the layers' own first weights is measured now, before known weights are assigned.
        """
        uses, step = behaviour.models_of_uses(twice), behaviour.training_step(model)
        start = {}
        if self.start:
            start[f"{BEHAVIOUR}start"] = tensor_values(model(x, training=False))

        def measure(reading: int) -> dict[str, Array]:
            return {
                **behaviour.named_layer_outputs(model, self.named, x),
                **behaviour.measured_behaviour(model, step, uses, x, seed, reading, case.kernels, self.norms),
                **start,
            }

        return measure

    def _readings(
        self,
        model: Any,
        case: Case,
        seed: int,
        inputs: Mapping[str, Array],
        measure: Callable[[int], dict[str, Array]] | None,
        without_biases: frozenset[int],
    ) -> Iterator[dict[str, Array]]:
        """Yield the arrays of a case, one reading after another, so that those before an error are kept."""
        for reading, order in enumerate(known_weights.block_orders(model, case.kernels)):
            known_weights.assign(model, seed, order, case.biases, without_biases, case.kernels, self.norms)
            seen = {
                f"{case.name}/{name}": tensor_values(model(x, training=False)) for name, x in inputs.items()
            }
            if measure is not None:
                seen |= measure(reading)
            yield {weight_orders.name_in_reading(reading, name): array for name, array in seen.items()}

    def also(self, model: Any, case: Case, seed: int, x: Array) -> dict[str, Array]:
        """Return further arrays of a case; for subclasses, which may change the model: it is used no more."""
        return {}

    def _build(self, answer: Any, case: Case) -> tuple[Any, int]:
        """Return a Keras model around the answer, and the rank of its input.

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
                raise WrongReturn(f"returned {kind_of_value(y)} instead of a Keras tensor")
            outputs.append(y)
        model = keras.Model(x, outputs[0] if len(outputs) == 1 else outputs)
        borrowed = {type(layer).__name__ for layer in model._flatten_layers() if is_finished_block(layer)}
        if borrowed := borrowed - set(self.may_use):
            raise WrongReturn(f"uses the finished block {min(borrowed)}; here you write it yourself")
        return model

    def _twice(self, answer: Any, shape: tuple[int, ...], arguments: tuple[Any, ...]) -> Any:
        """Return one model in which the answer is used twice, under two names; None when that fails."""
        try:
            return self._model(answer, shape, arguments, names=behaviour.USE_NAMES)
        except Exception:
            return None


def _zeroed(model: Any, x: Array) -> Array:
    """Return the output when every kernel and bias is zero."""
    behaviour.zero_weights(model)
    return tensor_values(model(x, training=False))


def is_finished_block(layer: Any) -> bool:
    """Whether a layer comes from the course's own blocks or networks."""
    return type(layer).__module__.startswith(("course_lib.blocks", "course_lib.networks"))


def kind_of_value(value: Any) -> str:
    """Return what a value is, in words a student knows."""
    if value is None:
        return "None (is the `return` line missing?)"
    if hasattr(value, "trainable_variables"):
        return f"a layer ({type(value).__name__}) that was not called"
    return f"a {type(value).__name__}"


@dataclass(frozen=True)
class FunctionProbe:
    """Calls a plain function on plain inputs.

    Attributes:
        inputs: Draws the positional arguments of each call, by case name.
        asked: Keys that a returned dict is asked for; others are left out. Empty: all keys.
        afterwards: Makes another argument from an array that was handed in, for a second call: only an answer
            that left the array unchanged gives the right result for it too.
        most_readings: 1: there are no weights to deal.
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
                    named = named_arrays(answer(*copies), self.asked)
                arrays |= {f"{case}/{part}": value for part, value in named.items()}
                types = {part: str(value.dtype) for part, value in named.items()}
                axes = {part: [size == 1 for size in value.shape] for part, value in named.items()}
                facts.setdefault("types", {})[case] = types
                facts.setdefault("axes", {})[case] = axes
                facts.setdefault(BEHAVIOUR_FACT, {"input_kept": True})
                facts[BEHAVIOUR_FACT]["input_kept"] &= all(
                    np.array_equal(a, b) for a, b in zip(arguments, copies, strict=True)
                )
                if self.afterwards:
                    later = [self.afterwards(a) if isinstance(a, np.ndarray) else a for a in copies]
                    with undisturbed_randomness():
                        named = named_arrays(answer(*later), self.asked)
                    arrays |= {f"{BEHAVIOUR}{case}/{part}": value for part, value in named.items()}
            except (Exception, SystemExit) as error:  # whatever the answer does is a finding
                facts["error"] = describe_error(error, case, "run")
                break
        return Evidence(exercise, arrays, facts)


def named_arrays(result: Any, asked: tuple[str, ...] = ()) -> dict[str, Array]:
    """Return a function's result as arrays by name.

    Args:
        result: A dict, whose keys are the names, or a single value, which is named "output".
        asked: Keys to keep, if the dict has any of them.

    Raises:
        WrongReturn: If it holds something else than numbers, or too many parts.
    """
    if isinstance(result, Mapping):
        named = {str(key): value for key, value in result.items()}
        named = {key: value for key, value in named.items() if key in asked} or named
        if not 0 < len(named) <= _MAX_PARTS:
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
            raise WrongReturn(f"returned {kind_of_value(value)} for {name!r} instead of numbers")
        found[name] = array
    return found


@dataclass(frozen=True)
class NumberProbe:
    """Takes a number that the student worked out.

    Attributes:
        step: Answers within `step / 2` of the true value are right.
        most_readings: 1: there are no weights to deal.
    """

    step: float = 1.0
    most_readings = 1

    def run(self, exercise: str, answer: Any, seed: int) -> Evidence:
        """Keep the number, or say what came instead of one."""
        try:
            if answer is None or answer is Ellipsis:
                raise NotImplementedError(f"{exercise}: not filled in yet")
            if isinstance(answer, str | bytes | bool):
                raise WrongReturn(f"is {kind_of_value(answer)}, not a number: write it without quotes")
            number = float(answer)
            if not math.isfinite(number):
                raise WrongReturn(f"is {number}, not a finite number")
        except Exception as error:  # an object of any kind may come here
            return Evidence(exercise, {}, {"error": describe_error(error, "value", "run")})
        return Evidence(exercise, {"value": np.asarray(number, np.float64)}, {})


def respond(request: str, thunk: Callable[[], Any]) -> None:
    """Answer a grader's request: probe the answer and display the evidence for the trusted side to judge.

    Args:
        request: JSON with `exercise`, `seed` and `nonce`; the nonce ties the evidence to this request.
        thunk: Returns the answer. What it raises is evidence too.
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
