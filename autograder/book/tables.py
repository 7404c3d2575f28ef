"""Sphinx extension: the empty titles of columns, which Markdown asks for, are no titles on a page.

A screen reader announces the title of a column with each of its cells, and an empty one says nothing.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

_EMPTY_TITLE = re.compile(r'<th class="head[^"]*"><p></p></th>')
_EMPTY_HEAD = re.compile(r"<thead>\s*<tr[^>]*>(?:<td></td>\s*)+</tr>\s*</thead>\s*")


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("html-page-context", _without_empty_titles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _without_empty_titles(app: Sphinx, page: str, template: str, context: dict[str, Any], _: object) -> None:
    if "body" in context:
        context["body"] = _EMPTY_HEAD.sub("", _EMPTY_TITLE.sub("<td></td>", context["body"]))
