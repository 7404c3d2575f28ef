"""Numbers in the lessons' text: rendered from results, and found when typed by hand."""

import json
from pathlib import Path

import pytest
from test_ledger import edit, measure
from typer.testing import CliRunner

from authoring.building import build_lessons, claim_problems
from course_lib.cli import make_app
from course_lib.errors import CourseError
from course_lib.paths import project_root

SOURCE = "solutions/01_small/01_small.py"


def write(course: Path, text: str, header: str = "# %% [markdown]") -> None:
    lines = "\n".join(f"# {line}".rstrip() for line in text.splitlines())
    course.joinpath(SOURCE).write_text(f"{header}\n{lines}\n")


def test_both_notebooks_show_the_result_and_their_cells_keep_their_ids(course: Path) -> None:
    measure(course)
    build_lessons(course)
    made = [course / f"{folder}/01_small/01_small.ipynb" for folder in ("solutions", "notebooks")]
    cells = [json.loads(path.read_text())["cells"][0] for path in made]
    assert all("Sums reach 0.83." in "".join(cell["source"]) for cell in cells)
    assert build_lessons(course, check=True) == []

    edit(course, "STEP = 0.01", "STEP = 0.02")
    measure(course)
    assert {drift.path for drift in build_lessons(course)} == set(made)
    after = [json.loads(path.read_text())["cells"][0] for path in made]
    assert all("Sums reach 0.86." in "".join(cell["source"]) for cell in after)
    assert [cell["id"] for cell in after] == [cell["id"] for cell in cells]


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("{{claim:01.sums_lose:mean}}", "names no claim; did you mean 01.sums_win?"),
        ("{{claim:01.sums_win:median}}", "'median' is not a form of a result; choose one of mean, against"),
        ("{{claim:01.sums_win}}", "is not a marker; write {{claim:NN.name:form}}"),
        ("{{clam:01.sums_win:mean}}", "is not a marker"),
    ],
)
def test_a_marker_that_names_nothing_stops_the_build(course: Path, marker: str, message: str) -> None:
    measure(course)
    write(course, f"# Title\n\nIt reaches {marker} here.")
    with pytest.raises(CourseError) as caught:
        build_lessons(course)
    assert f"{course / SOURCE}:4: {marker}" in str(caught.value)
    assert message in str(caught.value)


def test_braces_in_code_and_formulas_are_left_alone(course: Path) -> None:
    measure(course)
    text = "# Title\n\n`{{claim:01.sums_win:mean}}` and $\\frac{{a}}{b}$ and {{claim:01.sums_win:mean}}"
    write(course, text)
    assert claim_problems(course) == []
    build_lessons(course)
    (cell,) = json.loads(course.joinpath("solutions/01_small/01_small.ipynb").read_text())["cells"]
    assert "".join(cell["source"]) == text.replace("and {{claim:01.sums_win:mean}}", "and 0.83")


