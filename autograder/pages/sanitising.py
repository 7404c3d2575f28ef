"""Makes what a student wrote safe to open: words, pictures and tables stay, whatever acts goes.

Used twice: on outputs when a submission is judged, and as a filter of nbconvert on every rendered text, in
feedback pages and in the formgrader alike.
"""

from __future__ import annotations

import html as html_text
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

import nbformat
import nh3
from nbconvert.filters import markdown2html, strip_ansi
from nbformat import NotebookNode

from autograder.pages.mathml import with_equations

NO_ALT = "A picture without a description."
PICTURES = ("image/png", "image/jpeg")
EMBEDDED = re.compile(r"data:image/(png|jpeg);base64,")
BESIDE = re.compile(r"(?!/)(?!.*(?:\.|%2e){2})[\w./ %-]+", re.I)  # a file that lies beside the page or below
BASE64 = re.compile(r"[A-Za-z0-9+/\s]*+={0,2}\s*+")
# Renderers take the square of these numbers, or worse: more of them would keep a grader busy for hours.
MAX_TAGS, ALL_TAGS = 3_000, 15_000  # in one output or cell, in all of a notebook
MAX_HTML, ALL_HTML = 200_000, 1_000_000  # characters
MAX_MARKDOWN, ALL_MARKDOWN = 10_000, 100_000  # characters; half a second and five for the worst that is known
MAX_PICTURES = 50  # attached to one cell
ADDRESS = "/?:@=+$!*(),;#"  # what neither notebooks nor renderers of Markdown encode in an address
ALL_SHOWN = 50_000_000  # characters of attached pictures; words may show one more than once
MAX_COLOURS = 5_000  # of a terminal, in one output


def encodable(text: str) -> str:
    """Text that can be written to a file: half a surrogate pair, which Python lets pass, becomes a ?."""
    return text.encode("utf-8", "replace").decode()


def clean_html(html: str) -> str:
    """HTML without scripts, handlers, forms, frames, links that run code, and pictures from elsewhere.

    Embedded pictures stay. One from elsewhere would tell its owner who opens the page, and when.
    """

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("img", "src"):
            return value if EMBEDDED.match(value) or BESIDE.fullmatch(value) else None
        return None if value.lower().lstrip().startswith("data:") else value

    return nh3.clean(html, url_schemes={"http", "https", "mailto", "data"}, attribute_filter=keep)


def clean_text(html: str) -> str:
    """Stands in for nbconvert's filter `strip_files_prefix`, which every rendered text passes through last.

    Nothing here serves `files/`, and the search for it takes the square of a text's length. Formulas that
    `markdown` has marked become MathML, because the script that would draw them comes from elsewhere.
    """
    return with_equations(clean_html(html))


def _as_typed(text: str) -> str:
    """Markdown that shows a text as it was typed."""
    return (
        f"*Shown as it was typed, since it is too much to render. At most {MAX_MARKDOWN:,} characters and "
        f"{MAX_TAGS:,} tags are rendered in one cell, and {ALL_MARKDOWN:,} characters in all.*\n\n"
        f"<pre>{html_text.escape(text, quote=False)}\n</pre>\n"
    )


def clean_attachments(held: Any) -> dict[str, dict[str, str]]:
    """The pictures among the attachments of a cell, the first few, by the names that renderers look for."""
    kept: dict[str, dict[str, str]] = {}
    for name, kinds in held.items() if isinstance(held, dict) else ():
        pictures = {kind: data for kind, data in kinds.items() if _is_picture(kind, data)}
        if pictures and len(kept) < MAX_PICTURES:
            kept[quote(unquote(encodable(name)), safe=ADDRESS)] = pictures
    return kept


def _is_picture(kind: str, data: Any) -> bool:
    """Is this a picture as a notebook holds it? Anything else would end up in a page as it is."""
    return kind in PICTURES and isinstance(data, str) and BASE64.fullmatch(data) is not None


