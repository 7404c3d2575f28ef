"""A class's own answer keys: made from a secret that only its instructor has.

Nobody without the secret can foresee what a private probe will ask.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path

from autograder.course_folder import CourseFolder
from autograder.keys.freshness import ensure_keys
from autograder.keys.lesson_solutions import KeyProblem
from course_lib.checks.answer_key import AnswerKey, load
from course_lib.checks.exercise import find_exercise
from course_lib.paths import project_root

SEEDS_TO_TRY = 4  # some seed may let two misconceptions look alike by chance
# What all made-up classes share, those of the demo and of the tests. It protects nothing, so their keys are
# kept in one place and made once. No real class may be graded with it: everybody can foresee its probes.
PUBLIC_SECRET = hashlib.sha256(b"The secret of the attention course's made-up classes is public.").digest()

_given: ContextVar[Mapping[str, AnswerKey] | None] = ContextVar("given keys", default=None)


def class_secret(course: CourseFolder, new: bool = False) -> bytes:
    """The secret of a class, made when first asked for.

    Args:
        course: The class.
        new: Replace the secret, and drop the keys made from the old one.
    """
    if new or not course.class_secret.is_file():
        if not new and (shared := _secret_graded_with(course)):
            _take_over(shared, course)
        else:
            _write_secret(course, secrets.token_bytes(32))
    return _read_secret(course)


def share_public_secret(course: CourseFolder) -> None:
    """Give a made-up class the secret that all made-up classes have."""
    _write_secret(course, PUBLIC_SECRET)


def has_public_secret(course: CourseFolder) -> bool:
    """Whether a class has the secret of made-up classes, which protects nothing."""
    return class_secret(course) == PUBLIC_SECRET


def key_id(course: CourseFolder) -> str:
    """A name for the class's secret that does not tell it: grades can say which keys they were made with."""
    return _id_of(class_secret(course))


def key_folder(course: CourseFolder) -> Path:
    """Where the keys of a class lie: with the class, but for those of made-up classes."""
    if has_public_secret(course):
        return CourseFolder(project_root()).public_keys(key_id(course))
    return course.private_keys


def private_seeds(course: CourseFolder, exercise_id: str) -> list[int]:
    """The seeds a private probe may have: nobody without the class secret can foresee them."""
    secret = class_secret(course)
    words = (f"{exercise_id} {number}".encode() for number in range(SEEDS_TO_TRY))
    return [int.from_bytes(hmac.digest(secret, word, "sha256")[:6]) for word in words]


def private_keys(course: CourseFolder, exercise_ids: list[str]) -> Mapping[str, AnswerKey]:
    """A class's keys of some exercises, brought up to date first; or those given meanwhile by `using`."""
    given = _given.get()
    return {path.stem: load(path) for path in key_files(course, exercise_ids)} if given is None else given


def key_files(course: CourseFolder, exercise_ids: list[str]) -> list[Path]:
    """The files of a class's keys of some exercises, brought up to date first.

    Building probes the solutions with TensorFlow; that happens in a process of its own, so that the process
    which judges never loads it.

    Raises:
        KeyProblem: if a key cannot be made.
    """
    exercises = [find_exercise(exercise_id) for exercise_id in dict.fromkeys(exercise_ids)]
    if _ensure(course, [exercise.id for exercise in exercises], check=True):
        named = [str(course.root), *(exercise.id for exercise in exercises)]
        done = subprocess.run(
            [sys.executable, "-m", "autograder.keys.class_keys", *named], capture_output=True, text=True
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise KeyProblem(
                f"The class's answer keys could not be made: {reason}", fix="Run `./course check-the-checks`."
            )
    return [key_folder(course) / f"{exercise.id}.npz" for exercise in exercises]


@contextlib.contextmanager
def using_keys(keys: Mapping[str, AnswerKey]) -> Iterator[None]:
    """Judge with these keys meanwhile, wherever the class's own lie."""
    token = _given.set(keys)
    try:
        yield
    finally:
        _given.reset(token)


def main() -> None:
    """Build the private keys of a class, for the folder and the exercises named on the command line."""
    folder, *exercise_ids = sys.argv[1:]
    course = CourseFolder(Path(folder))
    if has_public_secret(course):  # then the checkout keeps the keys, where later its own secret may lie
        CourseFolder(project_root()).make_private()
    try:
        _ensure(course, exercise_ids)
    except KeyProblem as error:
        sys.exit(" ".join(str(error).split()))


def _ensure(course: CourseFolder, exercise_ids: list[str], check: bool = False) -> dict[Path, str]:
    exercises = [find_exercise(exercise_id) for exercise_id in exercise_ids]
    return ensure_keys(exercises, key_folder(course), lambda each: private_seeds(course, each), check)


def _read_secret(course: CourseFolder) -> bytes:
    return bytes.fromhex(course.class_secret.read_text().strip())


def _write_secret(course: CourseFolder, secret: bytes) -> None:
    """Replace the secret, whole or not at all, also on a full disk; keys made from an older one go."""
    course.make_private()
    for key in course.private_keys.glob("*.npz"):  # not the folder: somebody may be writing there
        key.unlink(missing_ok=True)
    partial = course.class_secret.with_suffix(".partial")
    partial.touch(mode=0o600)
    partial.write_text(secret.hex())
    partial.replace(course.class_secret)


def _id_of(secret: bytes) -> str:
    return hashlib.sha256(b"key id" + secret).hexdigest()[:12]


def _secret_graded_with(course: CourseFolder) -> CourseFolder | None:
    """The checkout, if its secret is the one that this class, in another folder, was graded with.

    Up to version 0.1 all classes of a checkout had one secret. Notes name the keys that were graded with.
    """
    checkout = CourseFolder(project_root())
    if course.root == checkout.root or not checkout.class_secret.is_file():
        return None
    shared = _id_of(_read_secret(checkout))
    graded = any(shared in note.read_text(errors="replace") for note in course.all_graded_notes())
    return checkout if graded else None


def _take_over(checkout: CourseFolder, course: CourseFolder) -> None:
    """Give a class the secret of the checkout and the keys made from it, so that nobody is graded anew."""
    _write_secret(course, _read_secret(checkout))
    course.private_keys.mkdir(exist_ok=True)
    for key in checkout.private_keys.glob("*.npz"):
        shutil.copy(key, course.private_keys)
    print(
        f"The class in {course.root} was graded with the secret of {checkout.root}. "
        "It has a copy of its own now.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
