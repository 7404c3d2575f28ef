"""Nothing goes up: what a package may import is said in pyproject.toml, and no string goes round it."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.paths import project_root

PACKAGES = ("course_lib", "autograder", "authoring")  # from the lowest to the highest
LINT = "from importlinter.cli import lint_imports_command as run; run()"


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """All strings of a module but docstrings, which nothing is done with."""
    described = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, described) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def strings_that_go_up(root: Path) -> list[str]:
    """Where a string in a package names a module of a package above it."""
    found = []
    for place, package in enumerate(PACKAGES[:-1]):
        above = re.compile(rf"(?<![\w-])({'|'.join(PACKAGES[place + 1 :])})([./]|$)")
        for path in sorted(root.joinpath(package).rglob("*.py")):
            for node in strings(ast.parse(path.read_text(encoding="utf-8"))):
                if above.search(str(node.value)):
                    found.append(f"{path.relative_to(root)}:{node.lineno}: {node.value!r}")
    return found


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The three packages and their rules, in a folder of their own."""
    for package in PACKAGES:
        shutil.copytree(
            project_root() / package,
            tmp_path / package,
            ignore=shutil.ignore_patterns("__pycache__", "*.npz"),
        )
    shutil.copy(project_root() / "pyproject.toml", tmp_path)
    return tmp_path


def test_no_string_names_a_module_above() -> None:
    assert strings_that_go_up(project_root()) == []


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("course_lib/lessons.py", "import autograder", "is not allowed to import autograder"),
        ("course_lib/cli/lab.py", "def up(): from authoring import site", "import authoring"),
        ("autograder/grading/recorder.py", "import authoring.site", "is not allowed to import authoring"),
        ("course_lib/blocks/cbam.py", "import course_lib.checks", "import course_lib.checks"),
        ("course_lib/data/shapes.py", "from course_lib.session import setup", "import course_lib.session"),
        ("course_lib/checks/judge.py", "def late(): import keras", "import keras"),
    ],
)
def test_a_planted_import_breaks_the_rules(copy: Path, file: str, line: str, contract: str) -> None:
    with copy.joinpath(file).open("a") as module:
        module.write(f"\n\n{line}\n")
    done = lint(copy)
    assert done.returncode == 1
    assert contract in done.stdout


def test_without_one_the_rules_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "line",
    ['import_module("autograder.keys")', '__import__("authoring")', 'open(f"autograder/{name}.py")'],
)
def test_a_planted_string_is_found(copy: Path, line: str) -> None:
    with copy.joinpath("course_lib/lessons.py").open("a") as module:
        module.write(f"\n\n{line}\n")
    (found,) = strings_that_go_up(copy)
    assert found.startswith("course_lib/lessons.py:")


def test_judging_loads_neither_keras_nor_tensorflow() -> None:
    script = (
        "import sys\n"
        "import autograder.grading.nbgrader_steps, course_lib.checks.exercise\n"
        "course_lib.checks.exercise.all_exercises()\n"
        "print(sorted({'keras', 'tensorflow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
