"""Reads a lesson source (jupytext percent format) into a notebook, or says line by line what is wrong."""

import ast
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.nbgraderformat import (
    MetadataValidator,
    SchemaTooNewError,
    SchemaTooOldError,
    ValidationError,
)

from autograder.notebooks.percent_source import HEADER, SourceCell, parse_source
from course_lib.checks.exercise import all_exercises
from course_lib.errors import CourseError
from course_lib.notebook_cells import (
    CHECK_PREFIX,
    grade_id,
    is_solution,
    is_test_cell,
    nbgrader_marks,
    read_check,
)

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
GRADE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class LessonSourceError(CourseError):
    """A lesson source breaks the rules that the build and the grader rely on."""


@dataclass(frozen=True)
class Problem:
    """One mistake in a lesson source; `line` counts from 1."""

    line: int
    what: str
    fix: str


def read_lesson(path: Path) -> NotebookNode:
    """The solution notebook of a lesson: no outputs, and the same bytes on every machine.

    Raises:
        LessonSourceError: With file and line of every mistake found.
    """
    text = path.read_text(encoding="utf-8")
    _require_none(_layout_problems(text.splitlines()), path)
    try:
        cells = parse_source(text)
    except ValueError as error:
        raise LessonSourceError(
            f"Cells cannot be told apart: {error}.",
            where=str(path),
            fix="look for a line '# %%' inside a text in quotes, and write it in another way",
        ) from error
    _require_none(_problems(cells), path)
    return _notebook([cell.node for cell in cells], path.stem)


def _require_none(problems: Iterable[Problem], path: Path) -> None:
    found = sorted(problems, key=lambda problem: problem.line)
    if found:
        raise LessonSourceError(
            "\n".join(f"{path}:{each.line}: {each.what}\n  do: {each.fix}" for each in found)
        )


def _notebook(cells: list[NotebookNode], lesson: str) -> NotebookNode:
    """Drop what jupytext adds, and give each cell an id that depends on the lesson's text alone."""
    seen: Counter[str] = Counter()
    for cell in cells:
        for name in ("lines_to_next_cell", "lines_to_end_of_cell_marker"):
            cell.metadata.pop(name, None)
        seen[cell.source] += 1
        words = f"{lesson}\n{cell.cell_type}\n{cell.source}\n{seen[cell.source]}"
        cell.id = grade_id(cell) or hashlib.sha256(words.encode()).hexdigest()[:12]
    notebook: NotebookNode = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    )
    notebook.nbformat_minor = 5
    return notebook


def _layout_problems(lines: list[str]) -> Iterator[Problem]:
    """Headers that are misspelt, and text that is in no cell."""
    headers = [(number, line) for number, line in enumerate(lines, 1) if re.match(r"#\s*%%", line)]
    for number, line in headers:
        if not HEADER.match(line):
            what = f"The cell header {line!r} is not a percent header."
            yield Problem(number, what, "start it with '# %%'")
    # Above the first cell only comments may stand: editors keep their own notes about the file there.
    start = headers[0][0] if headers else len(lines) + 1
    for number, line in enumerate(lines[: start - 1], 1):
        if line.strip() and not line.startswith("#"):
            yield Problem(number, "There is text before the first '# %%' header.", "move it into a cell")


def _problems(cells: list[SourceCell]) -> Iterator[Problem]:
    first_line: dict[str, int] = {}
    for cell in cells:
        yield from _syntax_problems(cell)
        yield from _header_problems(cell)
        yield from _region_problems(cell)
        name = grade_id(cell.node)
        if not name:
            continue
        if name in first_line:
            yield Problem(
                cell.line,
                f"grade_id {name!r} is used twice (first in line {first_line[name]}).",
                "give this cell another grade_id",
            )
        first_line.setdefault(name, cell.line)
        if is_test_cell(cell.node):
            yield from _test_problems(cell, set(first_line))


def _syntax_problems(cell: SourceCell) -> Iterator[Problem]:
    if cell.node.cell_type == "code" and not re.search(r"^\s*[%!]", cell.node.source, re.M):
        try:
            ast.parse(cell.node.source)
        except SyntaxError as mistake:
            what = f"This is no Python: {mistake.msg}."
            yield Problem(cell.line + (mistake.lineno or 1), what, "fix the line; nothing was built")


