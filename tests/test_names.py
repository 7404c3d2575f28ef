"""Names: what modules share has a name unique in its package; what only its own module uses is private.

Looked at are functions and classes at module level. Methods, the `command` of a command's module, and the
`main` of a module that is run are found by other ways than their names.
"""

from __future__ import annotations

import ast
import pkgutil
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("course_lib", "autograder", "authoring")
USERS = (*PACKAGES, "solutions", "claims", "benchmarks", "docs", "tests")
FOUND_OTHERWISE = ("command", "main", "setup")  # by entry points, by running a module, by Sphinx
# Used by a text that is put together when it is needed, or by what stands where its module is put.
BY_TEXT = {
    ("course_lib.checks.probe", "respond"),  # the test cells of grading
    ("authoring.release.drawn_resnet", "small_resnet"),  # takes the place of networks.resnet in a zip file
}

Name = tuple[str, str]  # a module, and a name in it


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_attack(path: Path) -> bool:
    return path.is_relative_to(ROOT / "tests" / "attacks") and path.parent.name != "attacks"


@cache
def trees() -> dict[str, ast.Module]:
    """Every Python file that can use a name of the packages, by module; attacks may use any."""
    paths = [ROOT / "nbgrader_config.py", *(path for user in USERS for path in (ROOT / user).rglob("*.py"))]
    return {
        module_name(path): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(paths)
        if not is_attack(path) and "accepted_answers" not in path.parts
    }


def package_of(module: str) -> str:
    return module.partition(".")[0]


@cache
def definitions(kinds: tuple[type[ast.stmt], ...] = (ast.FunctionDef, ast.ClassDef)) -> frozenset[Name]:
    """The functions and classes at module level of all packages."""
    return frozenset(
        (module, node.name)
        for module, tree in trees().items()
        if package_of(module) in PACKAGES
        for node in tree.body
        if isinstance(node, kinds) and node.name not in FOUND_OTHERWISE
    )


@cache
def origins() -> dict[Name, Name]:
    """Where an imported name comes from: `course_lib.blocks.BAM` is `course_lib.blocks.bam.BAM`."""
    return {
        (module, alias.asname or alias.name): (node.module, alias.name)
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def origin(name: Name) -> Name:
    while name not in definitions() and name in origins():
        name = origins()[name]
    return name


def dotted(node: ast.expr) -> list[str]:
    """The parts of `a.b.c`; none for another expression."""
    if isinstance(node, ast.Name):
        return [node.id]
    before = dotted(node.value) if isinstance(node, ast.Attribute) else []
    return [*before, node.attr] if before and isinstance(node, ast.Attribute) else []


def imported(tree: ast.AST) -> dict[str, str]:
    """What code imports: from the name that it uses, to the module or the name in a module."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                found[alias.asname or first] = alias.name if alias.asname else first
    return found


def names_in(tree: ast.AST) -> Iterator[Name]:
    """The names of other modules that code uses: imported, behind a module's name, or in a text."""
    names = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Attribute) and (parts := dotted(node)) and parts[0] in names:
            *module, name = [*names[parts[0]].split("."), *parts[1:]]
            yield ".".join(module), name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from names_in_text(node.value)


def names_in_text(text: str) -> Iterator[Name]:
    """The name in a text such as `autograder.grading.grader:grade`, of a setting or an entry point."""
    if found := re.fullmatch(rf"((?:{'|'.join(PACKAGES)})(?:\.\w+)+)[.:](\w+)", text):
        yield found[1], found[2]


@cache
def users() -> dict[Name, frozenset[str]]:
    """The modules that use each name, its own aside."""
    found: dict[Name, set[str]] = defaultdict(set)
    for module, tree in trees().items():
        for name in map(origin, names_in(tree)):
            if name[0] != module:
                found[name].add(module)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = [project.get("scripts", {}), *project["entry-points"].values()]
    for text in (text for group in points for text in group.values()):
        for name in names_in_text(text):
            found[name].add("pyproject.toml")
    return {name: frozenset(modules) for name, modules in found.items()}


def is_private(name: str) -> bool:
    return name.startswith("_")


def public(package: str, *kinds: type[ast.stmt]) -> set[Name]:
    return {
        (module, name)
        for module, name in definitions(kinds)
        if package_of(module) == package and name[0] != "_"
    }


def test_uses_are_seen() -> None:
    assert "course_lib.blocks" in users()["course_lib.blocks.bam", "BAM"]  # imported
    assert (
        "course_lib.networks.papers" in users()["course_lib.blocks.bam", "BAM"]
    )  # from where it is imported
    assert (
        "course_lib.checks.probe" in users()["course_lib.checks.known_weights", "assign"]
    )  # as an attribute
    assert "pyproject.toml" in users()["course_lib.cli.doctor", "examine_computer"]  # in a text


@pytest.mark.parametrize("package", PACKAGES)
def test_what_modules_share_has_a_name_of_its_own(package: str) -> None:
    """Lessons' names, such as `count.compare` and `figures.compare`, are told apart by their modules."""
    homes: dict[str, set[str]] = defaultdict(set)
    for module, name in public(package, ast.FunctionDef, ast.ClassDef):
        if not any(package_of(user) == "solutions" for user in users().get((module, name), ())):
            homes[name].add(module)
    assert {name: modules for name, modules in homes.items() if len(modules) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_function_that_only_its_own_module_uses_is_private(package: str) -> None:
    assert sorted(public(package, ast.FunctionDef) - users().keys() - BY_TEXT) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_uses_a_private_name_of_another(package: str) -> None:
    taken = {
        (module, name): sorted(user for user in used_by if package_of(user) in PACKAGES)
        for (module, name), used_by in users().items()
        if package_of(module) == package and is_private(name) and not name.startswith("__")
    }
    assert {name: modules for name, modules in taken.items() if modules} == {}


def assigned(tree: ast.AST) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from (target for target in node.targets if isinstance(target, ast.Attribute))


def attackers_codes() -> Iterator[tuple[str, ast.Module]]:
    """The code of the attacks, and of the made-up students who attack."""
    for path in sorted(ROOT.glob("tests/attacks/*/**/*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(ROOT.glob("autograder/lessons/*/sample_class.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and "course_lib.checks" in str(node.value):
                yield str(path.relative_to(ROOT)), ast.parse(node.value)


def test_attackers_replace_what_is_there() -> None:
    """An attack on a name that was renamed would attack nothing."""
    replaced, missing = set(), []
    for attack, tree in attackers_codes():
        names = imported(tree)
        for first, *rest in filter(None, map(dotted, assigned(tree))):
            if package_of(start := names.get(first, "")) == "course_lib":
                path = ".".join((start, *rest))
                replaced.add(path)
                if not is_there(path):
                    missing.append((attack, path))
    assert missing == []
    assert "course_lib.checks.behaviour.measured_behaviour" in replaced


def is_there(path: str) -> bool:
    try:
        pkgutil.resolve_name(path)
    except (ImportError, AttributeError):
        return False
    return True
