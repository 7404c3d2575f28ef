"""The class report: its numbers are right, it hides names when asked, and it is one small, harmless file."""

import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.report.items import analyse, correlation, misread
from autograder.report.name_hiding import LEFT_OUT, code_alone, without_names
from autograder.report.page import (
    MOST_GROUPS,
    histogram,
    looks,
    render_report,
    report_data,
    summary,
    with_code_spans,
)
from autograder.report.results import Answer, ClassResults, StudentResult
from autograder.report.similarity import groups
from course_lib.checks.exercise import all_exercises
from course_lib.cli import make_app

EXERCISES = ("squeeze", "excitation", "channel_attention", "se_parameters")
MEAN = "def squeeze(x, name):\n    return keras.ops.mean(x, axis=(1, 2)) + 1\n"
MEAN_RENAMED = (
    "def squeeze(feature_map, label):\n    # mean\n    return keras.ops.mean(feature_map, axis=(1, 2)) + 1\n"
)
OTHER = "def squeeze(x, name):\n    for row in range(3):\n        x = layers.Dense(4)(x)\n    return None\n"


def answer(
    exercise: str = "squeeze",
    points: float = 4,
    outcome: str = "right",
    misconception: str | None = None,
    source: str = MEAN,
    headline: str = "All is right.",
) -> Answer:
    failed = () if outcome == "right" else ("numbers",)
    return Answer(exercise, points, 4, outcome, misconception, headline, failed, source)


def result(student: str, *answers: Answer, outcome: str = "graded", remarks: str = "") -> StudentResult:
    return StudentResult(student, sum(a.points for a in answers), 16, 0, outcome, remarks, answers)


def results(*members: StudentResult) -> ClassResults:
    return ClassResults("01_channel_attention", members, {name: f"Section of {name}" for name in EXERCISES})


def a_class(count: int) -> ClassResults:
    """A class in which the first know everything and the last nothing, in steps."""
    members = []
    for number in range(count):
        solved = len(EXERCISES) * (count - number) // count
        members.append(
            result(
                f"student{number:03}",
                *(
                    answer(name)
                    if place < solved
                    else answer(name, 1, "misconception", "max", headline=f"{name} takes the largest value")
                    if number % 2
                    else answer(name, 0, "wrong", source=(MEAN, MEAN_RENAMED, OTHER)[number % 3])
                    for place, name in enumerate(EXERCISES)
                ),
            )
        )
    return results(*members)


def test_facility_and_passing_are_shares_of_those_who_were_judged() -> None:
    found = results(
        result("ada", answer(points=4)),
        result("bob", answer(points=2, outcome="wrong")),
        result("cyd", answer(points=0, outcome="wrong")),
        result("dan", outcome="unreadable"),
    )
    (item,) = analyse(found)
    assert (item.judged, item.passed, item.facility) == (3, pytest.approx(1 / 3), pytest.approx(0.5))
    assert item.outcomes == {"wrong": 2, "right": 1}
    titles = {criterion.id: criterion.title for criterion in all_exercises()["squeeze"].criteria}
    assert item.failed == {titles.get("numbers", "numbers"): 2}


def test_discrimination_is_the_correlation_with_all_other_exercises() -> None:
    points = [(4, 4), (4, 3), (3, 4), (1, 0), (0, 1)]
    found = results(
        *(
            result(f"s{place}", answer("squeeze", first), answer("excitation", second))
            for place, (first, second) in enumerate(points)
        )
    )
    # By hand: means 2.4 and 2.4, covariance sum 11.2, square sums 13.2 and 13.2.
    assert [item.discrimination for item in analyse(found)] == [pytest.approx(11.2 / 13.2)] * 2


def test_discrimination_is_left_out_where_it_means_nothing() -> None:
    assert correlation([1.0, 2, 3, 4], [1.0, 2, 3, 4]) is None  # four are too few
    assert correlation([1.0] * 6, [1.0, 2, 3, 4, 5, 6]) is None  # the same for all


def test_misconceptions_are_counted_once_where_one_follows_from_another() -> None:
    first = answer("squeeze", 1, "misconception", "max", headline="`squeeze` takes the largest value")
    follows = answer(
        "channel_attention", 2, "misconception", "max", headline="here `squeeze` takes the largest value"
    )
    alone = answer("excitation", 1, "misconception", "softmax", headline="softmax")
    found = misread(results(result("ada", first, follows), result("bob", first, alone)))
    assert [(each.exercise, each.id, each.students) for each in found] == [
        ("squeeze", "max", ("ada", "bob")),
        ("excitation", "softmax", ("bob",)),
    ]


def test_unnamed_wrong_answers_are_grouped_by_likeness_whatever_they_are_called() -> None:
    found = groups(
        results(
            result("ada", answer(points=0, outcome="wrong", source=MEAN)),
            result("bob", answer(points=0, outcome="wrong", source=MEAN_RENAMED)),
            result("cyd", answer(points=0, outcome="wrong", source=OTHER)),
            result("dan", answer()),
            result("eve", answer(points=0, outcome="error", source="def squeeze(x, name)\n    'open")),
        )
    )
    assert set(found[0].students) == {"ada", "bob"}
    assert sorted(len(group.students) for group in found) == [1, 1, 2]


def test_the_most_urgent_stand_first() -> None:
    found = looks(
        (
            result("ada", answer()),
            result("bob", answer(points=0, outcome="memory")),
            result("cyd", answer(points=0, outcome="tampered")),
            result("dan", outcome="unreadable", remarks="cut off"),
            result("eve", answer(), remarks="handed in twice"),
        )
    )
    assert [each.student for each in found] == ["dan", "cyd", "bob", "eve"]


