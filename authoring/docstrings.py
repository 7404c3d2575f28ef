"""Code without its docstrings: two pieces of code that differ in these alone do the same."""

import ast


def drop_docstrings(tree: ast.AST) -> None:
    """Take the docstrings of all functions and classes out of a syntax tree."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.FunctionDef(body=[ast.Expr(value=ast.Constant(value=str())), *rest])
                | ast.AsyncFunctionDef(body=[ast.Expr(value=ast.Constant(value=str())), *rest])
                | ast.ClassDef(body=[ast.Expr(value=ast.Constant(value=str())), *rest])
            ):
                node.body = rest or [ast.Pass()]
