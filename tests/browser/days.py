"""A student's and an instructor's day with lesson 01, in the real programs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import lab_notebook as notebook
from places import Place
from playwright.sync_api import FrameLocator, Page, expect

from autograder.keys import lesson_solutions, misconceptions

LESSON, STUDENT = "01_channel_attention", "ada"
WRITTEN = (
    "A gate says how far a channel is opened, not how large the channel is: $s_7 = 0.9$ on a dead channel "
    "passes nothing. To know how much channel 7 matters I would set it to zero and look at the accuracy."
)
COMMENT = "Good: a reason and a measurement. Compare it with a channel that is known to be noise."
POINTS = 2

# Called at each step with the page, a short name and what is to be seen; the tests look away.
See = Callable[[Page, str, str], None]


def look_away(page: Page, name: str, words: str) -> None:
    """For when nobody wants pictures."""


@dataclass(frozen=True)
class Answers:
    """What the student types: source by exercise; and the headline of each mistake."""

    right: dict[str, str]
    wrong: dict[str, str]
    named: dict[str, str]


def answers() -> Answers:
    """From the lesson's solution and its known mistakes."""
    lesson = lesson_solutions.read(LESSON)
    known = {
        (wrong.exercise, wrong.misconception.id): wrong
        for wrong in misconceptions.misconceptions_of(LESSON)[0]
    }
    taken = [known["squeeze", "maximum"], known["excitation", "softmax"]]
    return Answers(
        {name: clean(source) for name, source in lesson.solutions.items()},
        {wrong.exercise: clean(lesson_solutions.wrong_source(lesson, wrong)) for wrong in taken},
        {wrong.exercise: wrong.misconception.title for wrong in taken},
    )


def clean(source: str) -> str:
    """A solution without the marks around it."""
    return "\n".join(line for line in source.splitlines() if "### " not in line)


def student_day(page: Page, place: Place, see: See = look_away) -> Path:
    """Work on the lesson and hand it in; returns the file to upload."""
    typed = answers()
    with place.lab() as address:
        notebook.open_notebook(page, address, LESSON)
        expect(page.get_by_role("menubar")).not_to_contain_text("Nbgrader")  # no tools for instructors
        see(page, "student_1_open", "JupyterLab with lesson 01 open, and the list of files beside it.")

        exercise = notebook.cell(page, "def squeeze(x: keras.KerasTensor")
        check = notebook.cell(page, 'check("squeeze", squeeze)')
        card = notebook.run_to(page, check)
        expect(card).to_contain_text("Not filled in yet.")
        see(page, "student_2_stub", "The card below the first exercise says that it is not filled in yet.")

        notebook.write(page, exercise, typed.wrong["squeeze"])
        notebook.run(page, exercise)
        notebook.run(page, notebook.cell(page, "def your_squeeze()"))
        card = notebook.run(page, check)
        expect(card).to_contain_text(typed.named["squeeze"])
        see(page, "student_3_mistake", f"The card names the mistake: {typed.named['squeeze']}")

        notebook.write(page, exercise, typed.right["squeeze"])
        notebook.run(page, exercise)
        notebook.run(page, notebook.cell(page, "def your_squeeze()"))
        card = notebook.run(page, check)
        expect(card).to_contain_text("3 of 3 points")
        see(page, "student_4_right", "The card of a right answer: 3 of 3 points.")

        # One mistake stays, and one written answer waits for a person. The rest is left open.
        other = notebook.cell(page, "def excitation(z: keras.KerasTensor")
        notebook.write(page, other, typed.wrong["excitation"])
        notebook.write_words(page, notebook.cell(page, "Write your answer here"), WRITTEN)
        box = notebook.validate(page)
        expect(box).to_contain_text(typed.named["excitation"])
        expect(box).not_to_contain_text('check("squeeze", squeeze)')
        expect(box.get_by_text("The following cell failed:")).to_have_count(5)  # one wrong, four open
        see(page, "student_5_validate", "The button Validate lists the cells that do not pass yet.")
        box.get_by_role("button", name="Ok").click()
        notebook.save(page)
        expect(page.get_by_text("Jupyter news")).to_have_count(0)  # nobody is asked about them
    said = place.course("submit", LESSON[:2], "--as", STUDENT)
    assert f"excitation: {typed.named['excitation']}" in said, said
    assert "channel_attention: not filled in yet" in said, said
    assert "squeeze:" not in said, said
    (path,) = place.folder.joinpath("hand_in").iterdir()
    assert str(path) in said, said
    return path