class Cleaner:
    """Makes the words, or the outputs, of one notebook fit to be opened by a grader.

    Words, tables and pictures stay. What would take too long to render is left out where there are words in
    its place, or shown as plain words.
    """

    def __init__(self) -> None:
        self._tags, self._html, self._markdown, self._shown = ALL_TAGS, ALL_HTML, ALL_MARKDOWN, ALL_SHOWN

    def words(self, text: str, pictures: Mapping[str, Mapping[str, str]]) -> str:
        """The Markdown of a cell, of whose attachments only these pictures are left.

        What points at an attachment that is gone, as after copying a cell, points nowhere: nbconvert would
        render no page at all.
        """
        if not self._has_room_for_markdown(text, pictures):
            return encodable(_as_typed(text))
        written = {form: name for name in pictures for form in (name, unquote(name))}
        there = "|".join(map(re.escape, sorted(written, key=len, reverse=True))) or "(?!)"

        def point(found: re.Match[str]) -> str:
            return f"attachment:{written[found[1]]}" if found[1] else "lost-attachment:"

        return encodable(re.sub(rf"attachment:(?:({there})(?![^\s)\"'>]))?", point, text))

    def output(self, output: NotebookNode) -> NotebookNode | None:
        """The output as it may stay; None when nothing of it may."""
        if output.output_type == "stream":
            return NotebookNode(output | {"text": _few_colours([_joined(output.text)])[0]})
        if output.output_type == "error":
            words = {part: encodable(str(output[part])) for part in ("ename", "evalue")}
            return NotebookNode(
                output | words | {"traceback": _few_colours(list(map(str, output.traceback)))}
            )
        data = {}
        for kind, value in output.get("data", {}).items():
            text = encodable(_joined(value))
            if kind == "text/plain":
                data[kind] = _few_colours([text])[0]
            elif _is_picture(kind, text):
                data[kind] = text
            elif kind == "text/html" and self._has_room_for_html(text):
                self._add(data, text, clean_html(text))
            elif kind == "text/markdown" and "text/html" not in data:
                source = text if self._has_room_for_markdown(text, {}) else _as_typed(text)
                self._add(data, source, clean_html(markdown2html(source)))
        if not data:
            return None
        about = output.get("metadata", {}).get("image/png", {})
        told = about.get("alt") if isinstance(about, dict) else None
        alt = {kind: {"alt": encodable(str(told or NO_ALT))[:500]} for kind in data if kind in PICTURES}
        clean: NotebookNode = nbformat.v4.new_output("display_data", data, metadata=alt)
        return clean

    def _has_room_for_html(self, text: str) -> bool:
        """May this still be rendered? Then it counts."""
        tags = text.count("<")
        if tags > min(MAX_TAGS, self._tags) or len(text) > min(MAX_HTML, self._html):
            return False
        self._tags -= tags
        self._html -= len(text)
        return True

    def _has_room_for_markdown(self, text: str, pictures: Mapping[str, Mapping[str, str]]) -> bool:
        """May this still be rendered, with the pictures that it shows? Then it counts."""
        if len(text) > min(MAX_MARKDOWN, self._markdown):
            return False
        shown = sum(
            text.count(f"attachment:{name}") * sum(map(len, kinds.values()))
            for name, kinds in pictures.items()
        )
        if shown > self._shown or not self._has_room_for_html(text):
            return False
        self._markdown -= len(text)
        self._shown -= shown
        return True

    @staticmethod
    def _add(data: dict[str, str], text: str, html: str) -> None:
        """Keep rendered HTML, unless tangled tags have multiplied."""
        if len(html) <= 10 * len(text) + 1000:
            data["text/html"] = html


def _joined(value: Any) -> str:
    """A text that a notebook may hold as lines; the empty string for anything else."""
    if isinstance(value, list):
        return "".join(map(str, value))
    return value if isinstance(value, str) else ""


def _few_colours(texts: list[str]) -> list[str]:
    """Printable texts, without a terminal's colours where there are too many to render."""
    if sum(text.count("\x1b") for text in texts) > MAX_COLOURS:
        texts = [strip_ansi(text) for text in texts]
    return [encodable(text) for text in texts]
