"""Formulas as MathML, on the site and on pages of feedback: browsers draw it without a script or a network.

What is a formula, the parser says that renders the text: nbconvert's on pages of feedback (see `markdown`),
MyST's on the site. Both hand its LaTeX to `mathml`. A student may have typed it, so it is bounded in length,
defines no macros, and keeps no attribute that leads elsewhere, runs, or moves it over other words.
"""

from __future__ import annotations

import html as html_text
import re
from functools import lru_cache
from types import MappingProxyType
from xml.etree.ElementTree import Element, tostring

LONGEST = 2_000  # characters of a formula; longer ones stay as they were typed
DISTINCT = 4_096  # formulas that are remembered: those of a lesson are the same on every page

TAG = re.compile(r'(<(?:[^"<>]|"[^"]*")*>)')
VERBATIM = re.compile(r"<(/?)(?:code|pre)\b")
DELIMITED = re.compile(r"\$\$(?P<block>.*)\$\$|\$(?P<inline>.*)\$|(?P<environment>\\begin\{.*)", re.S)
# What a formula may say about its looks. Nothing that leads elsewhere, runs, or moves it over other words.
HARMLESS = {"accent", "accentunder", "columnalign", "columnlines", "display", "displaystyle", "fence", "form"}
HARMLESS |= {"linethickness", "mathvariant", "movablelimits", "notation", "rowlines", "scriptlevel"}
HARMLESS |= {"separator", "stretchy"}
SIZES = {"columnspacing", "depth", "height", "lspace", "maxsize", "minsize", "rowspacing", "rspace", "width"}
SIZE = re.compile(r"\d?(\.\d+)?(em|ex)")
# The converter does not know this environment, but `split`, which looks the same.
ALIGNED = re.compile(r"\\(begin|end)\{aligned\}")
BRACE = "⏟"


def marked_formula(typed: str) -> str:
    """HTML that tells `with_equations` that this is a formula; `typed` is escaped and has its delimiters."""
    return f"<var>{typed}</var>"


def with_equations(html: str) -> str:
    """Clean HTML with its marked formulas drawn as MathML; in code, or without sense, they stay as typed.

    Args:
        html: As nh3 writes it: with `<` and `>` escaped in texts, and only double quotes around attributes.
            These may hold `<` and `>`, so tags are told from texts first.
    """
    parts, depth = TAG.split(html), 0
    for place in range(1, len(parts), 2):
        if found := VERBATIM.match(parts[place]):
            depth += -1 if found[1] else 1
        elif formula := _marked(parts[place : place + 3]):
            drawn = _drawn(formula) if depth <= 0 else ""
            parts[place : place + 3] = "", drawn or formula[0], ""
    return "".join(parts)


def _marked(parts: list[str]) -> re.Match[str] | None:
    """The formula between two tags, if they mark one."""
    return DELIMITED.fullmatch(parts[1]) if parts[::2] == ["<var>", "</var>"] else None


def _drawn(formula: re.Match[str]) -> str:
    """MathML of a formula in HTML; the empty string if it makes no sense."""
    latex = formula["block"] or formula["inline"] or formula["environment"] or ""
    return mathml(html_text.unescape(latex).strip(), "inline" if formula["inline"] else "block")


@lru_cache(DISTINCT)
def mathml(latex: str, display: str) -> str:
    """A formula as MathML, with the LaTeX for those who cannot see it.

    Args:
        latex: The formula without its delimiters.
        display: "inline", or "block" for one that stands by itself.

    Returns:
        The `math` element; the empty string if the formula makes no sense, or is too long.
    """
    from latex2mathml.converter import Converter

    if not 0 < len(latex) <= LONGEST:
        return ""
    converter = Converter(display=display)
    # No definitions of one's own: a few of them that use each other grow without end.
    converter.macros = MappingProxyType({})  # type: ignore[assignment]
    try:
        formula = converter.convert_to_element(ALIGNED.sub(r"\\\1{split}", latex))
        _tidy(formula)
        formula.set("alttext", latex)
        return tostring(formula, encoding="unicode", short_empty_elements=False)
    except Exception:  # the converter fails in many ways, among them IndexError, TypeError and RecursionError
        return ""


def shows_latex(drawn: str) -> bool:
    """Whether MathML shows a command or a column mark of LaTeX, because the converter does not know it."""
    return re.search(r"\\|&amp;", TAG.sub("", drawn)) is not None


def _tidy(formula: Element) -> None:
    """Leave only harmless attributes, and texts that are not escaped twice and show no command."""
    for element in formula.iter():
        element.text = html_text.unescape(element.text or "")
        element.attrib = {
            name: value
            for name, value in element.attrib.items()
            if name in HARMLESS or (name in SIZES and SIZE.fullmatch(value))
        }
        if element.tag == "mo":
            element.text = _sign(element.text)
        if element.text == BRACE:
            # Browsers leave out a part of a brace that grows; a style sheet can draw a line in its place.
            element.set("class", "brace")


def _sign(text: str) -> str:
    r"""The sign that a command stands for: behind `\Big` and the like, the converter keeps the command."""
    from latex2mathml.symbols_parser import convert_symbol

    code = convert_symbol(text) if text.startswith("\\") else None
    return chr(int(code, 16)) if code else text
