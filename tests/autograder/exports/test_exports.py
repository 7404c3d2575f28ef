"""Points reach Canvas's and Moodle's own tables, and come back as they were."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.exports import Canvas, Moodle, Table, export_summary
from autograder.exports.canvas import is_about
from autograder.exports.tables import names_of, number_in
from autograder.notebooks.nbgrader_settings import quiet_nbgrader
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
    assert [line["Grade"] for line in after] == ["100", "26,47", "0", "-"]
    assert [line | {"Grade": ""} for line in after] == [line | {"Grade": ""} for line in before]
    assert any("multiplied" in told for told in export_summary(filled))


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
    assert any("ada" in told and "not in" in told for told in export_summary(filled))


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


def test_names_that_differ_in_small_and_capital_letters_alone_are_refused() -> None:
    with pytest.raises(CourseError, match="ada and Ada differ only"):
        names_of(["ada", "bob", "Ada"])


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Lesson 01 (55)", True),
        ("Assignment #1 (55)", True),
        ("notebook_1: weights (55)", True),
        ("Channel attention, graded (55)", True),
        ("Quiz 1 (55)", False),
        ("Week 1.5 poll (55)", False),
        ("Lesson 1.5 (55)", False),
        ("Lesson 11 (55)", False),
        ("Lesson 2: after channel attention (55)", False),
        ("Subchannel attention (55)", False),
        ("Lesson 1 Final Score", False),
    ],
)
def test_a_column_is_taken_for_a_lesson_only_when_its_title_says_so(title: str, about: bool) -> None:
    assert is_about(title, LESSON) is about


def test_the_column_that_was_filled_is_always_told(gradebook: Gradebook, tmp_path: Path) -> None:
    filled = Canvas(table=table_file(tmp_path, CANVAS)).fill(gradebook, LESSON)
    assert filled.column in next(export_summary(filled)) and filled.column.startswith("Lesson 1:")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        # A user name that is nobody's here says that the address is somebody else's too.
        ("1,Anna,anna,,ada@y.de\n", []),
        ("1,Anna,,anna,ada@y.de\n", []),
        ("1,Anna,anna,,ada@y.de\n2,Ada,ADA,,\n", [("2", "ada")]),
        # An exact name goes first, wherever it stands.
        ("1,Anna,,,ada@y.de\n2,Ada,,ada,other@y.de\n", [("2", "ada")]),
        ("1,Ada,,77,ada@y.de\n2,Bob,,,bob@school.example\n", [("2", "bob@school.example")]),  # two domains
        ("1,Ada,,77,Ada@y.de\n2,Lou,,,lou@y.de\n", [("1", "ada")]),
    ],
)
def test_an_address_stands_for_a_name_only_when_nothing_speaks_against_it(
    gradebook: Gradebook, tmp_path: Path, lines: str, found: list[tuple[str, str]]
) -> None:
    titles = ["Identifier", "Full name", "Username", "ID number", "Email address"]
    text = f"{','.join(titles)},Grade,Maximum Grade\n" + lines.replace("\n", ",,17\n")
    plugin = Moodle(table=table_file(tmp_path, text))
    owners = plugin.owners(*plugin.read(), names_of(POINTS))
    assert [(line["Identifier"], student) for line, student in owners] == found
    assert plugin.fill(gradebook, LESSON).entered == tuple(student for _, student in found)


def test_the_number_by_which_canvas_counts_people_is_no_name(tmp_path: Path) -> None:
    plugin = Canvas(table=table_file(tmp_path, CANVAS))
    assert list(plugin.owners(*plugin.read(), names_of(["902"]))) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20", 20),
        (" 20.00 ", 20),
        ("20,00", 20),
        ("1,000.00", 1000),
        ("1.000,5", 1000.5),
        ("1 000,00", 1000),
        ("1\u202f000", 1000),
        ("12.50000", 12.5),
        ("0.125", 0.125),
        ("1,000", None),  # a thousand here, one there
        ("(read only)", None),
        ("-", None),
        ("Scale", None),
        ("", None),
    ],
)
def test_numbers_are_read_with_point_and_with_comma(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("platform", "text"),
    [
        (Canvas, CANVAS.replace("17.00", "(read only)")),
        (Canvas, CANVAS.replace("17.00", "0.00")),
        (Moodle, MOODLE.replace('"100,00"', "-")),
        (Moodle, MOODLE.replace('"100,00"', "Good").replace("Maximum Grade", "Scale")),
    ],
)
def test_a_maximum_that_cannot_be_read_is_refused(
    gradebook: Gradebook, tmp_path: Path, platform: type[Table], text: str
) -> None:
    with pytest.raises(CourseError, match=r"cannot be read(.|\n)*where:(.|\n)*do:"):
        platform(table=table_file(tmp_path, text)).fill(gradebook, LESSON)


def test_decimal_commas_and_semicolons_come_back_as_they_were(gradebook: Gradebook, tmp_path: Path) -> None:
    written = io.StringIO()
    table = list(csv.reader(io.StringIO(CANVAS.replace("17.00", '"34,00"'))))
    csv.writer(written, delimiter=";").writerows(table)
    filled = Canvas(table=table_file(tmp_path, written.getvalue())).fill(gradebook, LESSON)
    lines = list(csv.reader(io.StringIO(filled.text), delimiter=";"))
    assert [line[-1] for line in lines[2:6]] == ["34,00", "34", "9", "0"]
    assert filled.scale == 2
    decimal = CANVAS.replace("17.00", '"17,00"').replace("10.00", '"10,00"')
    assert '"4,5"' in Canvas(table=table_file(tmp_path, decimal)).fill(gradebook, LESSON).text
    assert ",4.5" in Canvas(table=table_file(tmp_path, CANVAS)).fill(gradebook, LESSON).text


def test_lines_that_cannot_be_changed_are_left_alone_and_named(gradebook: Gradebook, tmp_path: Path) -> None:
    text = MOODLE.replace('cyd_1@school.example,Submitted,50,"100,00",Yes', 'cyd_1@x.de,Done,50,"100,00",No')
    text = text.replace("78", "cyd_1")
    filled = Moodle(table=table_file(tmp_path, text)).fill(gradebook, LESSON)
    assert [line["Grade"] for line in lines_of(filled.text)][2] == "50"
    assert filled.locked == ("cyd_1",) and "cyd_1" not in (*filled.entered, *filled.absent, *filled.waiting)
    assert any("cyd_1" in told and "left alone" in told for told in export_summary(filled))


GERMAN = """ID;Name;ID-Nummer;E-Mail-Adresse;Status;Bewertung;Bestwertung;Bewertung kann geändert werden
Teilnehmer/in1;Ada;ada;countess@school.example;Abgegeben;;100,00;Ja
Teilnehmer/in2;Bob;77;bob@school.example;Abgegeben;;100,00;Ja
Teilnehmer/in3;Cyd;78;cyd_1@school.example;Abgegeben;;100,00;Ja
"""


def test_a_worksheet_in_another_language_is_filled_when_its_column_is_named(
    gradebook: Gradebook, tmp_path: Path
) -> None:
    given = table_file(tmp_path, GERMAN)
    with pytest.raises(CourseError, match="--column"):
        Moodle(table=given).fill(gradebook, LESSON)
    filled = Moodle(table=given, column="Bewertung").fill(gradebook, LESSON)
    assert [line.split(";")[5] for line in filled.text.splitlines()] == ["Bewertung", "100", "26,47", "0"]
    assert filled.absent == () and any("does not say in English" in told for told in export_summary(filled))
    with pytest.raises(CourseError, match="cannot be read"):
        Moodle(table=given, column="Bestwertung").fill(gradebook, LESSON)


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
