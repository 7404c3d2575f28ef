"""Makes the zip file of a release."""

from __future__ import annotations

import json
import shutil
import stat
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from authoring.building import released_files
from authoring.release import lock_subset, shown_blocks
from autograder.lessons.held_back_files import STAND_IN, not_yet_taught
from course_lib.errors import CourseError

FOLDER = "attention-course"
PLAIN = ("LICENSE", "LICENSE-CONTENT", "course", "environment.yml")
HOW_TO = Path("docs/first-steps.md")
GUIDES = ("docs/student-guide.md", "docs/troubleshooting.md", "docs/figures/card.png")
SETTINGS = Path("course_lib/lab_settings/nbgrader_config.py")
DRAWN_RESNET = Path(__file__).with_name("drawn_resnet.py")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time of all files, so that the same course gives the same zip


@dataclass(frozen=True)
class Bundle:
    """A zip file for students, and the finished blocks in it of lessons that are still open."""

    path: Path
    shown: tuple[str, ...]


def make_bundle(root: Path, lessons: Sequence[str], out: Path) -> Bundle:
    """Write `attention-course-NN….zip` with these lessons to the folder `out`.

    Of the finished blocks only those of lessons before the first of these are in it, and those that one of
    these lessons rests on; stand-ins, which refuse to be used, take the place of the others. Raises
    CourseError when a lesson has not been built.
    """
    lessons = sorted(lessons)
    for lesson in lessons:
        if not (root / "notebooks" / lesson / f"{lesson}.ipynb").is_file():
            raise CourseError(f"{lesson} has not been built.", fix="run `course build`")
    blocks = shown_blocks.choose(root, lessons)
    path = out / f"{FOLDER}-{'-'.join(lesson[:2] for lesson in lessons)}.zip"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        stage = Path(place) / FOLDER
        _put_files(root, lessons, blocks, stage)
        _put_wheel(stage)
        _write_zip(stage, path)
    return Bundle(path, tuple(sorted(blocks.shown)))


def _put_files(root: Path, lessons: Sequence[str], blocks: shown_blocks.Blocks, stage: Path) -> None:
    """Everything of the bundle but the wheel."""
    project = tomllib.loads(root.joinpath("pyproject.toml").read_text(encoding="utf-8"))
    library = stage / "course_lib"
    library.mkdir(parents=True)
    for name in PLAIN:
        shutil.copy(root / name, stage)
    # Not the course's own: an instructor may have put a password into that.
    shutil.copy(root / SETTINGS, stage)
    shutil.copy(root / HOW_TO, stage / "README.md")
    _put((root / guide for guide in GUIDES), root, stage)
    stage.joinpath("pyproject.toml").write_text(_project_file(project), encoding="utf-8")
    lock = root.joinpath("requirements.lock").read_text(encoding="utf-8")
    stage.joinpath("requirements.lock").write_text(lock_subset.needed_by(run_with(project), lock))
    for lesson in lessons:
        # Not to notebooks/: unpacked over an older bundle, it would take the place of a student's work.
        for path, content in released_files(root, lesson).items():
            copy = stage / "lessons" / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
    _put(_library_files(root, lessons), root / "course_lib", library)
    for module in blocks.held_back:
        shutil.copy(STAND_IN, library / module)
    for module in blocks.drawn:
        shutil.copy(DRAWN_RESNET, library / module)
        library.joinpath(module).with_name("resnet50.json").write_text(drawing(), encoding="utf-8")


def _put(files: Iterator[Path], start: Path, target: Path) -> None:
    """Copy files, each to the same place below `target` as it has below `start`."""
    for file in files:
        copy = target / file.relative_to(start)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)


def _library_files(root: Path, lessons: Sequence[str]) -> Iterator[Path]:
    """The library as students get it: all of `course_lib` but what the lessons after these teach."""
    library = root / "course_lib"
    later = not_yet_taught(lessons[-1])
    for path in sorted(library.rglob("*")):
        inside = path.relative_to(library)
        if path.is_file() and "__pycache__" not in inside.parts and inside.as_posix() not in later:
            yield path


@cache
def drawing() -> str:
    """The layers of ResNet-50 as data, each place where attention may go marked by an Identity layer."""
    from course_lib.session import load_tensorflow

    load_tensorflow()
    import keras

    from course_lib.networks import resnet

    def mark(x: Any, name: str) -> Any:
        return keras.layers.Identity(name=name)(x)

    network = resnet(50, stride="v1", attention=mark, stage_attention=mark)
    return json.dumps(network.get_config(), sort_keys=True)


def run_with(project: dict[str, Any]) -> list[str]:
    """The packages that the course needs to run, and to be installed without the network."""
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    return [Requirement(text).name for text in wanted]


def _project_file(project: dict[str, Any]) -> str:
    """pyproject.toml without what only the whole course has: other packages, their entry points, tools."""
    import tomlkit

    about = {name: value for name, value in project["project"].items() if name != "optional-dependencies"}
    announced = {
        group: {name: value for name, value in entries.items() if value.startswith("course_lib.")}
        for group, entries in about["entry-points"].items()
    }
    about["entry-points"] = {group: entries for group, entries in announced.items() if entries}
    wheel = {"hatch": {"build": {"targets": {"wheel": {"packages": ["course_lib"]}}}}}
    return tomlkit.dumps({"build-system": project["build-system"], "project": about, "tool": wheel})


def _put_wheel(stage: Path) -> None:
    """The library as a wheel, for Colab and for environments of one's own."""
    from hatchling.builders.wheel import WheelBuilder

    for _ in WheelBuilder(str(stage)).build(directory=str(stage / "wheel"), versions=["standard"]):
        pass


def _write_zip(stage: Path, path: Path) -> None:
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
