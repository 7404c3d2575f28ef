"""Makes what a student wrote safe to open: words, pictures and tables stay, whatever acts goes.

Used twice: on outputs when a submission is judged, and as a filter of nbconvert on every rendered text, in
feedback pages and in the formgrader alike.
"""

from __future__ import annotations

import nbformat
import nh3
from nbconvert.filters import markdown2html, strip_files_prefix
from nbformat import NotebookNode

NO_ALT = "A picture without a description."


def printable(text: str) -> str:
    """Text that can be written to a file: half a surrogate pair, which Python lets pass, becomes a ?."""
    return text.encode("utf-8", "replace").decode()


def clean_html(html: str) -> str:
    """HTML without scripts, handlers, forms, frames and links that run code; embedded pictures stay."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        inline = value.lower().lstrip().startswith("data:")
        return None if inline and (tag, attribute) != ("img", "src") else value

    return nh3.clean(html, url_schemes={"http", "https", "mailto", "data"}, attribute_filter=keep)


def clean_text(html: str) -> str:
    """Stands in for nbconvert's filter of the same place, which every rendered text passes through last."""
    return clean_html(strip_files_prefix(html))


def clean_output(output: NotebookNode) -> NotebookNode | None:
    """A cell's output as a grader may open it; None when nothing of it may stay."""
    if output.output_type == "stream":
        return NotebookNode(output | {"text": printable("".join(output.text))})
    if output.output_type == "error":
        words = {part: printable(str(output[part])) for part in ("ename", "evalue")}
        return NotebookNode(
            output | words | {"traceback": [printable(str(line)) for line in output.traceback]}
        )
    data = {}
    for kind, value in output.get("data", {}).items():
        text = "".join(map(str, value)) if isinstance(value, list) else value
        if not isinstance(text, str):
            continue
        text = printable(text)
        if kind in ("text/plain", "image/png", "image/jpeg"):
            data[kind] = text
        elif kind == "text/html":
            data[kind] = clean_html(text)
        elif kind == "text/markdown":
            data.setdefault("text/html", clean_html(markdown2html(text)))
    if not data:
        return None
    about = output.get("metadata", {}).get("image/png", {})
    told = about.get("alt") if isinstance(about, dict) else None
    alt = {kind: {"alt": printable(str(told or NO_ALT))[:500]} for kind in data if kind.startswith("image/")}
    clean: NotebookNode = nbformat.v4.new_output("display_data", data, metadata=alt)
    return clean
