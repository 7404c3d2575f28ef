"""The top level of a Python file: which statement defines which name, and what each of them rests on."""

import ast
import symtable
from collections.abc import Iterable, Iterator

Definitions = dict[str, tuple[ast.stmt, ...]]


def is_import(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Import | ast.ImportFrom)


def definitions(tree: ast.Module) -> Definitions:
    """The top-level statements that define or change each name, in their order."""
    found: dict[str, tuple[ast.stmt, ...]] = {}
    for statement in tree.body:
        for name in dict.fromkeys(_bound(statement)):
            before = found.get(name, ())
            if isinstance(statement, ast.Expr) and (not before or is_import(before[0])):
                continue  # `figures.show(fig)` changes nothing in `figures`
            found[name] = (*before, statement)
    return found


def names_used(statement: ast.stmt) -> set[str]:
    """The names of the file's top level that a statement uses, also inside the functions it defines."""
    table = symtable.symtable(ast.unparse(statement), "", "exec")
    used = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    inner = list(table.get_children())
    while inner:
        scope = inner.pop()
        used |= {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_global()}
        inner += scope.get_children()
    return used


def _bound(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases):
            yield from (alias.asname or alias.name.split(".")[0] for alias in aliases)
        case ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name for alias in aliases)
        case ast.Assign(targets=targets):
            yield from _targets(targets)  # of `table["a"] = 1` also `table`
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            yield from _targets([target])
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            yield name  # `names.append(1)`
        case ast.For(target=target, body=body, orelse=orelse):
            yield from _targets([target])
            yield from (name for inner in (*body, *orelse) for name in _bound(inner))
        case ast.If(body=body, orelse=orelse) | ast.While(body=body, orelse=orelse):
            yield from (name for inner in (*body, *orelse) for name in _bound(inner))
        case ast.With(body=body):
            yield from (name for inner in body for name in _bound(inner))
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=finalbody):
            every = (*body, *(s for handler in handlers for s in handler.body), *orelse, *finalbody)
            yield from (name for inner in every for name in _bound(inner))


def _targets(targets: Iterable[ast.expr]) -> Iterator[str]:
    for target in targets:
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))
