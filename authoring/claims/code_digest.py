"""Which code a measurement rests on, and a digest of it.

From a function on, every definition of the course that its code names is followed: functions, classes and
values of its own file, of `course_lib`, and of the lesson it takes them from. The digest is made from their
syntax trees without docstrings, annotations and the words of errors, so that comments, spelling and layout
make no result stale, and a changed number does. What is loaded with a digest of its own, the images, is not
followed, nor is the ledger itself.
"""

import ast
import copy
import functools
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from authoring.claims.definitions import Definitions, definitions, is_import, names_used
from authoring.docstrings import drop_docstrings
from course_lib.errors import CourseError

# The images are checked against their SHA-256 wherever they are loaded; the others measure nothing.
_NOT_FOLLOWED = (
    "course_lib.data.fashion_mnist",
    "authoring.claims",
    "course_lib.errors",
    "course_lib.paths",
)
# Stored results have digests that name what a claim imports. When they were measured, this package was called
# otherwise, which is no reason to measure again.
_STORED_UNDER = {"authoring.claims": "course_lib.claims"}
_FROM_LESSON = {("authoring.claims", "from_lesson"), ("authoring.claims.claim", "from_lesson")}
_Given = frozenset[str]  # variables of a lesson that the claim hands over
_Reached = dict[tuple[str, str, _Given], str]


def digest(file: Path, function: str, root: Path) -> str:
    """Sixteen hexadecimal digits for the code that `function`, defined in `file`, rests on.

    root: the folder that holds `course_lib` and `solutions`. CourseError if there is no such function, or if
    it takes from a lesson what cannot be read off its code.
    """
    sources = _Sources(root)
    start = str(file)
    if function not in sources.definitions(start):
        raise CourseError(
            f"There is no function {function!r} to take a digest of.",
            where=str(file),
            fix="define it with def at the top level of the file",
        )
    reached: _Reached = {}
    sources.follow(start, function, reached)
    # Paths differ between computers: the claim's own file has none, a lesson's goes by its name.
    entries = sorted(
        f"{'' if module == start else Path(module).name}\n{name}\n{sorted(given)}\n{text}"
        for (module, name, given), text in reached.items()
    )
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

    def follow(self, module: str, name: str, reached: _Reached, given: _Given = frozenset()) -> None:
        """Add what defines `name`, and all that this names, to `reached`."""
        if (module, name, given) in reached or name in given or module.startswith(_NOT_FOLLOWED):
            return
        if not (statements := self.definitions(module).get(name)):
            return  # of Python itself
        reached[module, name, given] = ""
        for statement in statements:
            if is_import(statement):
                reached[module, name, given] += _imported(statement, name)
                self._follow_use(module, ast.Name(name), {}, reached)
                continue
            bare = _bare(statement)
            reached[module, name, given] += _text(bare)
            inner = {
                alias.asname or alias.name.split(".")[0]: node
                for node in ast.walk(bare)
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            }
            names = names_used(bare) - given
            for used in names:
                if not any(map(is_import, self.definitions(module).get(used, ()))):
                    self.follow(module, used, reached, given)
            for node in _outermost(bare):
                if _root(node) in names | inner.keys():
                    self._follow_use(module, node, inner, reached)
            self._follow_lessons(module, bare, inner, reached)

    def _follow_use(
        self, module: str, node: ast.expr, inner: Mapping[str, ast.stmt], reached: _Reached
    ) -> None:
        """Follow a name or a chain like `data.cluttered` into the module it comes from.

        A module that is used as a value, as in `getattr(data, part)`, is followed as a whole.
        """
        whole = self._module_of(module, node, inner)
        if whole:
            for name in self.definitions(whole):
                self.follow(whole, name, reached)
        elif found := self._origin(module, node, inner):
            self.follow(*found, reached)
        elif isinstance(node, ast.Name):
            statement = inner.get(node.id) or next(iter(self.definitions(module).get(node.id, ())), None)
            if statement is not None and is_import(statement):  # another library's
                reached[module, node.id, frozenset()] = _imported(statement, node.id)
        elif isinstance(node, ast.Attribute):
            self._follow_use(module, node.value, inner, reached)

    def _follow_lessons(
        self, module: str, statement: ast.stmt, inner: Mapping[str, ast.stmt], reached: _Reached
    ) -> None:
        """Follow what is taken from a lesson by `from_lesson`."""
        calls = {id(node.func): node for node in ast.walk(statement) if isinstance(node, ast.Call)}
        for node in ast.walk(statement):
            if not isinstance(node, ast.expr) or self._origin(module, node, inner) not in _FROM_LESSON:
                continue
            call = calls.get(id(node), ast.Call(node, [], []))
            plain = [each.value for each in call.args if isinstance(each, ast.Constant)]
            handed = frozenset(keyword.arg or "" for keyword in call.keywords)
            if len(plain) < 2 or len(plain) < len(call.args) or "" in handed:
                raise CourseError(
                    f"What is taken from a lesson cannot be read off {ast.unparse(call)!r}.",
                    where=f"{module}, line {node.lineno}",
                    fix='write from_lesson("NN_slug", "name", …, variable=…) with plain strings',
                )
            lesson, *wanted = map(str, plain)
            for each in wanted:
                source = self._root / "solutions" / lesson / f"{lesson}.py"
                self.follow(str(source), each, reached, handed)

    def _origin(self, module: str, node: ast.expr, inner: Mapping[str, ast.stmt]) -> tuple[str, str] | None:
        """The module of the course, and the name in it, that an expression stands for."""
        match node:
            case ast.Name(id=name):
                statement = inner.get(name) or next(iter(self.definitions(module).get(name, ())), None)
                if statement is not None and is_import(statement):
                    source, original = _source(statement, name)
                    if original and self._path(source) and not self._submodule(source, original):
                        return source, original
            case ast.Attribute(value=value, attr=attribute):
                owner = self._module_of(module, value, inner)
                if owner and not self._submodule(owner, attribute):
                    return owner, attribute
        return None

    def _module_of(self, module: str, node: ast.expr, inner: Mapping[str, ast.stmt]) -> str:
        """The module of the course that an expression like `training.trials` stands for, or ""."""
        match node:
            case ast.Name(id=name):
                statement = inner.get(name) or next(iter(self.definitions(module).get(name, ())), None)
                if statement is None or not is_import(statement):
                    return ""
                source, original = _source(statement, name)
                if original:
                    return self._submodule(source, original)
                return source if self._path(source) else ""
            case ast.Attribute(value=value, attr=attribute):
                owner = self._module_of(module, value, inner)
                return self._submodule(owner, attribute) if owner else ""
        return ""

    def _submodule(self, package: str, name: str) -> str:
        """The module `package.name`, or "" where the package defines something of that name."""
        whole = f"{package}.{name}"
        return whole if name not in self.definitions(package) and self._path(whole) else ""

    def _path(self, module: str) -> Path | None:
        if module.split(".")[0] not in ("course_lib", "authoring"):
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


