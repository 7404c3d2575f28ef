"""Points reach Canvas's and Moodle's own tables, and come back as they were."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.exports import Canvas, Moodle, Table, report
from autograder.nbgrader_settings import quiet_nbgrader
from course_lib.errors import CourseError

LESSON = "01_channel_attention"
MOST = 17
POINTS = {"ada": 17.0, "bob@school.example": 4.5, "cyd_1": 0.0}

TABLES = Path(__file__).with_name("tables")
CANVAS = TABLES.joinpath("canvas.csv").read_text(encoding="utf-8")
MOODLE = TABLES.joinpath("moodle.csv").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a gradebook for all these tests lies; nbgrader takes seconds to make one."""
    return f"sqlite:///{tmp_path_factory.mktemp('exports')}/gradebook.db"


@pytest.fixture(scope="module")
def gradebook(database: str) -> Iterator[Gradebook]:
    """A gradebook with three students, of whom one waits for grading by hand."""
    with quiet_nbgrader(), Gradebook(database) as book:
        book.add_assignment(LESSON)
        book.add_notebook(LESSON, LESSON)
        book.add_grade_cell("check", LESSON, LESSON, max_score=MOST, cell_type="code")
        for student, points in POINTS.items():
            book.add_student(student)
            book.add_submission(LESSON, student)
            grade = book.find_grade("check", LESSON, LESSON, student)
            grade.auto_score = points
            grade.needs_manual_grade = student == "cyd_1"
        book.db.commit()
        yield book


def table_file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "from_platform.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def lines_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_canvas_gets_its_own_lines_back_with_the_points_in_them(gradebook: Gradebook, tmp_path: Path) -> None:
    filled = Canvas(table=table_file(tmp_path, CANVAS)).fill(gradebook, LESSON)
    column = "Lesson 1: channel attention, graded (12)"
    before, after = lines_of(CANVAS), lines_of(filled.text)
    assert [line[column] for line in after] == ["", "17.00", "17", "4.5", "0", "", ""]
    assert list(after[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    kept = [{title: text for title, text in line.items() if title in after[0]} for line in before]
    assert [line | {column: ""} for line in after] == [line | {column: ""} for line in kept]
    assert set(filled.entered) == set(POINTS) and filled.waiting == ("cyd_1",) and filled.absent == ()


def test_moodle_gets_points_on_its_own_scale(gradebook: Gradebook, tmp_path: Path) -> None:
    filled = Moodle(table=table_file(tmp_path, MOODLE)).fill(gradebook, LESSON)
    before, after = lines_of(MOODLE), lines_of(filled.text)
    assert [line["Grade"] for line in after] == ["100", "26.47", "0", "-"]
    assert [line | {"Grade": ""} for line in after] == [line | {"Grade": ""} for line in before]
    assert any("multiplied" in told for told in report(filled))


@pytest.mark.parametrize(("platform", "text"), [(Canvas, CANVAS), (Moodle, MOODLE)])
def test_a_filled_table_can_be_filled_again(
    gradebook: Gradebook, tmp_path: Path, platform: type[Table], text: str
) -> None:
    once = platform(table=table_file(tmp_path, text)).fill(gradebook, LESSON)
    again = platform(table=table_file(tmp_path, once.text)).fill(gradebook, LESSON)
    assert again == once


def test_who_is_not_in_the_table_is_named(gradebook: Gradebook, tmp_path: Path) -> None:
    text = "".join(line for line in CANVAS.splitlines(keepends=True) if "ada" not in line)
    filled = Canvas(table=table_file(tmp_path, text)).fill(gradebook, LESSON)
    assert filled.absent == ("ada",)
    assert any("ada" in told and "not in" in told for told in report(filled))


@pytest.mark.parametrize(
    ("platform", "text", "says"),
    [
        (Canvas, MOODLE, "no column 'Student'"),
        (Moodle, CANVAS, "no column 'Identifier'"),
        (Canvas, CANVAS.replace("Lesson 1: channel", "Something"), "Which assignment"),
        (Canvas, CANVAS.replace("Final Score", "1 channel attention again (13)"), "Which assignment"),
        (Canvas, CANVAS + '"Lovelace, Other",999,S9,ADA,Group B,,,\n', "Several lines fit ada"),
        (Canvas, "", "no column"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_the_reason(
    gradebook: Gradebook, tmp_path: Path, platform: type[Table], text: str, says: str
) -> None:
    with pytest.raises(CourseError, match=says):
        platform(table=table_file(tmp_path, text)).fill(gradebook, LESSON)


def test_a_lesson_that_nobody_graded_is_said(gradebook: Gradebook, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="02_spatial_attention is not in the gradebook"):
        Canvas(table=table_file(tmp_path, CANVAS)).fill(gradebook, "02_spatial_attention")


@pytest.mark.usefixtures("gradebook")
def test_nbgrader_export_takes_the_plugins(database: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "nbgrader", "export", "--exporter=autograder.exports.Canvas"),
            f"--Canvas.table={table_file(tmp_path, CANVAS)}",
            f"--assignment={LESSON}",
            f"--CourseDirectory.db_url={database}",
            "--CourseDirectory.course_id=",
            "--to=for_canvas.csv",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "3 students entered" in done.stderr
    entered = lines_of(tmp_path.joinpath("for_canvas.csv").read_text())
    assert sum(float(list(line.values())[-1] or 0) for line in entered[2:]) == sum(POINTS.values())
