"""Reads a lesson source (jupytext percent format) into a notebook, or says line by line what is wrong."""

import ast
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from course_lib.checks.exercise import all_exercises
from course_lib.errors import CourseError

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


@dataclass(frozen=True)
class Cell:
    """A notebook cell, the line of its `# %%` header and what follows `# %%` there."""

    line: int
    header: str
    node: NotebookNode

    @property
    def nbgrader(self) -> dict[str, Any]:
        marked = self.node.metadata.get("nbgrader", {})
        return marked if isinstance(marked, dict) else {}

    @property
    def grade_id(self) -> str:
        return str(self.nbgrader.get("grade_id", ""))


def read_lesson(path: Path) -> NotebookNode:
    """The solution notebook of a lesson: no outputs, and the same bytes on every machine.

    Raises LessonSourceError naming file and line of every mistake found.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    headers = [(number, line) for number, line in enumerate(lines, 1) if re.match(r"#\s*%%", line)]
    problems = [
        Problem(number, f"The cell header {line!r} is not a percent header.", "start it with '# %%'")
        for number, line in headers
        if not re.match(r"# %%(\s|$)", line)
    ]
    # Above the first cell only comments may stand: editors keep their own notes about the file there.
    start = headers[0][0] if headers else len(lines) + 1
    problems += [
        Problem(number, "There is text before the first '# %%' header.", "move it into a cell")
        for number, line in enumerate(lines[: start - 1], 1)
        if line.strip() and not line.startswith("#")
    ]
    notebook = nbformat.v4.new_notebook()
    if not problems:
        notebook = jupytext.reads("\n".join(lines[start - 1 :]) + "\n", fmt="py:percent")
        cells = [
            Cell(number, line[4:].strip(), node)
            for (number, line), node in zip(headers, notebook.cells, strict=True)
        ]
        problems = sorted(_problems(cells), key=lambda problem: problem.line)
    if problems:
        raise LessonSourceError(
            "\n".join(f"{path}:{each.line}: {each.what}\n  do: {each.fix}" for each in problems)
        )
    return _plain(notebook, path.stem)


def _plain(notebook: NotebookNode, lesson: str) -> NotebookNode:
    """Drop what jupytext adds, and give each cell an id that depends on the lesson's text alone."""
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        for name in ("lines_to_next_cell", "lines_to_end_of_cell_marker"):
            cell.metadata.pop(name, None)
        seen[cell.source] += 1
        words = f"{lesson}\n{cell.cell_type}\n{cell.source}\n{seen[cell.source]}"
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.id = grade_id or hashlib.sha256(words.encode()).hexdigest()[:12]
    plain: NotebookNode = nbformat.v4.new_notebook(
        cells=notebook.cells, metadata={"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    )
    plain.nbformat_minor = 5
    return plain


def _problems(cells: list[Cell]) -> Iterator[Problem]:
    first_line: dict[str, int] = {}
    for cell in cells:
        yield from _syntax_problems(cell)
        yield from _header_problems(cell)
        yield from _region_problems(cell)
        if not cell.grade_id:
            continue
        if cell.grade_id in first_line:
            yield Problem(
                cell.line,
                f"grade_id {cell.grade_id!r} is used twice (first in line {first_line[cell.grade_id]}).",
                "give this cell another grade_id",
            )
        first_line.setdefault(cell.grade_id, cell.line)
        if cell.nbgrader.get("grade") and not cell.nbgrader.get("solution"):
            yield from _test_problems(cell, set(first_line))


def _syntax_problems(cell: Cell) -> Iterator[Problem]:
    if cell.node.cell_type == "code" and not re.search(r"^\s*[%!]", cell.node.source, re.M):
        try:
            ast.parse(cell.node.source)
        except SyntaxError as mistake:
            what = f"This is no Python: {mistake.msg}."
            yield Problem(cell.line + (mistake.lineno or 1), what, "mend the line; nothing was built")


def _header_problems(cell: Cell) -> Iterator[Problem]:
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
    missing = {"grade", "grade_id", "locked", "schema_version", "solution", "task"} - set(cell.nbgrader)
    if missing:
        yield Problem(
            cell.line, f"The nbgrader mark lacks {', '.join(sorted(missing))}.", "add what is missing"
        )
    elif not GRADE_ID.fullmatch(cell.grade_id):
        yield Problem(
            cell.line, f"grade_id {cell.grade_id!r} is not a plain name.", "use letters, digits and _ only"
        )
    points = cell.nbgrader.get("points")
    numeric = isinstance(points, int | float) and not isinstance(points, bool) and points >= 0
    if cell.nbgrader.get("grade") and not numeric:
        yield Problem(
            cell.line,
            f"points is {points!r}, which is not a number of points.",
            'write for example "points": 3',
        )


def _json_mistake(header: str) -> str:
    try:
        json.JSONDecoder().raw_decode(header.partition("nbgrader")[2].lstrip("= "))
    except json.JSONDecodeError as error:
        return f"{error.msg} near column {error.pos + 1} after 'nbgrader='"
    return "it has the wrong form"


def _region_problems(cell: Cell) -> Iterator[Problem]:
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
    if regions and not cell.nbgrader.get("solution"):
        yield Problem(
            cell.line,
            "A solution region stands in a cell that is not marked as a solution.",
            'set "solution": true in its nbgrader mark',
        )
    if cell.nbgrader.get("solution") and not regions:
        yield Problem(
            cell.line,
            f"The solution cell {cell.grade_id!r} has no solution region.",
            f"put the answer between {BEGIN} and {END}",
        )


def _test_problems(cell: Cell, earlier: set[str]) -> Iterator[Problem]:
    """A test cell is one line: check("<exercise>", <expression>), below the cell that is filled in."""
    exercise = _checked_exercise(cell.node.source)
    if exercise is None or cell.grade_id != f"check_{exercise}":
        expected = cell.grade_id.removeprefix("check_")
        yield Problem(
            cell.line + 1,
            f'The test cell {cell.grade_id!r} is not one line check("{expected}", …).',
            f'its whole text must be check("{expected}", <expression>) and its grade_id "check_{expected}"',
        )
    elif exercise not in earlier:
        yield Problem(
            cell.line,
            f"No cell above has grade_id {exercise!r}, which this test cell checks.",
            "put the cell that the student fills in above its test cell, under that grade_id",
        )
    elif (known := all_exercises().get(exercise)) and cell.nbgrader.get("points") != known.points:
        yield Problem(
            cell.line,
            f"The test cell gives {cell.nbgrader.get('points')} points, the criteria of {exercise!r} give "
            f"{known.points:g}.",
            f'write "points": {known.points:g} here and the same in the text above, or change the criteria',
        )


def _checked_exercise(source: str) -> str | None:
    """The exercise id of a well-formed test cell, else None."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    if len(source.strip().splitlines()) != 1 or len(body) != 1:
        return None
    match body[0]:
        case ast.Expr(
            value=ast.Call(
                func=ast.Name(id="check"), args=[ast.Constant(value=str(exercise)), _], keywords=[]
            )
        ):
            return exercise
    return None