def test_a_claim_without_a_result_stops_the_build(course: Path) -> None:
    with pytest.raises(
        CourseError, match=r"01_small\.py:3: .* has no result: 0 of 10 runs .*course claims run"
    ):
        build_lessons(course)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("accuracy rises from 91.2 % to 92.0 %", ["91.2 %", "92.0 %"]),
        ("right in 82 of 100 cases", ["82 of 100"]),
        ("an AUROC of 0.93, and −0.5.", ["0.93", "−0.5"]),
        ("**91%** of the maps, 3 percent of the rest", ["91%", "3 percent"]),
        ("| a | 0.91 |", ["0.91"]),
        ("2.5 times as fast, 3 times faster", ["2.5", "3 times faster"]),
        ("The gap is 18 points, or 3 percentage points.", ["18 points", "3 percentage points"]),
        ("an AUROC of .93, 3/4 of them, 4 in 5", [".93", "3/4", "4 in 5"]),
        ("accuracy 91, right 78 times", ["accuracy 91", "78 times"]),
        (
            "Ninety percent, eighty-five per cent, nine in ten",
            ["Ninety percent", "eighty-five per cent", "nine in ten"],
        ),
        ("78&nbsp;% of them, **91** %", ["78 %", "91** %"]),
        ("_0.93_ and 9e-1, 2.3x, 12 pp", ["0.93", "9e-1", "2.3x", "12 pp"]),
        ("a 12-point gain, nine of ten", ["12-point", "nine of ten"]),
        ("a 3×3 kernel, 2x2 pooling, 4 x 4 pixels, map_2 and x2", []),
        ("**4 points · difficulty**, one of three weights, twice, at epoch 3, on 2020/01/02", []),
        ("4 × 4 pixels, 16 channels, lesson 02, r = 16, 60,000 images, in 2018", []),
        ("`0.5` and $\\sigma = 0.5$ and\n\n$$\nx = 0.25\n$$\n\n```\n0.125\n```", []),
        ("[arXiv:1709.01507](https://arxiv.org/abs/1709.01507), https://doi.org/10.1038/s41586", []),
        ("version 3.11.2", []),
        ('<img width="12.5"> and {{claim:01.sums_win:mean}}', []),
    ],
)
def test_numbers_that_look_measured_are_found(course: Path, text: str, numbers: list[str]) -> None:
    measure(course)
    write(course, f"# Title\n\n{text}")
    found = claim_problems(course)
    assert [problem.split("'")[1] for problem in found] == numbers
    assert all(problem.startswith(f"{SOURCE}:4: the number") for problem in found)


def test_numbers_in_what_code_prints_are_found(course: Path) -> None:
    measure(course)
    code = """\
# %% worked="0.25"
rate = 0.5
print("one line")
print(
    f"the map hits 78 %, AUROC 0.98, a quarter is 0.25, {rate:.0%} {rate:.2f} {100 * 0.75:.0f} %"
)
figures.show(fig, alt="A bar at 0.7", width="0.9")
print(f"hit {93} of 100, {0.6:.1f}, {rate} of 100, {names['0.8']}")
figures.show(fig, f"A bar at {rate}, a line at 0.4")
show("0.1")
"""
    course.joinpath(SOURCE).write_text("# %% [markdown]\n# # Title\n\n" + code)
    found = claim_problems(course)
    assert [problem.split("'")[1] for problem in found] == [
        "78 %", "0.98", "0.7", "93 of 100", "0.6", "0.8", "0.4",
    ]  # fmt: skip
    assert [int(problem.split(":")[1]) for problem in found] == [8, 8, 10, 11, 11, 11, 12]
    build_lessons(course)
    for path in course.glob("*/01_small/01_small.ipynb"):
        assert "worked" not in path.read_text()


def test_a_worked_number_is_declared_in_the_header_of_its_cell(course: Path) -> None:
    measure(course)
    header = '# %% [markdown] worked="0.5 95 %"'
    write(course, "Half is 0.5, in 95 % of all cases.", header)
    assert claim_problems(course) == []
    build_lessons(course)
    for path in course.glob("*/01_small/01_small.ipynb"):
        assert "worked" not in json.loads(path.read_text())["cells"][0]["metadata"]
    write(course, "Half is 0.6, in 95 % of all cases.", header)
    (problem,) = claim_problems(course)
    assert "'0.6'" in problem and 'add worked="0.6" to the header of its cell, line 1' in problem


def test_the_check_fails_on_a_stale_result_and_says_what_to_do(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("authoring.cli.build.project_root", lambda: course)
    monkeypatch.setattr("authoring.building.build_public_keys", lambda check, say: [])
    measure(course)
    build_lessons(course)
    command = make_app()
    assert "still to do" not in CliRunner().invoke(command, ["build"]).output
    assert CliRunner().invoke(command, ["build", "--check"]).exit_code == 0
    edit(course, "STEP = 0.01", "STEP = 0.02")
    result = CliRunner().invoke(command, ["build", "--check"])
    assert result.exit_code == 1
    assert "claims/lesson_01.py: 01.sums_win is stale" in result.output
    assert "run `course claims run 01 sums`" in result.output
    said = CliRunner().invoke(command, ["build"])
    assert said.exit_code == 0 and "still to do: claims/lesson_01.py: 01.sums_win is stale" in said.output


def test_the_lessons_state_only_what_was_measured() -> None:
    assert claim_problems(project_root()) == []