def _imported(statement: ast.stmt, name: str) -> str:
    """What an import brings under that name, as digests have it."""
    module, original = _source(statement, name)
    return ".".join(filter(None, (_STORED_UNDER.get(module, module), original)))


def _outermost(statement: ast.stmt) -> Iterator[ast.expr]:
    """Names, and whole chains like `a.b.c`, not their parts."""
    parts = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Attribute)}
    for node in ast.walk(statement):
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in parts:
            yield node


def _root(node: ast.expr) -> str:
    """The name that a chain like `a.b.c` begins with, or ""."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _bare(statement: ast.stmt) -> ast.stmt:
    """A statement without what measures nothing: docstrings, annotations, the words of errors."""
    bare = copy.deepcopy(statement)
    drop_docstrings(bare)
    for node in ast.walk(bare):
        for name in ("annotation", "returns"):
            if getattr(node, name, None) is not None:
                setattr(node, name, ast.Constant(0) if isinstance(node, ast.AnnAssign) else None)
        match node:
            case ast.Raise(exc=ast.Call(func=func)):
                node.exc = func
    return ast.fix_missing_locations(bare)


def _text(node: object) -> str:
    """A syntax tree as text, the same in every version of Python."""
    if isinstance(node, list):
        return "[" + ",".join(map(_text, node)) + "]"
    if not isinstance(node, ast.AST):
        return repr(node)
    parts = [
        f"{name}={_text(value)}"
        for name, value in ast.iter_fields(node)
        if name not in ("ctx", "kind", "type_comment", "type_params")
        and (value not in (None, []) or isinstance(node, ast.Constant))
    ]
    return f"{type(node).__name__}({','.join(parts)})"
