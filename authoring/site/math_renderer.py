"""Sphinx extension: equations become MathML while the site is made, so no page needs a script."""

from __future__ import annotations

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from autograder.pages.mathml import mathml, shows_latex

_LOG = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _inline(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(_equation(node, "inline"))
    raise nodes.SkipNode


def _block(translator: HTML5Translator, node: nodes.math_block) -> None:
    equation = _equation(node, "block")
    translator.body.append(
        f'<div class="equation" tabindex="0" role="group" aria-label="equation">{equation}</div>\n'
    )
    raise nodes.SkipNode


def _equation(node: nodes.Element, display: str) -> str:
    """The MathML of an equation; a warning, which stops Sphinx, if part of it is not understood."""
    drawn = mathml(node.astext().strip(), display)
    if not drawn or shows_latex(drawn):
        _LOG.warning("this equation is not understood in full: %s", node.astext(), location=node)
    return drawn
