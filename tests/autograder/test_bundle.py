"""What students are given works by itself, and holds no answer."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder import answer_keys
from autograder.bundle import COMMANDS, FOLDER, make_bundle, open_blocks
from autograder.finished_blocks import TAUGHT_IN
from course_lib.errors import CourseError
from course_lib.lessons import lesson_names
from course_lib.paths import project_root

ROOT = project_root()
FIRST, LATER = "01_channel_attention", "05_bam"


@pytest.fixture(scope="module", params=[(FIRST,), (LATER,), (FIRST, LATER)], ids="+".join)
def bundle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(ROOT, request.param, tmp_path_factory.mktemp("release"))


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
        source for lesson in lesson_names(ROOT) for source in answer_keys.read(lesson).solutions.values()
    ]
    lines = {line.strip() for source in sources for line in source.splitlines()}
    return {
        line
        for line in lines
        if len(line) > 40 and json.dumps(line, ensure_ascii=False)[1:-1] not in released
    }


def test_no_answer_no_key_no_autograder_is_inside(bundle: Path) -> None:
    found = texts(bundle)
    first = min(name.split("/")[2] for name in found if "/notebooks/" in name)
    everything = b"\n".join(found.values()).decode("utf-8", "replace")
    earlier = [module for module in TAUGHT_IN if module not in open_blocks(first)]
    allowed = "\n".join(ROOT.joinpath("course_lib", module).read_text() for module in earlier)
    lines = {line for line in solution_lines() if line not in allowed}
    assert len(lines) > 100
    assert [line for line in sorted(lines) if line in everything] == []
    assert "BEGIN SOLUTION" not in everything and "MISCONCEPTIONS" not in everything
    for name in found:
        parts = name.split("/")
        assert not {"autograder", "solutions", "claims", "tests", ".course", ".git"} & set(parts), name
        assert not name.endswith((".pyc", ".db", ".secret")), name
    blocks = [ROOT.joinpath("course_lib", module).read_bytes() for module in open_blocks(first)]
    assert not any(block in found.values() for block in blocks)


def test_the_keys_of_other_lessons_are_not_inside(bundle: Path) -> None:
    found = texts(bundle)
    lessons = {name.split("/")[2] for name in found if "/notebooks/" in name}
    keys = {Path(name).stem for name in found if name.endswith(".npz")}
    assert keys == {exercise for lesson in lessons for exercise in answer_keys.read(lesson).answers}


def test_it_is_small_and_the_same_each_time(bundle: Path, tmp_path: Path) -> None:
    assert bundle.stat().st_size < 3_000_000
    lessons = sorted({name.split("/")[2] for name in texts(bundle) if "/notebooks/" in name})
    assert make_bundle(ROOT, lessons, tmp_path).read_bytes() == bundle.read_bytes()


@pytest.mark.slow
def test_a_student_checks_and_hands_in_with_nothing_else(bundle: Path, tmp_path: Path) -> None:
    """In the unpacked folder, where no autograder can be found."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path)
    place = tmp_path / FOLDER
    lesson = min(path.name for path in place.joinpath("notebooks").iterdir())

    def course(*words: str) -> subprocess.CompletedProcess[str]:
        code = "import sys; sys.modules['autograder'] = None; from course_lib.cli import main; main()"
        return subprocess.run([sys.executable, "-c", code, *words], cwd=place, capture_output=True, text=True)

    assert all(f" {command} " in course("--help").stdout for command in COMMANDS)
    done = course("submit", lesson, "--as", "ada")
    assert done.returncode == 0, done.stderr
    assert "not filled in yet" in done.stdout
    (handed_in,) = place.joinpath("hand_in").iterdir()
    assert handed_in.name.startswith(f"ada__{lesson}__")


def test_a_lesson_that_is_not_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="77_none has not been built"):
        make_bundle(ROOT, ["77_none"], tmp_path)
