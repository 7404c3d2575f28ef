"""The pages for people name what is there: files, folders, modules, commands, versions."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.version import Version

from course_lib.cli import READERS, announced
from course_lib.paths import project_root

ROOT = project_root()
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "docs/figures/README.md")
)
OF_TODAY = [page for page in PAGES if page != "CHANGELOG.md"]  # which names what is gone, too
FOLDERS = "authoring|autograder|benchmarks|claims|course_lib|docs|notebooks|solutions|tests"
PATH = re.compile(rf"(?<![\w./-])((?:{FOLDERS}|PACKAGE|\.github|\.ci)/[\w./*-]*)")
MODULE = re.compile(r"(?<![\w./-])((?:authoring|autograder|course_lib)(?:\.\w+)+)\b(?!/)")
# Typed as a line of its own, after another command, or within a sentence.
COMMAND = re.compile(r"(?:^\./|[&=\d] \./|`(?:\./)?)course ([a-z][a-z-]+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# What stands for a name in a path, from the longest to the shortest.
PLACEHOLDERS = {"NN_slug": "[0-9][0-9]_*", "NN": "[0-9][0-9]"} | dict.fromkeys(
    ["EXERCISE", "PACKAGE", "STYLE", "NAME"], "*"
)
# Pages that only the site has; its own tests follow the links to them.
ON_THE_SITE = {"docs/lessons/index.md", "docs/blocks/index.md", "docs/claims.md"}
# Decisions speak of names that digests keep.
FORMER = {"course_lib.claims"}


def text(page: str) -> str:
    return ROOT.joinpath(page).read_text(encoding="utf-8")


def is_there(path: str) -> bool:
    for placeholder, pattern in PLACEHOLDERS.items():
        path = path.replace(placeholder, pattern)
    return any(ROOT.glob(path.rstrip("./")))


def module_is_there(name: str) -> bool:
    """Whether modules lead as far as possible, and the last of them defines what comes after."""
    place, parts = ROOT, name.split(".")
    while parts and place.joinpath(parts[0]).is_dir():
        place = place / parts.pop(0)
    if parts and place.joinpath(f"{parts[0]}.py").is_file():
        place = place / f"{parts.pop(0)}.py"
    return not parts or parts[0] in defined(place if place.suffix else place / "__init__.py")


def defined(module: Path) -> set[str]:
    """The names of functions, classes, variables and imports."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name)
    return found


def missing(page: str) -> Iterator[str]:
    """What a page names and nobody has."""
    content = text(page)
    yield from (path for path in PATH.findall(content) if not is_there(path))
    yield from (name for name in MODULE.findall(content) if name not in FORMER and not module_is_there(name))
    commands = {entry.name for group in READERS for entry in announced(group)}
    yield from (f"course {name}" for name in COMMAND.findall(content) if name not in commands)


@pytest.mark.parametrize("page", OF_TODAY)
def test_what_a_page_names_is_there(page: str) -> None:
    assert list(missing(page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_links_inside_the_repository_lead_somewhere(page: str) -> None:
    folder = Path(page).parent
    for target in LINK.findall(text(page)):
        if "://" not in target and (folder / target).as_posix() not in ON_THE_SITE:
            assert (ROOT / folder / target).exists(), target


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("solutions/NN_slug/NN_slug.py", True),
        ("autograder/lessons/lesson_NN/EXERCISE/accepted_answers/STYLE.py", True),
        ("PACKAGE/cli/NAME.py", True),
        ("course_lib/blocks/", True),
        ("course_lib/claims/", False),
        ("autograder/accepted_answers/EXERCISE/STYLE.py", False),
    ],
)
def test_what_is_gone_would_be_noticed(path: str, there: bool) -> None:
    assert PATH.fullmatch(path) and is_there(path) == there


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("course_lib.figures", True),
        ("course_lib.blocks.cbam", True),
        ("course_lib.hand_in.pack", True),
        ("course_lib.cli.grade", False),
        ("autograder.pipeline", False),
        ("authoring.building.nothing", False),
    ],
)
def test_a_module_that_is_gone_would_be_noticed(name: str, there: bool) -> None:
    assert MODULE.fullmatch(name) and module_is_there(name) == there


def test_each_decision_stands_under_a_heading_and_in_a_line() -> None:
    _, *sections = re.split(r"^## .+$", text("docs/decisions.md"), flags=re.MULTILINE)
    assert len(sections) > 5
    for section in sections:
        lines = section.strip().splitlines()
        assert lines and all(line.startswith("- ") for line in lines), lines[:1]


# ---- Versions ----

VERSION = tomllib.loads(text("pyproject.toml"))["project"]["version"]
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_changelog_begins_with_this_version_and_keeps_its_form() -> None:
    """That of keepachangelog.com."""
    headings = re.findall(r"^## (.*)$", text("CHANGELOG.md"), re.MULTILINE)
    forms = [re.fullmatch(r"\[([\d.]+)\] - (Unreleased|\d{4}-\d\d-\d\d)", heading) for heading in headings]
    assert all(forms), headings
    versions = [form[1] for form in forms if form]
    assert versions[0] == VERSION
    assert versions == sorted(versions, key=Version, reverse=True)
    assert {*re.findall(r"^### (.*)$", text("CHANGELOG.md"), re.MULTILINE)} <= KINDS


def test_the_version_is_the_same_wherever_it_stands() -> None:
    assert f"\nversion: {VERSION}\n" in text("CITATION.cff")
    for page in OF_TODAY:
        assert {*re.findall(r"attention_course-([\d.]+)-py3", text(page))} <= {VERSION}, page
