"""Sphinx extension: equations become MathML while the site is made, so no page needs a script."""

from __future__ import annotations

from docutils import nodes  # type: ignore[import-untyped]
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

_LOG = logging.getLogger(__name__)
_SIGNS = {
    r"\lceil": "⌈",
    r"\rceil": "⌉",
    r"\lfloor": "⌊",
    r"\rfloor": "⌋",
}  # after \Big, latex2mathml keeps them


def setup(app: Sphinx) -> ExtensionMetadata:
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
    latex = node.astext().replace(r"\!", "")  # a negative space has no counterpart in MathML
    mathml: str = convert(latex, display=display)
    # Browsers leave out a part of a brace that grows. The style sheet draws a line in its place.
    mathml = mathml.replace("<mo>&#x23DF;</mo>", '<mo class="brace">&#x23DF;</mo>')
    for command, sign in _SIGNS.items():
        mathml = mathml.replace(command, sign)
    if "\\" in mathml:
        _LOG.warning("this equation has a command that is not understood: %s", latex, location=node)
    return mathml
