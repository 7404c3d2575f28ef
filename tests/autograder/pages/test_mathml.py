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
from autograder.pages.markdown import markdown_to_html
from autograder.pages.mathml import LONGEST, with_equations
from autograder.pages.sanitising import clean_html, clean_text
from course_lib.paths import project_root


def page(text: str) -> str:
    """Words as the formgrader and feedback show them."""
    return clean_text(markdown_to_html(text))


LESSONS = sorted(project_root().glob("notebooks/*/*.ipynb"))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_formula_of_the_lessons_is_drawn(path: Path) -> None:
    cells = json.loads(path.read_text())["cells"]
    words = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    pages = [page(text) for text in words]
    assert not [text for text in map(shown, pages) if re.search(r"[$\\]", text)]
    assert any("<math" in each for each in pages)


def shown(html: str) -> str:
    """The text of a page, without its code."""
    return re.sub(r"<(code|pre)\b.*?</\1>|<[^>]*>", "", html, flags=re.S)


def test_the_equation_of_lesson_08_has_its_brackets() -> None:
    drawn = page(r"$$D = \max\!\Big(1, \Big\lceil \log_2 \frac{H}{s} \Big\rceil\Big)$$")
    assert shown(drawn) == "D=max(1,⌈log2Hs⌉)\n"


@pytest.mark.parametrize(
    ("text", "display"),
    [("so $a < b$ holds", "inline"), ("$$a < b$$", "block"), (r"\begin{align}a < b\end{align}", "block")],
)
def test_a_formula_becomes_mathml_and_keeps_its_words(text: str, display: str) -> None:
    drawn = page(text)
    assert f'display="{display}"' in drawn
    assert "<mo>&lt;</mo>" in drawn
    assert re.search('alttext="[^"]*a &lt; b', drawn)


@pytest.mark.parametrize(
    "text",
    [
        "`$x$`",
        "<code>$x$</code>",
        "<pre>\n$x$\n</pre>",
        "```\n$x$\n```",
        "it costs $5",
        r"\$5 now, \$6 then",
        "<div>it costs $5</div>",
        r"$\frac$",
        "$" + "x" * LONGEST + "y$",
        r"$\def\a{\b\b}\a$",
        '<i title="<var>$x$</var>">x</i>',
        "<var>x</var>",
    ],
)
def test_code_prices_and_nonsense_stay_as_they_were_typed(text: str) -> None:
    assert page(text) == clean_html(markdown2html(text))
    assert "<math" not in page(text)


@pytest.mark.parametrize(
    "text",
    [
        "<div>so <b>it</b> is $x$</div>",
        "<details><summary>$x$</summary>\n\\begin{align}x\\end{align}\n</details>",
        "| head |\n|---|\n| $x$ |",
        "# $x$",
        "[$x$](a.html)",
        r"as \\(x\\)",
    ],
)
def test_formulas_are_drawn_wherever_they_stand(text: str) -> None:
    assert "<mi>x</mi></mrow></math>" in page(text)


def test_a_formula_in_the_words_for_a_picture_stays_words() -> None:
    assert 'alt="$x$"' in page("![$x$](a.png)")


def test_lines_are_aligned_in_a_table() -> None:
    drawn = page("$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$")
    assert drawn.count("<mtr>") == 2
    assert "&amp;" not in shown(drawn)


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
    drawn = with_equations(f"<p><var>${latex.replace('<', '&lt;').replace('>', '&gt;')}$</var></p>")
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
