"""A class's own answer keys: made from a secret that only the instructor has.

Nobody without the secret can foresee what a private probe will ask.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path

from autograder.keys.freshness import ensure
from autograder.keys.lesson_solutions import KeyProblem
from course_lib.checks.answer_key import AnswerKey, load
from course_lib.checks.exercise import find_exercise
from course_lib.paths import project_root

SEEDS_TO_TRY = 4  # some seed may let two misconceptions look alike by chance

_given: ContextVar[Mapping[str, AnswerKey] | None] = ContextVar("given keys", default=None)


def class_folder() -> Path:
    """Where a class's secret and private keys lie: outside notebooks/, never in git."""
    return project_root() / ".course"


def class_secret(new: bool = False) -> bytes:
    """The class secret, made at first use; `new` replaces it and drops the keys made from the old one."""
    path = class_folder() / "class_secret"
    if new or not path.is_file():
        for key in class_folder().glob("keys/*.npz"):  # not the folder: somebody may be writing there
            key.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_hex(32))
        partial.replace(path)  # whole or not at all, also on a full disk
    return bytes.fromhex(path.read_text().strip())


def key_id() -> str:
    """A name for the class secret that does not tell it: grades can say which keys they were made with."""
    return hashlib.sha256(b"key id" + class_secret()).hexdigest()[:12]


def private_seeds(exercise_id: str) -> list[int]:
    """The seeds a private probe may have: nobody without the class secret can foresee them."""
    words = (f"{exercise_id} {number}".encode() for number in range(SEEDS_TO_TRY))
    return [int.from_bytes(hmac.digest(class_secret(), word, "sha256")[:6]) for word in words]


def private_keys(exercise_ids: list[str]) -> Mapping[str, AnswerKey]:
    """The class's keys of some exercises, brought up to date first; or those given meanwhile by `using`."""
    given = _given.get()
    return {path.stem: load(path) for path in key_files(exercise_ids)} if given is None else given


def key_files(exercise_ids: list[str]) -> list[Path]:
    """The files of the class's keys of some exercises, brought up to date first.

    Building probes the solutions with TensorFlow; that happens in a process of its own, so that the process
    which judges never loads it. Raises KeyProblem.
    """
    exercises = [find_exercise(exercise_id) for exercise_id in dict.fromkeys(exercise_ids)]
    folder = class_folder() / "keys"
    if ensure(exercises, folder, private_seeds, check=True):
        done = subprocess.run(
            [sys.executable, "-m", "autograder.keys.class_keys", *(exercise.id for exercise in exercises)],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise KeyProblem(
                f"The class's answer keys could not be made: {reason}", fix="Run `./course check-the-checks`."
            )
    return [folder / f"{exercise.id}.npz" for exercise in exercises]


@contextlib.contextmanager
def using(keys: Mapping[str, AnswerKey]) -> Iterator[None]:
    """Judge with these keys meanwhile, wherever the class's own lie."""
    token = _given.set(keys)
    try:
        yield
    finally:
        _given.reset(token)


def main() -> None:
    """Build the private keys of the exercises named on the command line."""
    exercises = [find_exercise(exercise_id) for exercise_id in sys.argv[1:]]
    try:
        ensure(exercises, class_folder() / "keys", private_seeds)
    except KeyProblem as error:
        sys.exit(" ".join(str(error).split()))


if __name__ == "__main__":
    main()
