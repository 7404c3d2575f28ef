"""Which finished blocks a bundle holds, and which are held back because its students write them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.lessons.held_back_files import TAUGHT_IN
from course_lib.errors import CourseError
from course_lib.notebook_cells import read_cells, source_text

DRAWN = "networks/resnet.py"  # shown by lessons that have its blocks written; see drawn_resnet.py


@dataclass(frozen=True)
class Blocks:
    """The modules of finished blocks that need a decision, as paths inside course_lib.

    held_back: of lessons that are open, so stand-ins take their place.
    drawn: a network that a lesson shows before it is taught; it comes as a drawing, without code.
    shown: of lessons that are open too, but another lesson of the same bundle rests on them.
    """

    held_back: frozenset[str]
    drawn: frozenset[str]
    shown: frozenset[str]


def choose(root: Path, lessons: Sequence[str]) -> Blocks:
    """Decide for every finished block. Raises CourseError when a lesson shows a block that it asks for."""
    first = min(lessons)
    is_open = {module for module, taught in TAUGHT_IN.items() if taught[:2] >= first[:2]}
    shown, drawn = set[str](), set[str]()
    for lesson in lessons:
        for module in used(root, lesson) & is_open:
            if TAUGHT_IN[module][:2] < lesson[:2]:
                shown |= set(_with_parts(root, module)) & is_open
            elif module == DRAWN:
                drawn.add(module)
            else:
                raise CourseError(
                    f"{lesson} shows a finished block that students still have to write: {module}.",
                    where=f"solutions/{lesson}/{lesson}.py",
                    fix=f"show it in a lesson after {TAUGHT_IN[module]}",
                )
    return Blocks(frozenset(is_open - shown - drawn), frozenset(drawn - shown), frozenset(shown))


def used(root: Path, lesson: str) -> set[str]:
    """The modules of finished blocks and networks whose names stand in a lesson's notebook.

    Looked for are members of packages, such as `blocks.plug`, so `notebook_cells.names_read`, which gives the
    names of variables alone, does not answer this.
    """
    homes = {package: _homes_of(root, package) for package in ("blocks", "networks")}
    found = set[str]()
    for node in _nodes(root, lesson):
        match node:
            case ast.Attribute(value=ast.Name(id=package), attr=name):
                found.add(homes.get(package, {}).get(name, ""))
            case ast.ImportFrom(module=str(module), names=names):
                found.add(_path_of(module))
                package = module.removeprefix("course_lib.")
                found |= {homes.get(package, {}).get(each.name, "") for each in names}
    return found & TAUGHT_IN.keys()


def _nodes(root: Path, lesson: str) -> Iterator[ast.AST]:
    """The code of a lesson's notebook, as syntax."""
    for cell in read_cells(root / "notebooks" / lesson / f"{lesson}.ipynb"):
        if cell["cell_type"] == "code":
            yield from ast.walk(ast.parse(source_text(cell)))


def _homes_of(root: Path, package: str) -> dict[str, str]:
    """Where each name comes from that course_lib.blocks or course_lib.networks offers."""
    tree = ast.parse(root.joinpath("course_lib", package, "__init__.py").read_text(encoding="utf-8"))
    return {
        name.name: _path_of(node.module or "")
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def _with_parts(root: Path, module: str) -> Iterator[str]:
    """A module, and those of the finished blocks that it is made of."""
    yield module
    for node in ast.parse(root.joinpath("course_lib", module).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (part := _path_of(node.module or "")) in TAUGHT_IN:
            yield from _with_parts(root, part)


def _path_of(module: str) -> str:
    """The file of a module of course_lib, from that folder."""
    return module.removeprefix("course_lib.").replace(".", "/") + ".py"
