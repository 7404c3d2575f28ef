"""The launcher with a real Python and a real pip: one tiny package, from a folder, without the network."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import Course

# The least that pip accepts as a build back end for `-e .`: a wheel with a path file that names this folder.
BACKEND = """
import pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "attention_course-1.0-py3-none-any.whl"
    info = "attention_course-1.0.dist-info/"
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as wheel:
        wheel.writestr("course.pth", str(pathlib.Path.cwd()))
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: attention-course\\nVersion: 1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""


def tiny_wheel(folder: Path) -> str:
    """Writes a package `tiny` with one module, and returns the SHA-256 of its file."""
    path = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny.py", "word = 'hello'\n")
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr(
            "tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr("tiny-1.0.dist-info/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.slow
def test_a_real_installation_and_a_download_with_another_hash(bare_course: Course, tmp_path: Path) -> None:
    course = bare_course
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    sha256 = tiny_wheel(wheels)
    (course.root / "requirements.lock").write_text(f"tiny==1.0 --hash=sha256:{sha256}\n")
    (course.root / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    )
    (course.root / "backend.py").write_text(BACKEND)
    (course.root / "course_lib").mkdir()
    (course.root / "course_lib" / "cli.py").write_text("import sys, tiny; print(tiny.word, *sys.argv[1:])\n")
    (course.root / "course_lib" / "__init__.py").touch()
    offline = {"COURSE_PYTHON": sys.executable, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}

    # A file of the same name where one stands must not pose as the package.
    (tmp_path / "tiny.py").write_text("word = 'impostor'\n")
    done = course.run("world", cwd=tmp_path, **offline)
    assert (done.returncode, done.stdout) == (0, "hello world\n"), done.stderr
    again = course.run("again", cwd=tmp_path, **offline)
    assert (again.stdout, again.stderr) == ("hello again\n", "")

    (course.root / "requirements.lock").write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    wrong = course.run(**offline)
    assert wrong.returncode == 1
    assert sha256 in wrong.stderr  # pip's own words
    assert "SHA-256 differs" in wrong.stderr
    assert "connection" not in wrong.stderr.splitlines()[-1]
