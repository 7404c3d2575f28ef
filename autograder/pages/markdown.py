"""Markdown as HTML, as nbconvert renders it, with its formulas marked.

nbconvert's parser knows formulas, but writes them as text between dollars again, where nobody can tell them
from prices. Here each one is an element of its own, and `mathml` draws it once the HTML is clean.
"""

from __future__ import annotations

import re

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath, MathInlineParser

from autograder.pages.mathml import TAG, marked_formula, with_equations
from autograder.pages.sanitising import clean_html

FORMULA_RULES = (
    MathInlineParser.BLOCK_MATH_TEX,
    MathInlineParser.INLINE_MATH_TEX,
    MathInlineParser.LATEX_ENVIRONMENT,
)
IN_HTML = re.compile("|".join(FORMULA_RULES))


class FormulaRenderer(IPythonRenderer):
    """nbconvert's renderer, which also marks formulas."""

    def block_math(self, body: str) -> str:
        return marked_formula(super().block_math(body))

    def inline_math(self, body: str) -> str:
        return marked_formula(super().inline_math(body))

    def latex_environment(self, name: str, body: str) -> str:
        return marked_formula(super().latex_environment(name, body))

    def block_html(self, html: str) -> str:
        # The parser looks for no formulas here, but JupyterLab draws them.
        return super().block_html(_with_marked_formulas(html))


def _with_marked_formulas(html: str) -> str:
    """HTML with the formulas marked that the parser's rules find between its tags."""
    if "<pre" in html:  # it also holds what is shown as it was typed, because it is too much to search
        return html
    parts = TAG.split(html)
    parts[::2] = [IN_HTML.sub(lambda found: marked_formula(found[0]), text) for text in parts[::2]]
    return "".join(parts)


def markdown_to_html(source: str, attachments: dict[str, dict[str, str]] | None = None) -> str:
    """HTML of Markdown. It is not clean yet: `sanitising.clean_text` comes next.

    Args:
        source: Markdown, of a length that `sanitising.Cleaner` allows.
        attachments: Pictures by name, each with its data in base64 by MIME type.
    """
    renderer = FormulaRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


@pass_context
def markdown_filter(context: Context, source: str) -> str:
    """Stands in for nbconvert's filter `markdown2html`, which templates apply to cells and comments."""
    return markdown_to_html(source, context.get("cell", {}).get("attachments"))


def clean_unmarked_text(html: str) -> str:
    """Stands in for `sanitising.clean_text` in a class's settings from version 0.1.

    These have no filter for Markdown, so that formulas are looked for in the finished HTML.
    """
    return with_equations(_with_marked_formulas(clean_html(html)))
