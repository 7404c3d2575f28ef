"""A lesson's set-up: check the environment, hold back TensorFlow's start-up lines, seed everything."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar

from course_lib.arguments import whole
from course_lib.errors import CourseError
from course_lib.profiles import PROFILES

T = TypeVar("T")
NEEDED = {"tensorflow": (2, 18), "keras": (3, 6), "numpy": (2, 0)}


class SetupError(CourseError):
    """The lesson cannot run here; the message says what to do."""


@dataclass(frozen=True)
class Session:
    """What a lesson runs under.

    Attributes:
        seed: The seed that `setup` was given.
        profile: "smoke" (seconds, for tests), "quick" (minutes, the default) or "full" (real training).
    """

    seed: int
    profile: str

    def pick(self, *, smoke: T, quick: T, full: T) -> T:
        """Return the value for the active profile."""
        return {"smoke": smoke, "quick": quick, "full": full}[self.profile]


def setup(seed: int) -> Session:
    """Prepare a lesson and return its session.

    The profile comes from the environment variable COURSE_PROFILE, and is "quick" where that is not set.

    Args:
        seed: Seed of Python, NumPy and TensorFlow, from 0 to 2**32 - 1.

    Raises:
        SetupError: If a package is missing or too old, or the profile is unknown.
        ValueError: If the seed is not a whole number in that range.
    """
    whole(least=0, most=2**32 - 1, seed=seed)
    profile = os.environ.get("COURSE_PROFILE", "quick")
    if profile not in PROFILES:
        raise SetupError(
            f"COURSE_PROFILE is {profile!r}.", fix=f"Set it to one of {', '.join(PROFILES)}, or unset it."
        )
    _require_packages()
    load_tensorflow()
    import keras

    keras.utils.set_random_seed(seed)
    return Session(seed, profile)


def load_tensorflow() -> None:
    """Import TensorFlow without its start-up lines, and without its advice on speed later on."""
    with quiet_start():
        import tensorflow as tf

        tf.reduce_sum(tf.ones(1))  # the first operation prints the last of them
    tf.get_logger().setLevel("ERROR")


def _require_packages() -> None:
    """Raise SetupError if a package is missing or too old for the course."""
    for package, oldest in NEEDED.items():
        wanted = ".".join(map(str, oldest))
        try:
            found = version(package)
        except PackageNotFoundError:
            raise SetupError(
                f"The package {package} is not installed for this Python ({sys.executable}).",
                fix="Start JupyterLab with `./course lab`, which brings the right environment.",
            ) from None
        if tuple(int(part) for part in found.split(".")[:2]) < oldest:
            raise SetupError(
                f"{package} is {found}; the course needs {wanted} or newer.",
                fix="Start JupyterLab with `./course lab`, which brings the right environment.",
            )


@contextlib.contextmanager
def quiet_start() -> Iterator[None]:
    """Hold back what TensorFlow's C++ code writes to file descriptor 2 while it starts."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    sys.stderr.flush()
    saved = os.dup(2)
    silent = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(silent, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(silent)