def _header_problems(cell: SourceCell) -> Iterator[Problem]:
    if "nbgrader" in cell.header and "nbgrader" not in cell.node.metadata:
        yield Problem(
            cell.line,
            f"The nbgrader mark of this header cannot be read: {_json_mistake(cell.header)}.",
            'write nbgrader={…} with valid JSON, for example {"grade": false, …}',
        )
        return
    if "title" in cell.node.metadata:
        yield Problem(
            cell.line,
            f"The header text {cell.header!r} is not understood.",
            "after '# %%' write [markdown], name=value pairs, or nothing",
        )
    if "nbgrader" not in cell.node.metadata:
        return
    if mistake := _mark_mistake(cell.node):
        yield Problem(
            cell.line,
            f"The nbgrader mark of this header is not right: {mistake}.",
            "write grade, grade_id, locked, schema_version 3, solution, task, and points if grade is true",
        )
    elif not GRADE_ID.fullmatch(name := grade_id(cell.node)):
        yield Problem(
            cell.line,
            f"grade_id {name!r} is not a plain name.",
            "use letters, digits, _ and - only, at least one and at most 64",
        )


def _mark_mistake(cell: NotebookNode) -> str:
    """What nbgrader itself says against the mark of a cell; the empty string when it says nothing."""
    marks = cell.metadata["nbgrader"]
    if not isinstance(marks, dict):
        return f'{marks!r} is not an object such as {{"grade": false, …}}'
    if not isinstance(version := marks.get("schema_version", 0), int):  # nbgrader compares it unseen
        return f"schema_version is {version!r}, which is not a whole number"
    try:
        MetadataValidator().validate_cell(cell)
    except ValidationError as error:
        # nbgrader's own messages may end in all the text of the cell.
        where = f"{error.path[-1]} is wrong: " if error.path else ""
        return where + str(error.message).splitlines()[0]
    except (SchemaTooOldError, SchemaTooNewError) as error:
        return str(error)
    return ""


def _json_mistake(header: str) -> str:
    try:
        json.JSONDecoder().raw_decode(header.partition("nbgrader")[2].lstrip("= "))
    except json.JSONDecodeError as error:
        return f"{error.msg} near column {error.pos + 1} after 'nbgrader='"
    return "it has the wrong form"


def _region_problems(cell: SourceCell) -> Iterator[Problem]:
    """A solution cell has whole solution regions, and only a solution cell has them."""
    opened: int | None = None
    regions = 0
    for offset, text in enumerate(cell.node.source.splitlines(), 1):
        line = cell.line + offset
        if "BEGIN SOLUTION" in text:
            if opened is not None:
                yield Problem(
                    line, f"{BEGIN} inside the region begun in line {opened}.", f"close it with {END}"
                )
            opened, regions = line, regions + 1
        elif "END SOLUTION" in text:
            if opened is None:
                yield Problem(line, f"{END} without {BEGIN}.", f"add {BEGIN} above it")
            opened = None
    if opened is not None:
        yield Problem(opened, f"{BEGIN} is never closed.", f"add {END} at the end of the solution")
    if regions and not is_solution(cell.node):
        yield Problem(
            cell.line,
            "A solution region stands in a cell that is not marked as a solution.",
            'set "solution": true in its nbgrader mark',
        )
    if is_solution(cell.node) and not regions:
        yield Problem(
            cell.line,
            f"The solution cell {grade_id(cell.node)!r} has no solution region.",
            f"put the answer between {BEGIN} and {END}",
        )


def _test_problems(cell: SourceCell, earlier: set[str]) -> Iterator[Problem]:
    """A test cell is one line: check("<exercise>", <expression>), below the cell that is filled in."""
    name, points = grade_id(cell.node), nbgrader_marks(cell.node).get("points")
    exercise = _checked_exercise(cell.node.source)
    if exercise is None or name != f"{CHECK_PREFIX}{exercise}":
        expected = name.removeprefix(CHECK_PREFIX)
        yield Problem(
            cell.line + 1,
            f'The test cell {name!r} is not one line check("{expected}", …).',
            f'its whole text must be check("{expected}", <expression>) and its grade_id "check_{expected}"',
        )
    elif exercise not in earlier:
        yield Problem(
            cell.line,
            f"No cell above has grade_id {exercise!r}, which this test cell checks.",
            "put the cell that the student fills in above its test cell, under that grade_id",
        )
    elif (known := all_exercises().get(exercise)) and points != known.points:
        yield Problem(
            cell.line,
            f"The test cell gives {points} points, the criteria of {exercise!r} give {known.points:g}.",
            f'write "points": {known.points:g} here and the same in the text above, or change the criteria',
        )


def _checked_exercise(source: str) -> str | None:
    """The exercise's id in a well-formed test cell, else None."""
    if len(source.strip().splitlines()) != 1:
        return None
    try:
        return read_check(source)[0]
    except ValueError:
        return None
