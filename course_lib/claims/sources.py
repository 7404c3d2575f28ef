"""Which code a measurement rests on, and a digest of it.

From a function on, every definition of the course that its code names is followed: functions, classes and
constants of its own file, of `course_lib`, and of the lesson it takes functions from. The digest is made from
their syntax trees without docstrings and imports, so that comments, spelling and layout make no result
stale, and a changed number does. What is loaded with a digest of its own, the images, is not followed.
"""

import ast
import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.errors import CourseError

# Their content is checked against its SHA-256 wherever it is loaded.
_KNOWN_BY_CONTENT = {"course_lib.data.fashion_mnist"}
_LESSON_CALL = "lesson_functions"


@dataclass(frozen=True)
class _Imported:
    """A name that stands for `name` of `module`, or for the module itself."""

    module: str
    name: str = ""


_Definition = ast.stmt | _Imported


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
    reached: dict[tuple[str, str], str] = {}
    tree.follow(start, function, reached)
    # The file's own name is left out: it differs between computers.
    entries = sorted(f"{name}\n{text}" for (_, name), text in reached.items())
    return hashlib.sha256("\n".join(entries).encode()).hexdigest()[:16]


class _Sources:
    """The modules of one course, parsed when first needed; a module is called "course_lib.x" or its path."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @functools.cache  # noqa: B019 (lives as long as one digest)
    def definitions(self, module: str) -> dict[str, _Definition]:
        """Top-level names of a module and what defines each."""
        path = Path(module) if module.endswith(".py") else self._path(module)
        if path is None:
            return {}
        found: dict[str, _Definition] = {}
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            for name, definition in _named(statement, module):
                found[name] = definition
        return found

    def follow(self, module: str, name: str, reached: dict[tuple[str, str], str]) -> None:
        """Add the definition of `name`, and of all that it names, to `reached`."""
        definition = self.definitions(module).get(name)
        if isinstance(definition, _Imported):
            if definition.name and not self._submodule(definition.module, definition.name):
                self.follow(definition.module, definition.name, reached)
            return
        if definition is None or module in _KNOWN_BY_CONTENT or (module, name) in reached:
            return
        reached[module, name] = _text(definition)
        for node in ast.walk(definition):
            match node:
                case ast.Call(func=ast.Name(id=called), args=[ast.Constant(value=str(lesson)), *wanted]) if (
                    called == _LESSON_CALL
                ):
                    source = str(self._root / "solutions" / lesson / f"{lesson}.py")
                    for each in wanted:
                        if isinstance(each, ast.Constant):
                            self.follow(source, str(each.value), reached)
                case ast.Name(id=used):
                    if not module.startswith(str(self._root / "solutions")) or not isinstance(
                        self.definitions(module).get(used), ast.Assign | ast.AnnAssign
                    ):  # a lesson's variables are handed to its functions, see lesson_functions
                        self.follow(module, used, reached)
                case ast.Attribute():
                    self._follow_attribute(module, node, reached)

    def _follow_attribute(
        self, module: str, node: ast.Attribute, reached: dict[tuple[str, str], str]
    ) -> None:
        """Follow `data.cluttered`, where `data` is a module of the course."""
        owner = self._module_of(module, node.value)
        if owner and not self._submodule(owner, node.attr):
            self.follow(owner, node.attr, reached)

    def _module_of(self, module: str, node: ast.expr) -> str:
        """The module that an expression like `training.trials` stands for, or ""."""
        match node:
            case ast.Name(id=name):
                definition = self.definitions(module).get(name)
                if not isinstance(definition, _Imported):
                    return ""
                if definition.name:
                    return self._submodule(definition.module, definition.name)
                return definition.module if self._path(definition.module) else ""
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


def _named(statement: ast.stmt, module: str) -> Iterator[tuple[str, _Definition]]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name, statement
        case ast.Assign(targets=targets):
            for target in targets:
                for node in ast.walk(target):
                    if isinstance(node, ast.Name):
                        yield node.id, statement
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name, statement
        case ast.Import(names=names):
            for alias in names:
                yield alias.asname or alias.name.split(".")[0], _Imported(alias.name)
        case ast.ImportFrom(module=str(source), names=names, level=0):
            for alias in names:
                yield alias.asname or alias.name, _Imported(source, alias.name)


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