def instructor_day(page: Page, place: Place, handed_in: Path, see: See = look_away) -> Path:
    """Collect, grade, grade the written answer by hand, make feedback; returns the page of feedback."""
    downloads = place.beside / "downloads" / "Ada Lovelace_99_assignsubmission_file_"
    downloads.mkdir(parents=True)
    shutil.copy(handed_in, downloads)
    assert place.course("collect", str(downloads.parent)).startswith("1 collected")
    table = place.course("grade", LESSON[:2])
    assert re.search(rf"{STUDENT} .* 3 to come", table), table
    with place.lab() as address:
        page.goto(address)
        notebook.choose(page, "Nbgrader", "Formgrader")
        grader = page.frame_locator("#formgrader iframe")
        grader.get_by_role("link", name=LESSON).first.scroll_into_view_if_needed()
        see(page, "instructor_1_formgrader", "The formgrader in JupyterLab lists the lessons.")
        grader.get_by_role("link", name="Manual Grading").click()
        grader.get_by_role("link", name=LESSON).click()
        grader.get_by_role("link", name=LESSON).click()
        waiting = grader.get_by_role("link", name="Submission #1")
        expect(waiting).to_be_visible()
        see(page, "instructor_2_submissions", "The submissions of the lesson; one needs a person.")
        waiting.click()
        grade_by_hand(page, grader, see)
    again = place.course("grade", LESSON[:2])
    assert "1 of them unchanged" in again and "to come" not in again, again
    return place.folder / "feedback" / STUDENT / LESSON / f"{LESSON}.html"


def grade_by_hand(page: Page, grader: FrameLocator, see: See) -> None:
    """Read the verdicts of a submission, and give points and a comment to its written answer."""
    named = answers().named["excitation"]
    card = grader.locator(".output_html").filter(has_text=named).first
    expect(card).to_be_visible()
    expect(grader.locator("#check_squeeze")).to_have_attribute("placeholder", "3")  # given by the course
    expect(grader.locator("math").first).to_be_visible()
    card.scroll_into_view_if_needed()
    see(page, "instructor_3_verdict", f"The card of a mistake in the formgrader: {named}")
    points = grader.locator("#written_channel")
    expect(points).to_have_value("")
    with notebook.put(page, "/api/grade/"):
        points.fill(str(POINTS))
        points.press("Tab")
    comment = grader.locator("#written_channel-comment")
    with notebook.put(page, "/api/comment/"):
        comment.fill(COMMENT)
        comment.press("Tab")
    comment.scroll_into_view_if_needed()
    see(page, "instructor_4_by_hand", "The written answer with points and a comment given by hand.")


def read_feedback(page: Page, path: Path, see: See = look_away) -> None:
    """Open a page of feedback as its student does."""
    page.goto(path.as_uri())
    # 3 for squeeze, 1 for the mistake in excitation, and those given by hand.
    expect(page.get_by_role("heading", name=LESSON)).to_contain_text(f"Score: {4 + POINTS}.0 / 20.0")
    see(page, "feedback_1_score", "The page of feedback begins with the points of each part.")
    expect(page.get_by_text(answers().named["excitation"]).first).to_be_visible()
    expect(page.locator("math").first).to_be_visible()
    answer = page.locator(".nbgrader_cell").filter(has_text=COMMENT)
    expect(answer).to_contain_text(f"Score: {POINTS}.0 / 3.0")
    page.get_by_text(COMMENT).first.scroll_into_view_if_needed()
    see(page, "feedback_2_comment", "The written answer with the points and the comment of the instructor.")


def read_report(page: Page, place: Place, see: See = look_away) -> None:
    """Make the page about the class, and open it."""
    said = place.course("report", LESSON[:2])
    path = Path(said.strip().removeprefix("Report: "))
    page.goto(path.as_uri())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(answers().named["excitation"]).first).to_be_visible()
    see(page, "report", "The report of a class of one: points, misconceptions, who needs a person's eye.")
