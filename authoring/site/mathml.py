"""Sphinx extension that makes MathML of equations while the site is made, so that no page needs a script."""

from __future__ import annotations

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from autograder.pages.mathml import has_unknown_command, mathml

_LOG = logging.getLogger(__name__)


def _setup(app: Sphinx) -> ExtensionMetadata:
    """Called by Sphinx; `docs/conf.py` names the renderer."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _inline(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(_mathml(node, "inline"))
    raise nodes.SkipNode


def _block(translator: HTML5Translator, node: nodes.math_block) -> None:
    equation = _mathml(node, "block")
    translator.body.append(
        f'<div class="equation" tabindex="0" role="group" aria-label="equation">{equation}</div>\n'
    )
    raise nodes.SkipNode


def _mathml(node: nodes.Element, display: str) -> str:
    formula = mathml(node.astext(), display)
    if not formula or has_unknown_command(formula):
        _LOG.warning("this equation has a command that is not understood: %s", node.astext(), location=node)
    # Browsers leave out a part of a brace that grows. The style sheet draws a line in its place.
    return formula.replace("<mo>⏟</mo>", '<mo class="brace">⏟</mo>')
