"""The card a student reads: title, what holds, the first thing to fix, a small picture where it helps.

Plain HTML with inline styles only (no script, no SVG), so that it survives sanitising; and plain text.
"""

from __future__ import annotations

import re
from html import escape

import numpy as np

from course_lib.checks.evidence import Array
from course_lib.checks.judge import WAITS, Mark, Verdict

_INK, _QUIET, _LINE, _PAPER = "#1f2328", "#57606a", "#d0d7de", "#ffffff"
_EDGES = {"right": "#0072b2", "not attempted": "#8c959f"}
_EDGE = "#d55e00"


def _number(value: float) -> str:
    """Return points without needless zeros."""
    return f"{value:g}"


def _with_code(text: str) -> str:
    """Return text escaped for HTML, in which `names` are set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _cell(text: str, style: str = "") -> str:
    """Return a table cell; every style is set, since a notebook's own styles would apply otherwise."""
    return f'<td style="padding:1px 14px 1px 0;text-align:left;color:{_INK};{style}">{text}</td>'


def _waits(mark: Mark) -> bool:
    """Whether a criterion holds but earns nothing yet, since one that it requires does not hold."""
    return mark.message == WAITS


def _sign(mark: Mark, holds: str, waiting: str, fails: str) -> str:
    """Return one of three signs for how a criterion went."""
    if mark.message is None:
        return holds
    return waiting if _waits(mark) else fails


def html(verdict: Verdict) -> str:
    """Return a verdict's card as HTML; it can be read without colour."""
    rows = "".join(
        "<tr>"
        + _cell(_sign(mark, "✓", "–", "✗"))
        + _cell(_with_code(mark.title) + (f" ({WAITS})" if _waits(mark) else ""))
        + _cell(f"{_number(mark.earned)} / {_number(mark.points)}", f"color:{_QUIET}")
        + "</tr>"
        for mark in verdict.marks
    )
    advice = "".join(
        f'<p style="margin:4px 0;color:{_INK}">{label}{_with_code(text)}</p>'
        for label, text in (("", verdict.hint), ("<b>Next:</b> ", verdict.next_step))
        if text
    )
    return (
        f'<div style="border:1px solid {_LINE};border-left:6px solid {_EDGES.get(verdict.outcome, _EDGE)};'
        f'background-color:{_PAPER};padding:8px 14px;max-width:44em;color:{_INK};font-family:sans-serif">'
        f'<p style="margin:2px 0;color:{_INK}"><b>{escape(verdict.title)}</b> · '
        f"{_number(verdict.points)} of {_number(verdict.max_points)} points</p>"
        f'<p style="margin:2px 0 6px 0;color:{_INK}"><b>{_with_code(verdict.headline)}</b></p>'
        f"{advice}{_picture_html(verdict)}"
        f'<table style="border-collapse:collapse;margin:6px 0 2px 0;background-color:{_PAPER}">{rows}</table>'
        "</div>"
    )


def _picture_html(verdict: Verdict) -> str:
    """Return the verdict's picture: the target and the student's map as shaded cells on one scale, or ""."""
    if verdict.picture is None:
        return ""
    title, target, yours = verdict.picture
    low, high = float(min(target.min(), yours.min())), float(max(target.max(), yours.max()))
    panels = "".join(
        f'<td style="padding:0 18px 0 0;text-align:left;background-color:{_PAPER};color:{_QUIET}">{label}'
        f"{_grid_html(array, low, high)}</td>"
        for label, array in (("target", target), ("yours", yours))
    )
    return (
        f'<p style="margin:6px 0 2px 0;color:{_QUIET}">{escape(title)}; light {low:.2g}, dark {high:.2g}</p>'
        f'<table style="border-collapse:collapse;background-color:{_PAPER}"><tr>{panels}</tr></table>'
    )


def _grid_html(array: Array, low: float, high: float) -> str:
    """Return a small map as a table of grey cells, dark for high."""
    shades = (245 - 215 * (np.asarray(array, np.float64) - low) / max(high - low, 1e-9)).astype(int)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td style="width:9px;height:9px;padding:0;background-color:rgb({v},{v},{v})"></td>' for v in row
        )
        + "</tr>"
        for row in shades
    )
    return f'<table style="border-collapse:collapse;margin:2px 0">{rows}</table>'


def text(verdict: Verdict) -> str:
    """Return a verdict's card as plain text, for a terminal."""
    lines = [
        f"{verdict.title}: {_number(verdict.points)} of {_number(verdict.max_points)} points",
        verdict.headline,
        *([verdict.hint] if verdict.hint else []),
        *([f"Next: {verdict.next_step}"] if verdict.next_step else []),
        *(
            f"  {_sign(m, 'ok ', '-- ', 'no ')} {m.title} ({_number(m.earned)}/{_number(m.points)})"
            + (f": {WAITS}" if _waits(m) else "")
            for m in verdict.marks
        ),
    ]
    return "\n".join(lines)


class Card:
    """A verdict that shows itself: HTML in a notebook, text in a terminal."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def _repr_html_(self) -> str:
        return html(self.verdict)

    def __repr__(self) -> str:
        return text(self.verdict)
