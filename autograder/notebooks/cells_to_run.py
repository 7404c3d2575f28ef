"""Which cells of a submission must run to grade it.

A lesson trains networks and draws figures that no check looks at. Grading runs what the student wrote, the
test cells, and of the lesson's own unchanged cells only those that make a name the others use.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from nbformat import NotebookNode

from course_lib.notebook_cells import names_read, nbgrader_marks

SKIP = "skip-execution"  # the tag that nbclient leaves out
NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Names:
    """Names a cell uses, and names it makes or changes."""

    used: frozenset[str]
    made: frozenset[str]


def names_in(source: str) -> Names:
    """The names in a cell; one that Python cannot read (magics, mistakes) may use and make any name in it."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        every = frozenset(NAME.findall(source))
        return Names(every, every)
    made = set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                made.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
                made.add(name)
            case ast.alias(name=name, asname=other):
                made.add((other or name).split(".")[0])
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                made |= {_base(node)}
            case ast.Expr(value=ast.Call(func=ast.Attribute() as method)):
                made |= {_base(method)}  # model.fit(...) changes model
    return Names(frozenset(names_read(tree)), frozenset(made))


def _base(node: ast.expr) -> str:
    """The name an attribute or an item belongs to: `model` of `model.layers[0].name`."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def needed(sources: list[str], optional: set[int]) -> set[int]:
    """Places of the cells to run: all but the `optional` ones that make no name a later needed cell uses."""
    wanted: set[str] = set()
    keep = set()
    for place in reversed(range(len(sources))):
        names = names_in(sources[place])
        if place not in optional or names.made & wanted:
            keep.add(place)
            wanted |= names.used
    return keep


def skip_demonstrations(cells: list[NotebookNode], lesson: NotebookNode) -> None:
    """Tag the lesson's own unchanged cells that grading does not need, so that no executor runs them."""
    own = {cell.source for cell in lesson.cells if cell.cell_type == "code"}
    code = [cell for cell in cells if cell.cell_type == "code"]
    optional = {
        place for place, cell in enumerate(code) if cell.source in own and not nbgrader_marks(cell)
    }
    keep = needed([cell.source for cell in code], optional)
    for place, cell in enumerate(code):
        if place not in keep:
            cell.metadata["tags"] = [SKIP]
