"""An instructor's evening: the numbers of each step add up, and a wrong one would be seen."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.course_folder import CourseFolder
from autograder.demo.large_class import LargeClassRun, Step, make_members, run_large_class
from autograder.demo.sample_classes import make_folder
from autograder.keys import class_keys, lesson_solutions
from autograder.report.results import read_results
from course_lib.checks.answer_key import public_key
from course_lib.cli import make_app
from course_lib.errors import CourseError
from course_lib.lessons import find_lesson
from course_lib.paths import project_root
from course_lib.submission_format import STUDENT

ROOT = project_root()
LESSONS = [find_lesson("01"), find_lesson("02")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evening") / "class"


@pytest.fixture(scope="module")
def evening(folder: Path) -> LargeClassRun:
    """Twelve students: the whole sample class, an older attempt, and one whose mistake has no name."""
    make_folder(CourseFolder(ROOT), CourseFolder(folder))
    exercises = [exercise for lesson in LESSONS for exercise in lesson_solutions.read(lesson).answers]
    with class_keys.using_keys({exercise: public_key(exercise) for exercise in exercises}):
        return run_large_class(CourseFolder(ROOT), LESSONS, 12, CourseFolder(folder))


@pytest.mark.slow
def test_every_number_of_an_evening_adds_up(evening: LargeClassRun, folder: Path) -> None:
    assert [step for step in evening.steps if not step.agrees] == []
    assert {step.lesson for step in evening.steps} == set(LESSONS)
    assert all(path.is_file() for _, path in evening.files)
    assert {path.suffix for _, path in evening.files} == {".zip", ".html", ".csv"}
    for lesson in LESSONS:
        unnamed = [
            student
            for exercise in read_results(CourseFolder(folder), lesson).exercises
            for student, answer in read_results(CourseFolder(folder), lesson).answers(exercise)
            if answer.outcome == "wrong"
        ]
        assert unnamed


@pytest.mark.slow
def test_the_commands_give_what_the_evening_gave(evening: LargeClassRun, folder: Path) -> None:
    run, page, table = CliRunner().invoke, folder / "page.html", folder / "table.csv"
    done = run(make_app(), ["report", "01", "--class", str(folder), "--out", str(page)])
    assert (
        done.exit_code == 0 and page.read_bytes() == folder.joinpath(f"report/{LESSONS[0]}.html").read_bytes()
    )
    done = run(make_app(), ["report", "01", "--class", str(folder), "--hide-names", "--json"])
    told = json.loads(done.stdout)
    assert told["summary"]["students"] == 12 and told["misconceptions"] and told["unnamed"]
    assert make_members(LESSONS[0], 12)[0].student not in done.stdout
    given = folder / f"downloads/{LESSONS[0]}_from_moodle.csv"
    done = run(
        make_app(), ["export", "01", "--class", str(folder), "--moodle", str(given), "--out", str(table)]
    )
    assert done.exit_code == 0 and "12 students entered" in done.stdout
    assert table.read_bytes() == folder.joinpath(f"downloads/{LESSONS[0]}_for_moodle.csv").read_bytes()
    done = run(make_app(), ["export", "01", "--class", str(folder)])
    assert isinstance(done.exception, CourseError) and "Which table?" in str(done.exception)


def test_a_large_class_is_varied_the_same_each_time_and_can_be_named() -> None:
    members = make_members(LESSONS[0], 300)
    assert members == make_members(LESSONS[0], 300)
    assert len({member.student.casefold() for member in members}) == 300
    assert all(STUDENT.fullmatch(member.student) for member in members)
    assert len({member.expected for member in members}) > 10
    assert 0 < sum(member.expected is None for member in members) < 30
    assert 0 < sum(member.torn for member in members) < 30


def test_a_step_whose_numbers_differ_does_not_agree() -> None:
    assert Step("01", "graded", 300, 300).agrees
    assert not Step("01", "graded", 300, 299).agrees
