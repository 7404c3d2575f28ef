"""Formulas of a page are drawn without a script, and what a student writes in one stays harmless."""

import json
import re
from pathlib import Path

import pytest
from nbconvert import HTMLExporter
from nbconvert.filters import markdown2html
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.converters import GenerateFeedback

from autograder.course_folder import CourseFolder
from autograder.notebooks.nbgrader_settings import course_directory, load_settings
from autograder.pages.mathml import FORMULA, LONGEST, draw, has_unknown_command, mathml, with_equations
from autograder.pages.sanitising import clean_text
from course_lib.paths import project_root


def page(text: str) -> str:
    """Words as the formgrader and feedback show them."""
    return clean_text(markdown2html(text))


LESSONS = sorted(project_root().glob("notebooks/*/*.ipynb"))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_formula_of_the_lessons_is_drawn(path: Path) -> None:
    cells = json.loads(path.read_text())["cells"]
    words = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    found = [formula for text in words for formula in FORMULA.finditer(text)]
    assert [formula[0] for formula in found if not draw(formula)] == []
    for text in words:
        assert not FORMULA.search(re.sub(r"<(code|pre)\b.*?</\1>|<[^>]*>", "", page(text), flags=re.S))


def test_no_formula_of_the_lessons_shows_a_command() -> None:
    """Neither on the site nor in feedback, which draw them alike: lesson 08 has ⌈ ⌉ around a fraction."""
    drawn = {
        formula[0]: draw(formula)
        for path in LESSONS
        for cell in json.loads(path.read_text())["cells"]
        if cell["cell_type"] == "markdown"
        for formula in FORMULA.finditer("".join(cell["source"]))
    }
    assert len(drawn) > 200
    assert [latex for latex, formula in drawn.items() if has_unknown_command(formula)] == []
    with_ceiling = [formula for latex, formula in drawn.items() if "lceil" in latex]
    assert with_ceiling and all("⌈" in formula and "⌉" in formula for formula in with_ceiling)
    shown = page(r"$$\Big\lceil \frac{h}{2} \Big\rceil$$")
    assert "⌈" in shown and "⌉" in shown


def test_an_unknown_command_is_noticed() -> None:
    assert has_unknown_command(mathml(r"\nosuchthing{x}", "inline"))
    assert not has_unknown_command(mathml(r"\frac{1}{2}", "inline"))


@pytest.mark.parametrize(
    ("text", "display"),
    [("so $a < b$ holds", "inline"), ("$$a < b$$", "block"), (r"\begin{align}a < b\end{align}", "block")],
)
def test_a_formula_becomes_mathml_and_keeps_its_words(text: str, display: str) -> None:
    drawn = page(text)
    assert f'display="{display}"' in drawn
    assert "<mo>&lt;</mo>" in drawn
    assert re.search('alttext="[^"]*a &lt; b', drawn)


def test_code_prices_and_nonsense_stay_as_they_were_typed() -> None:
    for text in ("`$x$`", "it costs $5", r"$\frac$", "$" + "x" * LONGEST + "y$", r"$\def\a{\b\b}\a$"):
        assert page(text) == clean_text(markdown2html(text))
        assert "<math" not in page(text)


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{position:fixed}{x}",
        r"\class{alert}{x}",
        r"\hspace{-50em} x",
        r"\raise{90em}{x}",
        r"\textcolor{red}{x}",
    ],
)
def test_a_formula_cannot_act_or_lead_elsewhere_or_cover_other_words(latex: str) -> None:
    drawn = with_equations(f"<p>${latex.replace('<', '&lt;').replace('>', '&gt;')}$</p>")
    inside = re.sub(r' alttext="[^"]*"', "", drawn)
    assert "<math" in inside
    tags = "".join(re.findall(r"<[^>]*>", inside))
    assert not re.search(r"script|href|style=|class=|50em|90em|color", tags)


def test_pages_ask_for_no_script() -> None:
    """Those of plain `nbgrader generate_feedback`, under the course's settings."""
    settings = load_settings(CourseFolder(project_root()))
    exporter = HTMLExporter(config=GenerateFeedback(course_directory(settings), config=settings).config)
    names = {"notebook": "a", "score": 1, "max_score": 1, "late_penalty": 0}
    made, _ = exporter.from_notebook_node(new_notebook(cells=[new_markdown_cell("$x$")]), {"nbgrader": names})
    assert "<math" in made
    assert not re.search(r"<script|https?://[^\"' )]*\.js", made)
