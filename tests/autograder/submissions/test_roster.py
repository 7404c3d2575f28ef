"""Who counts as having handed in: whoever has a folder in submitted/."""

import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.course_folder import CourseFolder
from autograder.notebooks.nbgrader_settings import quiet_nbgrader
from autograder.report.results import read_results
from autograder.submissions.roster import misplaced_notebooks, students_who_handed_in, withdrawn_students
from course_lib.cli import make_app
from course_lib.errors import CourseError
from course_lib.paths import project_root

LESSON = "01_channel_attention"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A class folder where ada and bob have points, and only ada's folder is still in submitted/."""
    shutil.copy(project_root() / "nbgrader_config.py", tmp_path)
    tmp_path.joinpath("notebooks", LESSON).mkdir(parents=True)
    tmp_path.joinpath("notebooks", LESSON, f"{LESSON}.ipynb").write_text('{"cells": []}')
    with quiet_nbgrader(), Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "attention") as book:
        book.add_assignment(LESSON)
        book.add_notebook(LESSON, LESSON)
        book.add_grade_cell("check", LESSON, LESSON, max_score=5, cell_type="code")
        for student in ("ada", "bob"):
            book.add_student(student)
            book.add_submission(LESSON, student)
    tmp_path.joinpath("submitted", "ada", LESSON).mkdir(parents=True)
    return tmp_path


def moodle(course: Path, *names: str) -> Path:
    titles = "Identifier,Full name,Username,Grade,Maximum grade,Grade can be changed\n"
    path = course / "worksheet.csv"
    path.write_text(titles + "".join(f"Participant {n},X,{n},,5,Yes\n" for n in names))
    return path


def test_whoever_was_taken_out_of_submitted_is_named_and_left_out(course: Path) -> None:
    assert students_who_handed_in(CourseFolder(course), LESSON) == ["ada"]
    assert withdrawn_students(CourseFolder(course), LESSON) == ["bob"]
    assert [result.student for result in read_results(CourseFolder(course), LESSON).results] == ["ada"]
    table = str(moodle(course, "ada", "bob"))
    done = CliRunner().invoke(make_app(), ["export", "01", "--moodle", table, "--class", str(course)])
    assert "1 students entered" in done.output and "left out: bob" in done.output, done.output

    taken_out = moodle(course, "bob")  # whose points are not hers, nor anybody's
    refused = CliRunner().invoke(
        make_app(), ["export", "01", "--moodle", str(taken_out), "--class", str(course)]
    )
    assert isinstance(refused.exception, CourseError)


def test_where_all_of_submitted_was_put_away_everybody_counts(course: Path) -> None:
    shutil.rmtree(course / "submitted")
    assert withdrawn_students(CourseFolder(course), LESSON) == []
    assert [result.student for result in read_results(CourseFolder(course), LESSON).results] == ["ada", "bob"]


def test_a_table_with_none_of_the_names_is_not_to_be_uploaded(course: Path) -> None:
    table = str(moodle(course, "S1", "S2"))
    done = CliRunner().invoke(make_app(), ["export", "01", "--moodle", table, "--class", str(course)])
    assert isinstance(done.exception, CourseError) and "handed in: ada" in str(done.exception)
    assert not list(course.glob("*_moodle.csv"))


def test_a_notebook_beside_its_folder_is_found(course: Path) -> None:
    alone = course / "submitted/fay" / f"{LESSON}.ipynb"
    alone.parent.mkdir()
    alone.touch()
    beside = course / "submitted/ada" / f"{LESSON}.ipynb"
    beside.touch()  # ada's folder is there too
    assert misplaced_notebooks(CourseFolder(course), LESSON) == [alone]
