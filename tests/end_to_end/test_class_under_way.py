"""A class that version 0.1 (89717e6) has graded is graded, reported and exported by this one, unedited."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from autograder.course_folder import CourseFolder
from autograder.keys.class_keys import share_public_secret
from course_lib.paths import project_root

LESSON = "01_channel_attention"
OLD = Path(__file__).with_name("class_of_version_0_1")
NOTE = "nbgrader_config.py has names from version 0.1"
POINTS = {"ada": 19.0, "henri": 11.0, "rosa": 13.0}  # two of ada's by hand, with a comment


@pytest.fixture(scope="module")
def old_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class's folder as version 0.1 left it, but for what it can make anew."""
    folder = tmp_path_factory.mktemp("old") / "class"
    shutil.copytree(OLD, folder, ignore=shutil.ignore_patterns("gradebook.sql", "graded"))
    shutil.copytree(OLD / "graded", folder / ".course" / "graded")
    share_public_secret(CourseFolder(folder))  # in place of the one that only version 0.1 knew
    with closing(sqlite3.connect(folder / "gradebook.db")) as gradebook:
        gradebook.executescript((OLD / "gradebook.sql").read_text())
    return folder


def course(*words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "course_lib.cli", *words]
    done = subprocess.run(program, capture_output=True, text=True, cwd=project_root())
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.slow
def test_a_class_of_the_version_before_goes_on(old_class: Path, tmp_path: Path) -> None:
    where = ("--class", str(old_class))
    first = course("grade", LESSON, *where, "--json")
    rows = json.loads(first.stdout)
    assert {row["student"]: row["points"] for row in rows} == POINTS
    assert {row["student"]: row["waiting"] for row in rows} == {"ada": 0, "henri": 3, "rosa": 3}
    assert first.stderr.count(NOTE) == 1
    page = old_class.joinpath(f"feedback/ada/{LESSON}/{LESSON}.html").read_text()
    assert "Read by a person." in page

    upload = tmp_path / f"grace__{LESSON}__20261101T120000Z.zip"  # what version 0.1 makes to hand in
    with zipfile.ZipFile(upload, "w") as archive:
        archive.write(old_class / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb", f"{LESSON}.ipynb")
    course("collect", str(tmp_path), *where)
    again = json.loads(course("grade", LESSON, *where, "--json").stdout)
    assert {row["student"]: row["points"] for row in again} == POINTS | {"grace": 17.0}
    assert {row["student"]: row["fresh"] for row in again} == dict.fromkeys(POINTS, False) | {"grace": True}

    course("report", LESSON, *where)
    assert "softmax" in old_class.joinpath(f"report/{LESSON}.html").read_text()
    table = tmp_path / "moodle.csv"
    lines = "".join(f"Participant 1,{name},{name},,20.00\n" for name in (*POINTS, "grace"))
    table.write_text(f"Identifier,Full name,Username,Grade,Maximum Grade\n{lines}")
    filled = tmp_path / "filled.csv"
    course("export", LESSON, *where, "--moodle", str(table), "--out", str(filled))
    with filled.open() as file:
        given = {line["Username"]: float(line["Grade"]) for line in csv.DictReader(file)}
    assert given == POINTS | {"grace": 17.0}


@pytest.mark.slow
def test_plain_nbgrader_takes_the_former_names(old_class: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(old_class, tmp_path / "class"))
    command = [sys.executable, "-m", "nbgrader", "autograde", LESSON, "--student=rosa", "--force"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(NOTE) == 1
    with closing(sqlite3.connect(folder / "gradebook.db")) as gradebook:
        (points,) = gradebook.execute(
            "SELECT SUM(g.auto_score) FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id "
            "JOIN submitted_assignment a ON n.assignment_id = a.id WHERE a.student_id = 'rosa'"
        ).fetchone()
    assert points == POINTS["rosa"]
