"""Formulas as MathML, for feedback and for the site: browsers draw it without a script or a network."""

from __future__ import annotations

import html as html_text
import re
from functools import lru_cache
from types import MappingProxyType
from xml.etree.ElementTree import Element, tostring

LONGEST = 2_000  # characters of a formula; longer ones stay as they were typed
DISTINCT = 4_096  # formulas that are remembered: those of a lesson are the same on every page

TAG = re.compile(r'(<(?:[^"<>]|"[^"]*")*>)')
# As nbconvert leaves them in the text between tags.
FORMULA = re.compile(
    rf"\$\$(?P<block>[^$]{{1,{LONGEST}}})\$\$|\$(?P<inline>[^$]{{1,{LONGEST}}})\$"
    rf"|(?P<lines>\\begin\{{([a-z]+\*?)\}}(?:(?!\\begin\{{\4\}}).){{0,{LONGEST}}}?\\end\{{\4\}})",
    re.S,
)
VERBATIM = re.compile(r"<(/?)(?:code|pre)\b")
# What a formula may say about its looks. Nothing that leads elsewhere, runs, or moves it over other words.
PLAIN = {"accent", "accentunder", "columnalign", "columnlines", "display", "displaystyle", "fence", "form"}
PLAIN |= {"linethickness", "mathvariant", "movablelimits", "notation", "rowlines", "scriptlevel", "separator"}
PLAIN |= {"stretchy"}
SIZES = {"columnspacing", "depth", "height", "lspace", "maxsize", "minsize", "rowspacing", "rspace", "width"}
SIZE = re.compile(r"\d?(\.\d+)?(em|ex)")
# The converter leaves these as they were typed where they grow with what they enclose.
SIGNS = {r"\lceil": "⌈", r"\rceil": "⌉", r"\lfloor": "⌊", r"\rfloor": "⌋"}
ALTTEXT = re.compile(r' alttext="[^"]*"')


def with_equations(html: str) -> str:
    """Clean HTML with the formulas in its text drawn as MathML; those that make no sense stay as typed.

    html: as nh3 writes it, with `<` and `>` escaped in texts, and only double quotes around attributes.
    """
    parts, depth = TAG.split(html), 0
    for place, part in enumerate(parts):
        if place % 2:
            if found := VERBATIM.match(part):
                depth += -1 if found[1] else 1
        elif depth <= 0:
            parts[place] = FORMULA.sub(lambda found: draw(found) or found[0], part)
    return "".join(parts)


def draw(found: re.Match[str]) -> str:
    """MathML of a formula that was found; the empty string if it makes no sense."""
    block = found["block"] or found["lines"]
    return mathml(html_text.unescape(block or found["inline"]).strip(), "block" if block else "inline")


@lru_cache(DISTINCT)
def mathml(latex: str, display: str) -> str:
    """A formula as MathML, with the LaTeX for those who cannot see it; "" if it makes no sense."""
    from latex2mathml.converter import Converter

    latex = latex.replace(r"\!", "")  # a negative space has no counterpart in MathML
    converter = Converter(display=display)
    # No definitions of one's own: a few of them that use each other grow without end.
    converter.macros = MappingProxyType({})  # type: ignore[assignment]
    try:
        formula = converter.convert_to_element(latex)
        _tidy(formula)
        formula.set("alttext", latex)
        return tostring(formula, encoding="unicode", short_empty_elements=False)
    except Exception:  # the converter fails in many ways, among them IndexError, TypeError and RecursionError
        return ""


def has_unknown_command(formula: str) -> bool:
    """Whether MathML shows a command as it was typed, because the converter does not know it."""
    return "\\" in ALTTEXT.sub("", formula)


def _tidy(formula: Element) -> None:
    """Leave only harmless attributes, and texts that are not escaped twice."""
    for element in formula.iter():
        text = html_text.unescape(element.text or "")
        element.text = SIGNS.get(text, text)
        element.attrib = {
            name: value
            for name, value in element.attrib.items()
            if name in PLAIN or (name in SIZES and SIZE.fullmatch(value))
        }