def test_the_histogram_holds_who_has_more_than_all_points_and_who_has_less_than_none() -> None:
    members = tuple(StudentResult(f"s{points}", points, 10, 0, "graded", "") for points in (12, 10, 5, 0, -1))
    bars = histogram(members)
    assert [bar.count for bar in bars] == [2, *[0] * 4, 1, *[0] * 3, 2]
    assert summary(members).full == 2


@pytest.mark.parametrize(("count", "more"), [(MOST_GROUPS, 0), (MOST_GROUPS + 3, 3)])
def test_groups_that_the_page_has_no_room_for_are_counted(count: int, more: int) -> None:
    found = results(
        *(
            result(f"s{n}", answer(points=0, outcome="wrong", source=f"{n}\n{n}{n}\n{n} + {n}\n" * 3))
            for n in range(1, count + 1)
        )
    )
    assert len(groups(found)) == count
    assert (f"And {more} more" in render_report(found)) is bool(more)


def test_the_histogram_holds_everyone_the_best_too() -> None:
    members = a_class(30).results
    bars = histogram(members)
    assert sum(bar.count for bar in bars) == 30
    assert bars[-1].count >= sum(member.points == 16 for member in members) > 0
    assert summary(members).full == sum(member.points == 16 for member in members)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_asks_for_nothing_and_holds_everyone(count: int) -> None:
    found = a_class(count)
    page = render_report(found)
    assert all(page.count(member.student) for member in found.results)
    assert not re.search(r"<script|<link|<img|<iframe|https?://|@import|url\(|\son\w+=", page)
    assert balanced(page)


def test_a_class_of_which_nothing_could_be_read_has_a_page() -> None:
    page = render_report(results(result("ada", outcome="unreadable", remarks="cut off")))
    assert "cut off" in page and balanced(page)


def test_a_page_for_300_is_small_and_quick() -> None:
    """The limits that the page must keep, with much room: 5 seconds and 2 MB."""
    begun = time.monotonic()
    page = render_report(a_class(300))
    assert len(page.encode()) < 2_000_000
    assert time.monotonic() - begun < 60  # a hang, not a measurement


def test_what_students_wrote_is_text_not_markup() -> None:
    evil = "<script>alert(1)</script>"
    found = results(
        result(
            "ada",
            answer(points=0, outcome="wrong", source=f"def squeeze(x):\n    '{evil}'", headline=evil),
            remarks=evil,
        )
    )
    page = render_report(found)
    assert evil not in page and "&lt;script&gt;" in page


def test_backticks_become_code_and_stay_harmless() -> None:
    assert with_code_spans("take `a < b`, not <b>`c`</b>") == (
        "take <code>a &lt; b</code>, not &lt;b&gt;<code>c</code>&lt;/b&gt;"
    )


def test_names_are_hidden_everywhere_when_asked() -> None:
    found = without_names(
        results(
            result(
                "ada@school.edu",
                answer(points=0, outcome="wrong", source="# by ada\n" + MEAN),
                answer("excitation", 0, "error", headline="NameError: name 'grace_pool'"),
                remarks="Ada handed in twice; files left out: ada_notes.txt, AdaLovelace.pdf, my Lovelace",
            ),
            result("bob", answer()),
            result("grace", answer(points=1, outcome="misconception", misconception="max")),
            result("bo", answer(points=0, outcome="wrong", source="bo_pool = grace_pool(x)  # Bo")),
            result("eve", outcome="missing", remarks="no 01.ipynb; found Ada L.ipynb: rename it"),
        )
    )
    assert [member.student for member in found.results] == [f"student {place}" for place in range(1, 6)]
    for told in (render_report(found), str(report_data(found))):
        pools = re.search(r"student_(\d)_pool = student_(\d)_pool\(x\)", told)
        assert pools and pools[1] != pools[2] and "rename it" in told
        assert re.search(r"student \d_pool", told)
        assert not re.search(r"(?i)\bada|bob|grace|\beve\b|school|Lovelace|\bbo_", told)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('def f(x):\n    """By Ada."""\n    return x  # Ada\n', 'def f(x):\n    ""\n    return x  \n'),
        ("print('''Ada\ntold''', b'me') + 1", 'print("", "") + 1'),
        ('y = f"Ada {x[1]:{1}} {{}}" + "é"\r\nz = 2  # é', 'y = "" + ""\nz = 2  '),
        ("def squeeze(x, name)\n    'Ada", LEFT_OUT),
        ("x = (1,  # Ada\n", LEFT_OUT),
        ("", ""),
    ],
)
def test_code_is_shown_without_comments_and_texts(source: str, shown: str) -> None:
    assert code_alone(source) == shown


def test_the_page_without_names_lies_beside_the_one_with_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = tmp_path / "notebooks/01_channel_attention/01_channel_attention.ipynb"
    lesson.parent.mkdir(parents=True)
    lesson.touch()
    monkeypatch.setattr("autograder.report.results.read_results", lambda root, name: a_class(3))
    monkeypatch.setattr("autograder.submissions.roster.withdrawn_students", lambda root, name: [])
    for options in ([], ["--hide-names"]):
        done = CliRunner().invoke(make_app(), ["report", "01", "--class", str(tmp_path), *options])
        assert done.exit_code == 0, done.output
    hidden = tmp_path / "report/01_without_names.html"
    assert "student000" in tmp_path.joinpath("report/01_channel_attention.html").read_text()
    assert "student000" not in hidden.read_text()
    assert "Everyone" not in hidden.read_text() and ">who<" not in hidden.read_text()


class Balance(HTMLParser):
    """Follows opening and closing tags."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fits = True

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in {"meta", "br", "link", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.fits &= bool(self.open) and self.open.pop() == tag


def balanced(page: str) -> bool:
    parser = Balance()
    parser.feed(page)
    return parser.fits and not parser.open
