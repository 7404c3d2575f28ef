"""The site and pages of feedback find the same formulas in a lesson, and draw them alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from authoring.site import math_renderer
from autograder.pages.markdown import markdown_to_html
from autograder.pages.mathml import shows_latex
from autograder.pages.sanitising import clean_text
from course_lib.paths import project_root

Visit = Callable[[Any, nodes.Element], None]


def lesson_texts() -> Iterator[str]:
    for path in sorted(project_root().glob("notebooks/*/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield "".join(cell["source"])


def sphinx_visitors() -> dict[type[nodes.Element], Visit]:
    """How the extension draws inline formulas and those that stand by themselves."""
    found: dict[type[nodes.Element], Visit] = {}

    def keep(name: str, inline: tuple[Visit, None], block: tuple[Visit, None]) -> None:
        found.update({nodes.math: inline[0], nodes.math_block: block[0]})

    math_renderer.setup(SimpleNamespace(add_html_math_renderer=keep))
    return found


def drawn_by_sphinx(node: nodes.Element) -> str:
    translator = SimpleNamespace(body=[])
    with pytest.raises(nodes.SkipNode):
        sphinx_visitors()[type(node)](translator, node)
    return str(re.search(r"<math.*</math>", translator.body[0], re.S)[0])


def site(text: str) -> dict[str, str]:
    """MathML of the formulas that MyST finds in a text, by their LaTeX."""
    parser = create_md_parser(MdParserConfig(enable_extensions={"dollarmath"}), RendererHTML)
    kinds = {"math_inline": nodes.math, "math_block": nodes.math_block}
    return {
        token.content.strip(): drawn_by_sphinx(kinds[token.type](token.content, token.content))
        for token in every(parser.parse(text))
        if token.type in kinds
    }


def every(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from every(token.children or ())


def test_both_draw_the_same_formulas_alike_and_leave_no_latex() -> None:
    distinct = set[str]()
    for text in lesson_texts():
        on_the_site = site(text)
        in_feedback = re.findall(r"<math.*?</math>", clean_text(markdown_to_html(text)), re.S)
        assert set(on_the_site.values()) == set(in_feedback)
        assert not [latex for latex, drawn in on_the_site.items() if shows_latex(drawn)]
        distinct |= on_the_site.keys()
    assert len(distinct) > 200


@pytest.mark.parametrize("latex", [r"\unheard{x}", r"\frac", r"\begin{gathered} a & b \end{gathered}"])
def test_what_is_not_understood_is_a_warning(latex: str, caplog: pytest.LogCaptureFixture) -> None:
    translator = SimpleNamespace(body=[])
    with pytest.raises(nodes.SkipNode):
        sphinx_visitors()[nodes.math](translator, nodes.math(latex, latex))
    assert "not understood" in caplog.text and latex in caplog.text
