"""Makes requirements.lock anew, and keeps it only when all tests pass with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from authoring.release.lock_subset import pins_of
from course_lib.errors import CourseError

LOCK = "requirements.lock"
# One lock for all systems, and for every Python from the oldest on; no word of the registry it came from.
COMPILE = [
    *("pip", "compile", "pyproject.toml", "--all-extras", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-header", "--quiet", "--output-file", LOCK),
]


def refresh_lock(root: Path, upgrade: bool, tests: Sequence[str], log: Path) -> list[str]:
    """Put a new lock in place of the old one if the tests pass with it; what changed, line by line.

    Raises CourseError, and leaves the old lock, when they do not; `log` then says why.
    """
    with tempfile.TemporaryDirectory(prefix="course-lock-") as folder:
        place = Path(folder) / "course"
        new = _resolve(root, place, upgrade)
        changed = changes(root.joinpath(LOCK).read_text(encoding="utf-8"), new)
        if changed:
            print("\n".join(changed), file=sys.stderr, flush=True)
            print(f"Testing these in {place}; the log is {log}", file=sys.stderr, flush=True)
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("w", encoding="utf-8") as told:
                if not _passes(place, tests, told):
                    raise CourseError(
                        f"The tests do not pass with these packages, so {LOCK} stays as it was.",
                        where=str(log),
                        fix="mend the course, or bound the package in pyproject.toml, and run this again",
                    )
            shutil.copy(place / LOCK, root / LOCK)
    return changed


def _resolve(root: Path, place: Path, upgrade: bool) -> str:
    """Copy the course to `place` and make its lock anew there; the text of the lock.

    upgrade: take the newest releases that fit; else change only what pyproject.toml asks for.
    Raises CourseError where uv or git is missing, or no set of packages fits.
    """
    _copy_course(root, place)
    done = subprocess.run(
        [_program("uv", 'pip install -e ".[dev]"'), *COMPILE, *(["--upgrade"] if upgrade else [])],
        cwd=place,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CourseError("The packages could not be resolved.", where=done.stderr.strip())
    return place.joinpath(LOCK).read_text(encoding="utf-8")


def _passes(place: Path, tests: Sequence[str], log: IO[str]) -> bool:
    """Make the environment of a copy of the course, from nothing but its lock, and run its tests there."""
    command = [str(place / "course"), "test", *tests]
    return subprocess.run(command, cwd=place, stdout=log, stderr=subprocess.STDOUT).returncode == 0


def changes(old: str, new: str) -> list[str]:
    """What differs between two locks, a line for each package."""
    before, after = _versions(old), _versions(new)
    names = sorted(name for name in before | after if before.get(name) != after.get(name))
    return [f"{name}: {before.get(name, 'new')} → {after.get(name, 'not needed any more')}" for name in names]


def _versions(lock: str) -> dict[str, str]:
    """Name to version; to several where they differ between systems."""
    found: dict[str, list[str]] = {}
    for pin in pins_of(lock):
        found.setdefault(pin.name, []).extend(re.findall(r"==([^\s;\\]+)", pin.text.partition(";")[0]))
    return {name: ", ".join(each) for name, each in found.items()}


def _copy_course(root: Path, place: Path) -> None:
    """The files that git knows or would add. Raises CourseError where there is no git."""
    listed = subprocess.run(
        [_program("git", "install it"), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        raise CourseError("The course's files cannot be listed.", where=listed.stderr.strip())
    for name in listed.stdout.split("\0"):
        if name and root.joinpath(name).is_file():
            place.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, place / name)


def _program(name: str, fix: str) -> str:
    """Where a program is: in this environment, or on the PATH."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    found = shutil.which(name, path=path)
    if found is None:
        raise CourseError(f"{name} is not installed here.", fix=fix)
    return found
