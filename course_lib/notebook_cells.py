"""Cells of a notebook and the marks that nbgrader puts on them.

A cell is a mapping as JSON gives it; nbformat's NotebookNode is one too. Notebooks come from anybody: a mark
of an unexpected type counts as none.
"""

from __future__ import annotations

import ast
import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Cell = Mapping[str, Any]

CHECK_PREFIX = "check_"  # grade id of a test cell: this, then the id of its exercise


def read_notebook(path: Path) -> dict[str, Any]:
    """A notebook file as JSON, with cells that the functions below can read.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is not a notebook.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(map(_is_cell, cells)):
        raise ValueError("the JSON is not a notebook")
    return dict(notebook)


def read_cells(path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook file. Raises as `read_notebook` does."""
    return list(read_notebook(path)["cells"])


def _is_cell(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("metadata"), dict)
        and isinstance(value.get("cell_type"), str)
        and _joined(value.get("source", "")) is not None
    )


def source_text(cell: Cell) -> str:
    """The code or the words of a cell; files hold them as one string or as a list of lines.

    Raises:
        ValueError: If the cell holds something else.
    """
    if (text := _joined(cell.get("source", ""))) is None:
        raise ValueError("the source of a cell is not text")
    return text


def _joined(source: object) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return source if isinstance(source, str) else None


def nbgrader_marks(cell: Cell) -> Mapping[str, Any]:
    """nbgrader's metadata of a cell; empty where there is none that can be read."""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    return marks if isinstance(marks, Mapping) else {}


def grade_id(cell: Cell) -> str:
    """The name under which nbgrader knows a cell; the empty string where it has none that can be read."""
    name = nbgrader_marks(cell).get("grade_id")
    return name if isinstance(name, str) else ""


def is_solution(cell: Cell) -> bool:
    """Whether a student fills the cell in."""
    return bool(nbgrader_marks(cell).get("solution"))


def is_graded(cell: Cell) -> bool:
    """Whether the cell earns points, by its test or from a person."""
    return bool(nbgrader_marks(cell).get("grade"))


def is_written_answer(cell: Cell) -> bool:
    """Whether a student fills the cell in and a person grades it."""
    return is_graded(cell) and is_solution(cell)


def is_test_cell(cell: Cell) -> bool:
    """Whether running the cell decides about points: code that the lesson wrote."""
    return cell.get("cell_type") == "code" and is_graded(cell) and not is_solution(cell)


def read_check(source: str) -> tuple[str, str]:
    """The exercise's id and the code of the answer in a test cell `check("id", answer)`.

    Raises:
        ValueError: If the cell holds anything else.
    """
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        match ast.parse(source.strip(), mode="eval").body:
            case ast.Call(
                func=ast.Name(id="check"), args=[ast.Constant(value=str(exercise)), answer], keywords=[]
            ) if not isinstance(answer, ast.Starred):
                return exercise, ast.unparse(answer)
    raise ValueError(f'a test cell is one call check("exercise", answer), and this is {source[:80]!r}')


def names_read(tree: ast.AST) -> set[str]:
    """The names whose values a piece of code takes, also inside its functions, where some are local.

    What Python's own scopes make of a name is not looked at: better one name too many than one too few.
    """
    names = set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.AugAssign(target=ast.Name(id=name)):  # `name += 1`
                names.add(name)
    return names
