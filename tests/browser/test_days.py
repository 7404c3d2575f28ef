"""A student's and an instructor's day, from opening the lesson to reading the feedback."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import visit
from days import LESSON, instructor_day, read_feedback, read_report, student_day
from places import instructor, student
from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


def test_from_opening_the_lesson_to_reading_the_feedback(browser: Browser, tmp_path: Path) -> None:
    for name in ("ada", "teacher"):
        tmp_path.joinpath(name).mkdir()
    ada, teacher = student(tmp_path / "ada", LESSON), instructor(tmp_path / "teacher", LESSON)
    with visit(browser) as seen:
        handed_in = student_day(seen.page, ada)
    assert seen.elsewhere == [] and ada.elsewhere == []
    with visit(browser) as seen:
        page = instructor_day(seen.page, teacher, handed_in)
    assert seen.elsewhere == [] and teacher.elsewhere == []
    with visit(browser) as seen:
        read_feedback(seen.page, page)
        read_report(seen.page, teacher)
    assert seen.elsewhere == [] and teacher.elsewhere == []


def test_a_request_that_leaves_the_machine_is_noticed(browser: Browser) -> None:
    with visit(browser) as seen:
        seen.page.set_content('<img src="http://192.0.2.1/seen.png"><img src="data:image/png;base64,">')
    assert seen.elsewhere == ["http://192.0.2.1/seen.png"]
