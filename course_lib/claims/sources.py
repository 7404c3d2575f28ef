"""Which code a measurement rests on, and a digest of it.

From a function on, every definition of the course that its code names is followed: functions, classes and
values of its own file, of `course_lib`, and of the lesson it takes them from. The digest is made from their
syntax trees without docstrings and annotations, so that comments, spelling and layout make no result stale,
and a changed number does. What is loaded with a digest of its own, the images, is not followed.
"""

import ast
import functools
import hashlib
from pathlib import Path

from course_lib.claims.definitions import Definitions, definitions, is_import, names_used
from course_lib.errors import CourseError

# Their content is checked against its SHA-256 wherever it is loaded.
_KNOWN_BY_CONTENT = {"course_lib.data.fashion_mnist"}
_LESSON_CALL = "from_lesson"
_Given = frozenset[str]  # variables of a lesson that the claim hands over


def digest(file: Path, function: str, root: Path) -> str:
    """Sixteen hexadecimal digits for the code that `function`, defined in `file`, rests on.

    root: the folder that holds `course_lib` and `solutions`. CourseError if there is no such function.
    """
    tree = _Sources(root)
    start = str(file)
    if function not in tree.definitions(start):
        raise CourseError(
            f"There is no function {function!r} to take a digest of.",
            where=str(file),
            fix="define it with def at the top level of the file",
        )
    reached: dict[tuple[str, str, _Given], str] = {}
    tree.follow(start, function, reached)
    # The file's own name is left out: it differs between computers.
    entries = sorted({f"{name}\n{text}" for (_, name, _), text in reached.items()})
    return hashlib.sha256("\n".join(entries).encode()).hexdigest()[:16]


class _Sources:
    """The modules of one course, parsed when first needed; a module is called "course_lib.x" or its path."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @functools.cache  # noqa: B019 (lives as long as one digest)
    def definitions(self, module: str) -> Definitions:
        """Top-level names of a module and what defines each."""
        path = Path(module) if module.endswith(".py") else self._path(module)
        return definitions(ast.parse(path.read_text(encoding="utf-8"))) if path else {}

    def follow(
        self, module: str, name: str, reached: dict[tuple[str, str, _Given], str], given: _Given = frozenset()
    ) -> None:
        """Add what defines `name`, and all that this names, to `reached`."""
        if (module, name, given) in reached or name in given or module in _KNOWN_BY_CONTENT:
            return
        for statement in self.definitions(module).get(name, ()):
            if is_import(statement):
                if imported := self._imported(statement, name):
                    self.follow(*imported, reached)
                elif not self._module_of(module, ast.Name(name)):
                    reached[module, name, given] = _origin(statement, name)
                continue
            entry = reached.get((module, name, given), "")
            reached[module, name, given] = entry + _text(statement)
            for other in names_used(statement):
                self.follow(module, other, reached, given)
            for node in ast.walk(statement):
                match node:
                    case ast.Call(ast.Name(called), [ast.Constant(str(lesson)), *wanted], keywords) if (
                        called == _LESSON_CALL
                    ):
                        source = str(self._root / "solutions" / lesson / f"{lesson}.py")
                        handed = frozenset(keyword.arg for keyword in keywords if keyword.arg)
                        for each in wanted:
                            if isinstance(each, ast.Constant):
                                self.follow(source, str(each.value), reached, handed)
                    case ast.ImportFrom(names=aliases):  # inside a function
                        for alias in aliases:
                            if imported := self._imported(node, alias.asname or alias.name):
                                self.follow(*imported, reached)
                    case ast.Attribute(value=value, attr=attribute):
                        owner = self._module_of(module, value)
                        if owner and not self._submodule(owner, attribute):
                            self.follow(owner, attribute, reached)

    def _imported(self, statement: ast.stmt, name: str) -> tuple[str, str] | None:
        """The module and the name in it that `from course_lib.x import y as NAME` stands for."""
        source, original = _source(statement, name)
        if not original or not self._path(source) or self._submodule(source, original):
            return None
        return source, original

    def _module_of(self, module: str, node: ast.expr) -> str:
        """The module of the course that an expression like `training.trials` stands for, or ""."""
        match node:
            case ast.Name(id=name):
                statement = next(iter(self.definitions(module).get(name, ())), None)
                if statement is None or not is_import(statement):
                    return ""
                source, original = _source(statement, name)
                if original:
                    return self._submodule(source, original)
                return source if self._path(source) else ""
            case ast.Attribute(value=value, attr=attribute):
                owner = self._module_of(module, value)
                return self._submodule(owner, attribute) if owner else ""
        return ""

    def _submodule(self, package: str, name: str) -> str:
        """The module `package.name`, or "" where the package defines something of that name."""
        whole = f"{package}.{name}"
        return whole if name not in self.definitions(package) and self._path(whole) else ""

    def _path(self, module: str) -> Path | None:
        if module.split(".")[0] != "course_lib":
            return None
        place = self._root.joinpath(*module.split("."))
        return next((p for p in (place.with_suffix(".py"), place / "__init__.py") if p.is_file()), None)


def _source(statement: ast.stmt, name: str) -> tuple[str, str]:
    """The module that an import names, and the name taken from it, "" for the module itself."""
    match statement:
        case ast.Import(names=aliases):
            whole = next(a for a in aliases if (a.asname or a.name.split(".")[0]) == name)
            return (whole.name if whole.asname else name), ""
        case ast.ImportFrom(module=source, names=aliases):
            return source or ".", next(a.name for a in aliases if (a.asname or a.name) == name)
    raise ValueError(f"{ast.unparse(statement)!r} is no import")


def _origin(statement: ast.stmt, name: str) -> str:
    """Where a name from another library comes from."""
    return ".".join(filter(None, _source(statement, name)))


def _text(node: object) -> str:
    """A syntax tree as text: the same in every version of Python, and without docstrings and imports."""
    if isinstance(node, list):
        kept = [each for each in node if not isinstance(each, ast.Import | ast.ImportFrom)]
        return "[" + ",".join(map(_text, kept)) + "]"
    if not isinstance(node, ast.AST):
        return repr(node)
    parts = []
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(value, list) and _is_docstring(value[:1]):
            value = value[1:]
        if value in (None, []) and not isinstance(node, ast.Constant):
            continue
        if name not in ("ctx", "kind", "type_comment", "type_params", "returns", "annotation"):
            parts.append(f"{name}={_text(value)}")
    return f"{type(node).__name__}({','.join(parts)})"


def _is_docstring(statements: list[ast.stmt]) -> bool:
    match statements:
        case [ast.Expr(value=ast.Constant(value=str()))]:
            return True
    return False
