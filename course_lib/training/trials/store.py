"""The store of a trial: a text file with one run in JSON on each line, only ever added to.

A line that does not parse (a power cut tears the last one) is set aside into `NAME.damaged` and named; the
runs before and after it stay as they are.
"""

import dataclasses
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One variant trained with one seed, and what is needed to judge or repeat it.

    Attributes:
        variant, seed: What was run.
        profile: smoke, quick or full.
        metrics: What was measured, by name; finite numbers.
        seconds: Wall time of the run; a finite number, 0 or more.
        date: When it ended, "YYYY-MM-DD".
        versions: Of python, keras, tensorflow and numpy.
        backend: Keras' backend.
        machine: The processor's name and the number of cores.
        data: Digest of the data, or "".
        sources: Digest of the code that was measured, or "".
    """

    variant: str
    seed: int
    profile: str
    metrics: Mapping[str, float]
    seconds: float
    date: str
    versions: Mapping[str, str]
    backend: str
    machine: Mapping[str, str | int]
    data: str = ""
    sources: str = ""


@dataclass(frozen=True)
class Damage:
    """A line of a store that is not a run.

    Attributes:
        line: Its number, counted from 1.
        content: Its bytes.
        why: What is wrong with it.
    """

    line: int
    content: bytes
    why: str


def read_runs(store: Path) -> tuple[list[Run], list[Damage]]:
    """Return the runs in a store, oldest first, and its damaged lines; none without the file."""
    runs, damages = [], []
    lines = store.read_bytes().split(b"\n") if store.exists() else [b""]
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            runs.append(_parse(line))
        except (ValueError, TypeError) as mistake:
            damages.append(Damage(number, line, str(mistake)))
    return runs, damages


def set_damage_aside(store: Path) -> str:
    """Move what does not parse from the store to `NAME.damaged`.

    Also ends a last line that lacks its line break, so that the next run starts a line of its own.

    Returns:
        A sentence that says so; the empty string when nothing is damaged.
    """
    runs, damages = read_runs(store)
    if damages:
        aside = store.with_name(store.name + ".damaged")
        with aside.open("ab") as stream:
            stream.writelines(damage.content + b"\n" for damage in damages)
            _to_disk(stream.fileno())
        bad = {damage.line for damage in damages}
        lines = store.read_bytes().split(b"\n")
        kept = [line for number, line in enumerate(lines, 1) if line and number not in bad]
        _replace(store, b"".join(line + b"\n" for line in kept))
        numbers = ", ".join(str(damage.line) for damage in damages)
        return (
            f"{store}: line {numbers} is not a run ({damages[-1].why}). Set aside in {aside.name}; "
            f"the other {len(runs)} runs are kept, and what is missing is run again."
        )
    if store.exists() and not store.read_bytes().endswith(b"\n") and runs:
        with store.open("ab") as stream:
            stream.write(b"\n")
    return ""


def add_run(store: Path, run: Run) -> None:
    """Write a run at the end of the store, and return when it is on the disk."""
    store.parent.mkdir(parents=True, exist_ok=True)
    with store.open("ab") as stream:
        stream.write(_line(run))
        stream.flush()
        _to_disk(stream.fileno())


def keep_only(store: Path, runs: Sequence[Run]) -> None:
    """Put `runs` in the place of the whole store, at once or not at all."""
    _replace(store, b"".join(map(_line, runs)))


def _line(run: Run) -> bytes:
    return json.dumps(dataclasses.asdict(run), allow_nan=False).encode() + b"\n"


def _replace(store: Path, content: bytes) -> None:
    new = store.with_name(store.name + ".new")
    with new.open("wb") as stream:
        stream.write(content)
        stream.flush()
        _to_disk(stream.fileno())
    new.replace(store)


def _to_disk(descriptor: int) -> None:
    os.fsync(descriptor)


def _parse(line: bytes) -> Run:
    try:
        entry = json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):  # the last: thousands of open brackets
        raise ValueError("it is not whole JSON") from None
    if not isinstance(entry, dict):
        raise ValueError("it is not a JSON object")
    try:
        run = Run(**entry)
    except TypeError:
        known = {field.name for field in dataclasses.fields(Run)}
        needed = known - {"data", "sources"}
        odd = sorted(needed - entry.keys()) + sorted(entry.keys() - known)
        raise ValueError(f"these entries are missing or unknown: {', '.join(odd)}") from None
    _refuse_misfits(run)
    return run


def _refuse_misfits(run: Run) -> None:
    kinds = {
        "variant": str, "seed": int, "profile": str, "metrics": dict, "seconds": int | float, "date": str,
        "versions": dict, "backend": str, "machine": dict, "data": str, "sources": str,
    }  # fmt: skip
    for name, kind in kinds.items():
        value = getattr(run, name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ValueError(f"{name} is {value!r}")
    for name, value in run.metrics.items():
        if not _is_finite(value):
            raise ValueError(f"the metric {name} is {value!r:.30}, not a finite number")
    if not _is_finite(run.seconds) or run.seconds < 0:
        raise ValueError(f"seconds is {run.seconds!r:.30}, not a finite number of at least 0")
    for name, value in run.versions.items():
        if not isinstance(value, str):
            raise ValueError(f"the version of {name} is {value!r}, not a text")


def _is_finite(value: object) -> bool:
    """Whether it is a number that a float can hold; JSON's whole numbers may be larger."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return abs(value) <= sys.float_info.max
