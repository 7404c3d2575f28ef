"""The card a student reads: title, what holds, the first thing to mend, a small picture where it helps.

Plain HTML with inline styles only (no script, no SVG), so that it survives sanitising; and plain text.
"""

from __future__ import annotations

import re
from html import escape

import numpy as np

from course_lib.checks.evidence import Array
from course_lib.checks.judge import WAITS, Mark, Verdict

INK, QUIET, LINE, PAPER = "#1f2328", "#57606a", "#d0d7de", "#ffffff"
EDGES = {"right": "#0072b2", "not attempted": "#8c959f"}
EDGE = "#d55e00"


def number(value: float) -> str:
    """Points without needless zeros."""
    return f"{value:g}"


def prose(text: str) -> str:
    """Escaped text in which `names` are set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def cell(text: str, style: str = "") -> str:
    """A table cell in a card."""
    return f'<td style="padding:1px 14px 1px 0;text-align:left;color:{INK};{style}">{text}</td>'


def waits(mark: Mark) -> bool:
    """Does it hold, and earns nothing yet, because one above does not?"""
    return mark.message == WAITS


def sign(mark: Mark, holds: str, waiting: str, fails: str) -> str:
    """One of three signs for how a criterion went."""
    if mark.message is None:
        return holds
    return waiting if waits(mark) else fails


def html(verdict: Verdict) -> str:
    """The card as HTML; readable without colour."""
    rows = "".join(
        "<tr>"
        + cell(sign(mark, "✓", "–", "✗"))
        + cell(prose(mark.title) + (f" ({WAITS})" if waits(mark) else ""))
        + cell(f"{number(mark.earned)} / {number(mark.points)}", f"color:{QUIET}")
        + "</tr>"
        for mark in verdict.marks
    )
    advice = "".join(
        f'<p style="margin:4px 0;color:{INK}">{label}{prose(text)}</p>'
        for label, text in (("", verdict.hint), ("<b>Next:</b> ", verdict.next_step))
        if text
    )
    return (
        f'<div style="border:1px solid {LINE};border-left:6px solid {EDGES.get(verdict.outcome, EDGE)};'
        f'background-color:{PAPER};padding:8px 14px;max-width:44em;color:{INK};font-family:sans-serif">'
        f'<p style="margin:2px 0;color:{INK}"><b>{escape(verdict.title)}</b> · '
        f"{number(verdict.points)} of {number(verdict.max_points)} points</p>"
        f'<p style="margin:2px 0 6px 0;color:{INK}"><b>{prose(verdict.headline)}</b></p>'
        f"{advice}{picture_html(verdict)}"
        f'<table style="border-collapse:collapse;margin:6px 0 2px 0;background-color:{PAPER}">{rows}</table>'
        "</div>"
    )


def picture_html(verdict: Verdict) -> str:
    """Target beside yours as two grids of shaded cells on one scale."""
    if verdict.picture is None:
        return ""
    title, target, yours = verdict.picture
    low, high = float(min(target.min(), yours.min())), float(max(target.max(), yours.max()))
    panels = "".join(
        f'<td style="padding:0 18px 0 0;text-align:left;background-color:{PAPER};color:{QUIET}">{label}'
        f"{grid_html(array, low, high)}</td>"
        for label, array in (("target", target), ("yours", yours))
    )
    return (
        f'<p style="margin:6px 0 2px 0;color:{QUIET}">{escape(title)}; light {low:.2g}, dark {high:.2g}</p>'
        f'<table style="border-collapse:collapse;background-color:{PAPER}"><tr>{panels}</tr></table>'
    )


def grid_html(array: Array, low: float, high: float) -> str:
    """A small map as a table of grey cells, dark for high."""
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
    """The card for a terminal."""
    lines = [
        f"{verdict.title}: {number(verdict.points)} of {number(verdict.max_points)} points",
        verdict.headline,
        *([verdict.hint] if verdict.hint else []),
        *([f"Next: {verdict.next_step}"] if verdict.next_step else []),
        *(
            f"  {sign(m, 'ok ', '-- ', 'no ')} {m.title} ({number(m.earned)}/{number(m.points)})"
            + (f": {WAITS}" if waits(m) else "")
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
