"""What students are given works by itself, and holds no answer."""

import ast
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from authoring.release import make_bundle
from authoring.release.shown_blocks import choose
from authoring.release.student_zip import FOLDER
from autograder.keys import lesson_solutions
from autograder.lessons.held_back_files import TAUGHT_IN
from course_lib.errors import CourseError
from course_lib.lessons import copy_new_lessons, find_lesson, lesson_names
from course_lib.paths import project_root

ROOT = project_root()
RELEASES = ("01", "04", "03 04")  # alone; with a network that is only drawn; one resting on another


@pytest.fixture(scope="module", params=RELEASES)
def lessons(request: pytest.FixtureRequest) -> list[str]:
    return [find_lesson(number) for number in request.param.split()]


@pytest.fixture(scope="module")
def bundle(lessons: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(ROOT, lessons, tmp_path_factory.mktemp("release")).path


def texts(path: Path) -> dict[str, bytes]:
    """Every file of a bundle, those in its wheel too, by name."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            found[name] = archive.read(name)
            if name.endswith(".whl"):
                with zipfile.ZipFile(io.BytesIO(found[name])) as wheel:
                    found |= {f"{name}/{inner}": wheel.read(inner) for inner in wheel.namelist()}
    return found


def solution_lines() -> set[str]:
    """Lines of all solution cells that no released notebook shows."""
    released = "\n".join(path.read_text() for path in ROOT.glob("notebooks/*/*.ipynb"))
    sources = [
        source for lesson in lesson_names(ROOT) for source in lesson_solutions.read(lesson).solutions.values()
    ]
    lines = {line.strip() for source in sources for line in source.splitlines()}
    return {
        line
        for line in lines
        if len(line) > 40 and json.dumps(line, ensure_ascii=False)[1:-1] not in released
    }


def statements(source: bytes) -> set[str]:
    """What a module computes, in its own words."""
    tree = ast.walk(ast.parse(source))
    return {ast.unparse(node) for node in tree if isinstance(node, ast.Assign | ast.Return)}


def test_no_answer_no_key_no_autograder_is_inside(bundle: Path, lessons: list[str]) -> None:
    found = texts(bundle)
    everything = b"\n".join(found.values()).decode("utf-8", "replace")
    held_back = choose(ROOT, lessons).held_back | choose(ROOT, lessons).drawn
    allowed = "\n".join(
        ROOT.joinpath("course_lib", module).read_text() for module in {*TAUGHT_IN} - held_back
    )
    lines = {line for line in solution_lines() if line not in allowed}
    assert len(lines) > 100
    assert [line for line in sorted(lines) if line in everything] == []
    assert "BEGIN SOLUTION" not in everything and "MISCONCEPTIONS" not in everything
    for name in found:
        withheld = {"autograder", "authoring", "solutions", "claims", "tests", ".course", ".git"}
        assert not withheld & set(name.split("/")), name
        assert not name.endswith((".pyc", ".db", ".secret")), name
    for module in held_back:
        finished = ROOT.joinpath("course_lib", module).read_bytes()
        assert finished not in found.values()
        assert not statements(finished) & statements(found[f"{FOLDER}/course_lib/{module}"]), module


def test_keys_and_checks_of_later_lessons_are_not_inside(bundle: Path, lessons: list[str]) -> None:
    names = [Path(name) for name in texts(bundle)]
    up_to = [lesson for lesson in lesson_names(ROOT) if lesson <= lessons[-1]]
    keys = {exercise for lesson in up_to for exercise in lesson_solutions.read(lesson).answers}
    assert {name.stem for name in names if name.suffix == ".npz"} == keys
    checks = {name.stem for name in names if name.stem.startswith("lesson_")}
    assert checks == {f"lesson_{lesson[:2]}" for lesson in up_to}


def test_it_is_small_and_the_same_each_time(bundle: Path, lessons: list[str], tmp_path: Path) -> None:
    assert bundle.stat().st_size < 3_000_000
    assert make_bundle(ROOT, lessons, tmp_path).path.read_bytes() == bundle.read_bytes()


@pytest.mark.slow
def test_the_whole_course_is_small_too(tmp_path: Path) -> None:
    assert make_bundle(ROOT, lesson_names(ROOT), tmp_path).path.stat().st_size < 3_000_000


def unpacked(bundle: Path, place: Path) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(place)
    return place / FOLDER


def test_a_second_one_leaves_a_students_work_alone(tmp_path: Path) -> None:
    place = unpacked(make_bundle(ROOT, [find_lesson("01")], tmp_path).path, tmp_path)
    (began,) = copy_new_lessons(place)
    mine = place / "notebooks" / began / f"{began}.ipynb"
    mine.write_text("my work")
    unpacked(make_bundle(ROOT, [find_lesson("01"), find_lesson("02")], tmp_path).path, tmp_path)
    assert copy_new_lessons(place) == [find_lesson("02")]
    assert mine.read_text() == "my work"
    assert copy_new_lessons(place) == []


@pytest.mark.slow
def test_a_student_checks_and_hands_in_with_nothing_else(tmp_path: Path) -> None:
    """In the unpacked folder, where no autograder can be found."""
    lesson = find_lesson("01")
    place = unpacked(make_bundle(ROOT, [lesson], tmp_path).path, tmp_path)
    copy_new_lessons(place)
    (wheel,) = place.glob("wheel/*.whl")
    with zipfile.ZipFile(wheel) as packed:  # what announces commands once the folder is installed
        packed.extractall(place, [name for name in packed.namelist() if ".dist-info/" in name])

    def course(*words: str) -> subprocess.CompletedProcess[str]:
        code = "import sys; sys.modules['autograder'] = None; sys.modules['authoring'] = None; "
        code += "from course_lib.cli import main; main()"
        return subprocess.run([sys.executable, "-c", code, *words], cwd=place, capture_output=True, text=True)

    told = course("--help").stdout
    assert set(re.findall(r"^  ([a-z]\S*)  ", told, re.MULTILINE)) == {"doctor", "lab", "submit"}
    assert re.findall(r"^(\w+):$", told, re.MULTILINE) == ["Options", "Student"]
    done = course("submit", lesson, "--as", "ada")
    assert done.returncode == 0, done.stderr
    assert "not filled in yet" in done.stdout
    (handed_in,) = place.joinpath("hand_in").iterdir()
    assert handed_in.name.startswith(f"ada__{lesson}__")


@pytest.mark.slow
def test_what_a_lesson_shows_is_there_and_what_it_asks_for_is_not(tmp_path: Path) -> None:
    """In lesson 04's bundle: ResNet-50 is counted as the finished one is, without the code of its blocks."""
    place = unpacked(make_bundle(ROOT, [find_lesson("04")], tmp_path).path, tmp_path)
    code = (
        "import course_lib; course_lib.setup(seed=1)\n"
        "from course_lib import blocks, count, earlier, networks\n"
        "from course_lib.networks.conv_norm import conv_norm\n"
        "earlier.block('channel_attention', otherwise=blocks.plug(blocks.SqueezeExcitation))\n"
        "print(course_lib.__file__, count.size_of(networks.resnet(50, stride='v1')).trainable)\n"
        "networks.small_resnet(8)"
    )
    alone = os.environ | {"PYTHONPATH": str(place), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=alone, capture_output=True, text=True
    )
    assert f"{place}/course_lib/__init__.py 25557032" in done.stdout, done.stderr
    assert "here you write it yourself" in done.stderr


def test_what_an_instructor_wrote_stays_here(tmp_path: Path) -> None:
    """Whoever tries a lesson works in notebooks/; students get what the source makes. Settings stay."""
    course, lesson = tmp_path / "course", find_lesson("01")
    course.mkdir()
    for entry in ROOT.iterdir():
        if entry.name not in ("notebooks", "nbgrader_config.py"):
            course.joinpath(entry.name).symlink_to(entry)
    settings = ROOT.joinpath("nbgrader_config.py").read_text()
    course.joinpath("nbgrader_config.py").write_text(f"{settings}\nPASSWORD = 'MY OWN ANSWER'\n")
    worked = course / "notebooks" / lesson
    worked.mkdir(parents=True)
    cells = [{"cell_type": "code", "metadata": {}, "source": "'MY OWN ANSWER'"}]
    worked.joinpath(f"{lesson}.ipynb").write_text(json.dumps({"cells": cells}))
    worked.joinpath("leaderboard").mkdir()
    worked.joinpath("leaderboard/me.json").write_text("MY OWN ANSWER")
    found = texts(make_bundle(course, [lesson], tmp_path).path)
    released = (ROOT / "notebooks" / lesson / f"{lesson}.ipynb").read_bytes()
    assert found[f"{FOLDER}/lessons/{lesson}/{lesson}.ipynb"] == released
    assert not any(b"MY OWN ANSWER" in content for content in found.values())


def test_a_lesson_that_is_not_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="77_none has not been built"):
        make_bundle(ROOT, ["77_none"], tmp_path)
