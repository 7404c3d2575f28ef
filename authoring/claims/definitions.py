"""The top level of a Python file: which statement defines which name, and what each of them rests on."""

import ast
import symtable
from collections.abc import Iterable, Iterator

Definitions = dict[str, tuple[ast.stmt, ...]]


def is_import(statement: ast.AST) -> bool:
    return isinstance(statement, ast.Import | ast.ImportFrom)


def definitions(tree: ast.Module) -> Definitions:
    """The top-level statements that define or change each name, in their order."""
    found: dict[str, tuple[ast.stmt, ...]] = {}
    for statement in tree.body:
        bound: dict[str, list[ast.stmt]] = {}
        for name, how in _bound(statement):
            bound.setdefault(name, []).append(how)
        for name, ways in bound.items():
            before = found.get(name, ())
            if all(isinstance(how, ast.Expr) for how in ways) and (not before or is_import(before[0])):
                continue  # `figures.show(fig)` changes nothing in `figures`, not in a loop either
            imports = dict.fromkeys(how for how in ways if is_import(how))
            found[name] = (*before, *(imports or [statement]))
    return found


def names_used(statement: ast.stmt) -> set[str]:
    """The names of the file's top level that a statement uses, also inside the functions it defines.

    Python's own scopes decide, unlike in `notebook_cells.names_read`: a local variable that shares its name
    with a definition of the file must not make a stored measurement depend on that.
    """
    table = symtable.symtable(ast.unparse(statement), "", "exec")
    used = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    inner = list(table.get_children())
    while inner:
        scope = inner.pop()
        used |= {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_global()}
        inner += scope.get_children()
    return used


def _bound(statement: ast.stmt) -> Iterator[tuple[str, ast.stmt]]:
    """Names that a top-level statement defines or changes, each with the statement in it that does so."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name, statement
        case ast.Import(names=aliases):
            yield from ((alias.asname or alias.name.split(".")[0], statement) for alias in aliases)
        case ast.ImportFrom(names=aliases):
            yield from ((alias.asname or alias.name, statement) for alias in aliases)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=target))):
            yield from ((name, statement) for name in _names([target])[:1])  # `names.append(1)`
        case ast.If() | ast.For() | ast.While() | ast.With() | ast.Try() | ast.Match():
            for inner in ast.walk(statement):
                if isinstance(inner, ast.stmt) and inner is not statement:
                    yield from _bound(inner)
            yield from ((name, statement) for name in _stored(statement))
        case _:  # of `table["a"] = 1` also `table`
            targets = getattr(statement, "targets", [getattr(statement, "target", None)])
            yield from ((name, statement) for name in _names(filter(None, targets)))
            yield from ((name, statement) for name in _stored(statement))


def _names(expressions: Iterable[ast.expr]) -> list[str]:
    return [node.id for each in expressions for node in ast.walk(each) if isinstance(node, ast.Name)]


def _stored(statement: ast.stmt) -> list[str]:
    """Names that a statement gives a value, such as those of `with … as x` and `x := 1`."""
    own = {  # the variables of `[… for x in …]` are nobody else's
        name
        for node in ast.walk(statement)
        if isinstance(node, ast.comprehension)
        for name in ast.walk(node.target)
    }
    return [
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in own
    ]
