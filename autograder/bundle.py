"""What students are given: one zip file with lessons, library, launcher and a page that says how to begin."""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.finished_blocks import STAND_IN, TAUGHT_IN
from course_lib.checks.exercise import all_exercises
from course_lib.errors import CourseError

FOLDER = "attention-course"
COMMANDS = ("doctor", "lab", "submit")  # all others need what only an instructor or author has
PLAIN = ("LICENSE", "LICENSE-CONTENT", "environment.yml", "requirements.lock", "nbgrader_config.py")
HOW_TO = Path("docs/first-steps.md")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time of all files, so that the same course gives the same zip


def make_bundle(root: Path, lessons: Sequence[str], out: Path) -> Path:
    """Write `attention-course-NN….zip` with these lessons to the folder `out`; returns its path.

    Of the finished blocks only those of lessons before the first of these are in it: the others stand in, and
    refuse to be used. Raises CourseError when a lesson has not been built.
    """
    for lesson in lessons:
        if not (root / "notebooks" / lesson / f"{lesson}.ipynb").is_file():
            raise CourseError(f"{lesson} has not been built.", fix="run `course build`")
    numbers = "-".join(lesson[:2] for lesson in sorted(lessons))
    path = out / f"{FOLDER}-{numbers}.zip"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        stage = Path(place) / FOLDER
        stage.mkdir()
        put_files(root, sorted(lessons), stage)
        put_wheel(stage)
        write_zip(stage, path)
    return path


def put_files(root: Path, lessons: Sequence[str], stage: Path) -> None:
    """Everything of the bundle but the wheel."""
    for name in PLAIN:
        shutil.copy(root / name, stage)
    shutil.copy(root / "course", stage)
    stage.joinpath("pyproject.toml").write_text(project_file(root), encoding="utf-8")
    shutil.copy(root / HOW_TO, stage / "README.md")
    for lesson in lessons:
        for path in lesson_files(root / "notebooks" / lesson):
            target = stage / "notebooks" / lesson / path.relative_to(root / "notebooks" / lesson)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    for path in library_files(root / "course_lib", lessons):
        target = stage / "course_lib" / path.relative_to(root / "course_lib")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for module in open_blocks(lessons[0]):
        shutil.copy(STAND_IN, stage / "course_lib" / module)


def lesson_files(folder: Path) -> Iterator[Path]:
    """The released notebook and the data beside it; not what somebody left there while working."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix != ".pyc":
            yield path


def library_files(library: Path, lessons: Sequence[str]) -> Iterator[Path]:
    """The library as students get it: their commands, the answer keys of these lessons, no measurements."""
    ours = {exercise.id for exercise in all_exercises().values() if exercise.lesson in lessons}
    for path in sorted(library.rglob("*")):
        inside = path.relative_to(library)
        if not path.is_file() or "__pycache__" in inside.parts or inside.parts[0] == "claims":
            continue
        command = inside.parts[0] == "cli" and not inside.name.startswith("__")
        if command and inside.stem not in COMMANDS:
            continue
        if inside.suffix == ".npz" and inside.stem not in ours:
            continue
        yield path


def open_blocks(first: str) -> tuple[str, ...]:
    """The modules that the first of the released lessons, or a later one, has its students write."""
    return tuple(module for module, taught in TAUGHT_IN.items() if taught[:2] >= first[:2])


def project_file(root: Path) -> str:
    """pyproject.toml without what only the whole course has: autograder, kernelspec, provisioner, tools."""
    import tomlkit

    project = tomlkit.parse(root.joinpath("pyproject.toml").read_text(encoding="utf-8"))
    about = project["project"]
    for name in ("entry-points", "optional-dependencies"):
        about.remove(name)  # type: ignore[union-attr]
    project["tool"] = {"hatch": {"build": {"targets": {"wheel": {"packages": ["course_lib"]}}}}}
    return tomlkit.dumps(project)


def put_wheel(stage: Path) -> None:
    """The library as a wheel, for Colab and for environments of one's own."""
    from hatchling.builders.wheel import WheelBuilder

    for _ in WheelBuilder(str(stage)).build(directory=str(stage / "wheel"), versions=["standard"]):
        pass


def write_zip(stage: Path, path: Path) -> None:
    """The folder as a zip file that depends on its content alone."""
    partial = path.with_suffix(".part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(stage.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(stage.parent).as_posix(), EARLIEST)
                executable = bool(file.stat().st_mode & stat.S_IXUSR)
                entry.external_attr = (stat.S_IFREG | (0o755 if executable else 0o644)) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, file.read_bytes())
    partial.replace(path)
