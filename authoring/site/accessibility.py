"""Sphinx extension: what Markdown and the theme leave nameless in the finished pages.

Markdown asks for a title over each column, even an empty one; a screen reader announces it with every cell.
The theme's buttons that unfold its table of contents have no name, and its home link stands outside of all
landmarks, by which people without sight find their way.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

_CHANGES = (
    (re.compile(r'<th class="head[^"]*"><p></p></th>'), "<td></td>"),
    (re.compile(r"<thead>\s*<tr[^>]*>(?:\s*<td></td>)+\s*</tr>\s*</thead>\s*"), ""),
    (re.compile(r'<summary>(?=<span class="toctree-toggle")'), '<summary aria-label="pages below">'),
    (re.compile(r'<a class="navbar-brand logo".*?</a>', re.DOTALL), r'<nav aria-label="home">\g<0></nav>'),
)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _finish(app: Sphinx, mistake: Exception | None) -> None:
    for path in Path(app.outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for pattern, better in _CHANGES:
            page = pattern.sub(better, page)
        path.write_text(page, encoding="utf-8")
