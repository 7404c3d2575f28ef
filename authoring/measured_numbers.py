"""Numbers in a lesson's text: markers become results, and a number that nobody measured is found.

In Markdown a marker like {{claim:01.gates:mean}} stands for a number of the claims ledger, see
`authoring.claims`. Decimals, percentages, points, fractions and counts such as "4 in 5" or "78 times" are
taken for measured, in Markdown and in the texts that code prints or puts beside pictures. One that is not
(an input, a definition, a sum worked by hand) is declared in the header of its cell:

    # %% [markdown] worked="0.5 95 %"

Other code, formulas, links and HTML tags are not looked at.
"""

from __future__ import annotations

import ast
import difflib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from autograder.notebooks.percent_source import SourceCell, read_source
from course_lib.errors import CourseError
from course_lib.session import load_tensorflow

if TYPE_CHECKING:
    from authoring.claims import Finding

_MARKER = re.compile(r"\{\{claim:([^:{}]*)(?::([^:{}]*))?\}\}")
_CODE_AND_FORMULAS = r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|(?<![\\$])\$[^$\n]*\$"
_MARKER_OR_CODE = re.compile(rf"(?P<marker>\{{\{{[^{{}}]*\}}\}})|{_CODE_AND_FORMULAS}", re.DOTALL)
_NOT_LOOKED_AT = re.compile(
    _CODE_AND_FORMULAS + r"|!?\[[^\]\n]*\]\([^)\n]*\)|https?://\S+"  # links and pictures
    r"|<[^>\n]*>"
    r"|\{\{.*?\}\}",
    re.DOTALL,
)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_WORD = (
    "(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    f"(?:[- ](?:{_ONES}))?|{_ONES}|ten|eleven|twelve|[a-z]{{3,5}}teen|(?:a |one )?hundred)"
)
_PERCENT = r"[\s*_]*(?:%|percent\b|per cent\b)"
_NUMBER = re.compile(
    r"(?<![^\W_])(?<![./])[+−-]?(?:"  # after _ too: _0.93_ is slanted
    rf"\d[\d,]*(?:\.\d+)?{_PERCENT}|\.\d+{_PERCENT}|\b{_WORD}{_PERCENT}"  # 92 %, 91.2 percent, ninety percent
    r"|\d+(?:\.\d+)?(?:e[+−-]?\d+\b|[x×](?![\w×]|\s*\d))"  # 9e-1, 2.3x, not 3×3
    r"|\d*\.\d+(?![\d.]*[^\W_])"  # 0.93 and .93, not 3.11.2
    r"|\d+/\d+(?![\w/])"  # 3/4
    r"|\d+[ -](?:pp|(?:percentage[ -])?points?)\b(?! ·)"  # not "4 points · difficulty", over an exercise
    r"|\d+ times(?: (?:as|faster|slower|better|worse|more|less|fewer))?\b"
    r"|\d+ (?:of|in|out of) (?:a |the |every )?(?:\d[\d,]*|hundred|thousand)\b"  # 82 of 100, 4 in 5
    rf"|\b{_WORD} (?:in|out of) (?:a |every )?{_WORD}\b|\b(?!one ){_WORD} of {_WORD}\b"  # not one of two
    r"|\b(?:accuracy|auroc|energy|precision|recall)(?: (?:of|is|was|reached|reaches))?:? \d+(?![\d.,]*\d)"
    r")",
    re.IGNORECASE,
)


def findings_of(root: Path, sources: Iterable[Path] | None = None) -> dict[str, Finding]:
    """What is known about the claims of the course, by their ids "NN.name".

    sources: of all claims only those of lessons that these name in a marker; each ledger takes a second.
    """
    numbers = {""} if sources is None else _lessons_named(sources)
    if not numbers or not any(root.glob("claims/lesson_*.py")):
        return {}
    load_tensorflow()  # quietly, before the claims import it
    from authoring.claims import examine, ledgers

    found = [ledger for number in sorted(numbers) for ledger in ledgers(root, number)]
    return {finding.id: finding for ledger in found for finding in examine(ledger)}


def render(notebook: NotebookNode, source: Path, findings: Mapping[str, Finding]) -> None:
    """Put results in the place of the markers of a notebook, and drop the declarations of worked numbers.

    CourseError with every marker that names nothing or has no result yet.
    """
    mistakes = [f"{source}:{line}: {what}" for line, what in _marker_mistakes(source, findings)]
    if mistakes:
        raise CourseError("\n".join(mistakes))
    for cell in notebook.cells:
        cell.metadata.pop("worked", None)
        if cell.cell_type == "markdown":
            cell.source = _MARKER_OR_CODE.sub(lambda found: _rendered(found, findings), cell.source)


