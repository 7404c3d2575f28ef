"""Runs variants over paired seeds, and can be stopped and started again at any time."""

import datetime
import functools
import hashlib
import math
import os
import platform
import time
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from course_lib.profiles import PROFILES
from course_lib.training.trials.store import Run, add_run, read_runs, set_damage_aside


def run_variants(
    variants: Mapping[str, Callable[[int], Mapping[str, float]]],
    seeds: Iterable[int],
    store: str | Path,
    *,
    profile: str,
    data: str = "",
    sources: str = "",
    say: Callable[[str], None] = print,
) -> list[Run]:
    """Run every variant once with every seed, store each run as it ends, and return the runs in order.

    All variants take their turn with a seed before the next seed begins, so an early stop leaves whole pairs.
    Runs that the store already holds are not repeated: same variant, seed, profile, data and sources.

    Args:
        variants: By name, a function that takes a seed and returns its measures by name; Keras' random seed
            is set before each call.
        seeds: Whole numbers from 0 to 2**32 - 1, each once.
        store: A file of JSON lines; made if it is not there.
        profile: smoke, quick or full, as in `session.profile`.
        data: See `data_hash`.
        sources: Any text that changes when what is measured changes.
        say: Is told about each run and each damaged line.

    Returns:
        One run for each variant and seed; all variants of a seed follow one another.

    Raises:
        ValueError: No variant, wrong seeds, an unknown profile, a store that is a folder or lies in a file,
            or a measure that is not finite.
    """
    seeds, store = distinct_seeds(seeds), Path(store)
    _refuse_misfits(variants, store, profile)
    if said := set_damage_aside(store):
        say(said)
    done = {
        (run.variant, run.seed): run
        for run in read_runs(store)[0]
        if (run.profile, run.data, run.sources) == (profile, data, sources)
    }
    wanted = [(variant, seed) for seed in seeds for variant in variants]
    for place, (variant, seed) in enumerate(wanted, 1):
        if (variant, seed) in done:
            continue
        keras.utils.set_random_seed(seed)
        start = time.perf_counter()
        try:
            metrics = {name: float(value) for name, value in variants[variant](seed).items()}
        except KeyboardInterrupt:
            say(f"stopped by you; {len(done)} runs are stored in {store}; the same call goes on from there")
            raise
        seconds = time.perf_counter() - start
        for name, value in metrics.items():
            if not math.isfinite(value):
                raise ValueError(
                    f"{variant} with seed {seed} measured {name} = {value}; a metric must be finite. "
                    "Look for a division by zero, or a rate that is too high. The runs before it are stored."
                )
        run = Run(
            variant=variant,
            seed=seed,
            profile=profile,
            metrics=metrics,
            seconds=round(seconds, 2),
            date=datetime.date.today().isoformat(),
            versions=_versions(),
            backend=keras.backend.backend(),
            machine=_machine(),
            data=data,
            sources=sources,
        )
        add_run(store, run)
        done[variant, seed] = run
        measures = ", ".join(f"{name} {value:.3f}" for name, value in metrics.items())
        say(f"{place} of {len(wanted)} · {variant}, seed {seed} · {measures} · {seconds:.0f} s")
    return [done[key] for key in wanted]


def data_hash(*arrays: NDArray[np.generic]) -> str:
    """Return sixteen hexadecimal digits that change with any value, shape or type of the arrays."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.dtype.str}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]


def distinct_seeds(seeds: Iterable[int]) -> list[int]:
    """Return the seeds as Python's own numbers.

    Raises:
        ValueError: One is not a whole number from 0 to 2**32 - 1 or is there twice, or there is none.
    """
    seeds = list(seeds)
    whole = all(isinstance(seed, int | np.integer) and not isinstance(seed, bool) for seed in seeds)
    if not seeds or not whole or len(set(seeds)) != len(seeds) or min(seeds) < 0 or max(seeds) >= 2**32:
        raise ValueError(f"seeds={seeds} is not allowed; give whole numbers from 0 to 2**32 - 1, each once.")
    return [int(seed) for seed in seeds]  # NumPy's whole numbers are neither Keras' nor JSON's


def _refuse_misfits(variants: Mapping[str, object], store: Path, profile: str) -> None:
    if not variants:
        raise ValueError("variants={} holds nothing to run; give at least one name and function.")
    if store.is_dir() or any(folder.is_file() for folder in store.parents):
        raise ValueError(f"store={str(store)!r} is a folder, or lies in a file; give a file to write to.")
    if profile not in PROFILES:
        raise ValueError(f"profile={profile!r} is not known; choose one of {', '.join(PROFILES)}.")


def _versions() -> dict[str, str]:
    packages = {name: version(name) for name in ("keras", "tensorflow", "numpy")}
    return {"python": platform.python_version(), **packages}


@functools.cache
def _machine() -> dict[str, str | int]:
    """Return processor and cores; nothing that says whose computer it is."""
    processor = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        names = [line for line in described.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    return {"processor": processor, "cores": os.cpu_count() or 1}
