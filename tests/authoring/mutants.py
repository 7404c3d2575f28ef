"""Wrong answers that nobody thought of: the solutions with one small change in their syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ACTIVATIONS = {"relu": ("tanh", "relu6"), "sigmoid": ("softplus", "hard_sigmoid")}
OPERATORS = {ast.Mult: ast.Add, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult}
CALLS = {
    "mean": "max",
    "max": "mean",
    "min": "mean",
    "sum": "mean",
    "Multiply": "Add",
    "Add": "Multiply",
    "GlobalAveragePooling2D": "GlobalMaxPooling2D",
    "MaxPooling2D": "AveragePooling2D",
    "BatchNormalization": "LayerNormalization",
    "ReLU": "LeakyReLU",
}


@dataclass(frozen=True)
class Mutant:
    """What was changed, and the source after it."""

    change: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Every answer that one change makes of a solution, each once."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for place, node in enumerate(ast.walk(tree)):
        for edit in edits(node):
            copied = copy.deepcopy(tree)
            changed = list(ast.walk(copied))[place]
            edit(changed)
            text = ast.unparse(ast.fix_missing_locations(copied))
            if text != original:
                change = f"{ast.unparse(node)} → {ast.unparse(changed)}"
                found.setdefault(text, Mutant(change, text))
    return list(found.values())


Edit = Callable[[ast.AST], None]


def edits(node: ast.AST) -> Iterator[Edit]:
    """The changes that can be made at one node."""
    match node:
        case ast.Assign() | ast.Return():
            yield replacing(lambda n: ast.Pass())
        case ast.JoinedStr(values=[_, _, *_] as parts):
            for index in range(len(parts)):
                yield dropping("values", index)
        case ast.Call(func=ast.Name(), args=[_, *_]):
            yield replacing(lambda n: n.args[0])
    match node:
        case ast.Constant(value=bool(value)):
            yield setting("value", not value)
        case ast.Constant(value=int(value)):
            yield setting("value", value + 1)
            yield setting("value", value - 1)
        case ast.Constant(value=str(value)) if value in ACTIVATIONS:
            for other in ACTIVATIONS[value]:
                yield setting("value", other)
        case ast.BinOp(op=operator) if type(operator) in OPERATORS:
            other = OPERATORS[type(operator)]
            yield setting("op", other())
            yield replacing(lambda n: n.right)
            yield replacing(lambda n: n.left)
        case ast.Attribute(attr=name) if name in CALLS:
            yield setting("attr", CALLS[name])
        case ast.Call(func=ast.Call(), args=[_]):
            yield replacing(lambda n: n.args[0])
        case ast.Call(keywords=keywords) if keywords:
            for index, keyword in enumerate(keywords):
                if keyword.arg != "name":
                    yield dropping("keywords", index)
        case ast.Call(args=[_, _, *_]):
            yield swapping("args")
        case ast.List(elts=[_, _, *_]):
            yield swapping("elts")
        case _:
            return


def setting(field: str, value: object) -> Edit:
    return lambda node: setattr(node, field, value)


def swapping(field: str) -> Edit:
    def edit(node: ast.AST) -> None:
        first, second, *rest = getattr(node, field)
        setattr(node, field, [second, first, *rest])

    return edit


def dropping(field: str, index: int) -> Edit:
    return lambda node: getattr(node, field).pop(index)


def replacing(choose: Callable[..., ast.AST]) -> Edit:
    """Puts one of a node's own parts in the node's place."""

    def edit(node: ast.AST) -> None:
        part = choose(node)
        node.__class__ = part.__class__  # type: ignore[misc]
        node.__dict__ = part.__dict__

    return edit