def problems(sources: list[Path], root: Path) -> list[str]:
    """All that is wrong with the numbers of these lesson sources and with the claims, one line each."""
    findings = findings_of(root)
    # One experiment has many claims, which are stale together: one line for all of them.
    together: dict[tuple[str, str, str], list[str]] = {}
    for each in findings.values():
        if each.state != "fresh":
            together.setdefault((each.id[:2], each.state, each.why), []).append(each.id)
    found = [
        f"claims/lesson_{number}.py: {ids[0]}{f' and {len(ids) - 1} more' if ids[1:] else ''} "
        f"{'are' if ids[1:] else 'is'} {state}: {why}"
        for (number, state, why), ids in together.items()
    ]
    for source in sources:
        lines = [*_marker_mistakes(source, findings), *_typed_numbers(source)]
        found += [
            f"{source.relative_to(root)}:{line}: {what}"
            for line, what in sorted(lines, key=lambda pair: pair[0])
        ]
    return found


def _lessons_named(sources: Iterable[Path]) -> set[str]:
    """The numbers of the lessons whose claims the markers of these sources name."""
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    return {marker[1][:2] for marker in _MARKER.finditer(text) if re.match(r"\d\d\.", marker[1])}


def _rendered(found: re.Match[str], findings: Mapping[str, Finding]) -> str:
    marker = found["marker"] and _MARKER.fullmatch(found["marker"])
    if not marker:
        return found[0]
    from authoring.claims.wording import result_words

    return result_words(findings[marker[1]], marker[2])


def _marker_mistakes(source: Path, findings: Mapping[str, Finding]) -> Iterator[tuple[int, str]]:
    for cell in _markdown(source):
        text = cell.node.source
        for any_marker in _MARKER_OR_CODE.finditer(text):
            if not any_marker["marker"]:
                continue
            here = cell.line + 1 + text.count("\n", 0, any_marker.start())
            marker = _MARKER.fullmatch(any_marker[0])
            if not marker or not marker[2]:
                yield here, f"{any_marker[0]} is not a marker; write {{{{claim:NN.name:form}}}}"
            elif marker[1] not in findings:
                near = difflib.get_close_matches(marker[1], findings, n=1)
                known = ", ".join(sorted(id for id in findings if id[:3] == marker[1][:3])) or "none yet"
                told = f"did you mean {near[0]}?" if near else f"there are: {known}"
                yield here, f"{any_marker[0]} names no claim; {told}"
            else:
                from authoring.claims.wording import result_words

                try:
                    result_words(findings[marker[1]], marker[2])
                except LookupError as mistake:
                    yield here, f"{any_marker[0]}: {mistake.args[0]}"


def _typed_numbers(source: Path) -> Iterator[tuple[int, str]]:
    for cell in read_source(source):
        node = cell.node
        declared = {_one_spaced(number) for number in _NUMBER.findall(str(node.metadata.get("worked", "")))}
        texts = _printed(node.source) if node.cell_type == "code" else [(0, _prose(node.source))]
        for below, text in texts:
            for number in _NUMBER.finditer(text):
                if (plain := _one_spaced(number[0])) not in declared:
                    yield (
                        cell.line + 1 + below + text.count("\n", 0, number.start()),
                        f"the number {plain!r} is typed by hand; measure it (claims/, a marker "
                        '{{claim:NN.name:form}}), or, if it follows without measuring, add worked="'
                        f'{plain}" to the header of its cell, line {cell.line}',
                    )


def _prose(markdown: str) -> str:
    """The text without what is not looked at, line by line as it was."""
    return html.unescape(_NOT_LOOKED_AT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), markdown))


def _printed(code: str) -> Iterator[tuple[int, str]]:
    """Texts that a cell of code prints or puts beside pictures, each with the number of lines above it."""
    for call in ast.walk(ast.parse(code)):
        match call:
            case ast.Call(func=ast.Name(id="print"), args=shown):
                pass
            case ast.Call(func=ast.Name(id="show") | ast.Attribute(attr="show"), args=[_, *shown]):
                pass
            case _:
                shown = []
        if isinstance(call, ast.Call):
            shown = [*shown, *(each.value for each in call.keywords if each.arg == "alt")]
        for node in shown:
            yield from _texts(node)


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts in an expression; in an f-string "…" stands for what is computed, and a format is no text."""
    match node:
        case ast.Constant(value=str(text)):
            yield node.lineno - 1, text.replace("\n", " ")
        case ast.JoinedStr(values=parts):
            yield node.lineno - 1, "".join(map(_piece, parts)).replace("\n", " ")
            for part in parts:
                if isinstance(part, ast.FormattedValue) and not isinstance(part.value, ast.Constant):
                    yield from _texts(part.value)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _texts(child)


def _piece(part: ast.expr) -> str:
    match part:
        case ast.Constant(value=value) | ast.FormattedValue(value=ast.Constant(value=value)):
            return str(value)
    return "…"


def _one_spaced(number: str) -> str:
    return " ".join(number.split())


def _markdown(source: Path) -> Iterator[SourceCell]:
    """The Markdown cells of a lesson."""
    return (cell for cell in read_source(source) if cell.node.cell_type == "markdown")
