"""The exercises of a lesson as its source has them: solution cells, the answers to check, edits of both.

The one copy of each solution stands in `solutions/`. It is read here for whoever needs an answer to probe:
the keys, the checks of the checks, and the tests.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.keys import misconceptions
from autograder.keys.misconceptions import Edit, Wrong
from autograder.notebooks.percent_source import SourceCell, read_source
from course_lib.checks.exercise import find_exercise
from course_lib.errors import CourseError
from course_lib.notebook_cells import grade_id, is_solution, is_test_cell, names_read, read_check
from course_lib.paths import project_root

# Wrong answers may use what the solution does not: these names are there for every answer.
USUAL_IMPORTS = "import keras\nimport numpy as np\nimport tensorflow as tf\nfrom keras import layers, ops\n"


class KeyProblem(CourseError):
    """Exercise, solution and misconceptions do not fit together; the message says where."""


@dataclass(frozen=True)
class Lesson:
    """What a lesson source says about its exercises.

    Attributes:
        name: The lesson's folder, such as `01_channel_attention`.
        imports: Its import lines.
        solutions: The solution cells in order, by the exercise's id.
        answers: The expressions handed to `check`, by the exercise's id.
    """

    name: str
    imports: str
    solutions: dict[str, str]
    answers: dict[str, str]


@cache
def read(lesson: str) -> Lesson:
    """The exercises of a lesson folder, from its source.

    Raises:
        KeyProblem: If the lesson has no source, or if one of its test cells is no check.
    """
    # The course's own source, whichever class is graded: a key says what the course holds to be right, its
    # misconceptions are edits of this text, and a class's folder has the notebook alone, or a changed one.
    source = project_root() / "solutions" / lesson / f"{lesson}.py"
    if not source.is_file():
        raise KeyProblem(
            f"Lesson {lesson} has no source.", where=str(source), fix="Keys are built where `solutions/` is."
        )
    imports: list[str] = []
    solutions, answers = {}, {}
    for cell in read_source(source):
        code = cell.node.source
        if cell.node.cell_type != "code":
            continue
        if is_solution(cell.node):
            solutions[grade_id(cell.node)] = code
        elif is_test_cell(cell.node):
            exercise, given = _check_of(cell, source)
            answers[exercise] = given
        else:
            imports += [line for line in code.splitlines() if line.startswith(("import ", "from "))]
    return Lesson(lesson, "\n".join(imports), solutions, answers)


def _check_of(cell: SourceCell, source: Path) -> tuple[str, str]:
    try:
        return read_check(cell.node.source)
    except ValueError as error:
        raise KeyProblem(
            f"This cell cannot be read: {error}.",
            where=f"{source}:{cell.line}",
            fix='Write check("exercise", answer) alone, as `course build` asks for too.',
        ) from error


def answer(
    lesson: Lesson,
    exercise: str,
    edited: Mapping[str, str] | None = None,
    names: Mapping[str, Any] | None = None,
) -> Any:
    """Run the lesson's solution cells and return one exercise's answer.

    Args:
        edited: Other source for some cells, by the exercise's id.
        names: What the cells find under some names in place of the usual.
    """
    namespace: dict[str, Any] = {"__name__": "lesson"}
    exec(USUAL_IMPORTS + lesson.imports, namespace)
    namespace.update(names or {})
    for cell, source in lesson.solutions.items():
        exec(compile((edited or {}).get(cell, source), f"<{cell}>", "exec"), namespace)
    return eval(lesson.answers[exercise], namespace)


def edit(lesson: Lesson, exercise: str, edits: tuple[Edit, ...], who: str) -> str:
    """The solution cell of an exercise with edits made.

    Raises:
        KeyProblem: If a text to replace is not in the solution, so that no edit is ever silently lost.
    """
    source = lesson.solutions[exercise]
    for old, new in edits:
        if old not in source:
            raise KeyProblem(
                f"{who}: the text to replace is not in the solution of {exercise!r}: {old!r}",
                where=str(misconceptions.file_of(find_exercise(exercise))),
                fix="Write the edit anew for the solution as it stands.",
            )
        source = source.replace(old, new)
    return source


def wrong_source(lesson: Lesson, wrong: Wrong) -> str:
    """The solution cell as a student with that misconception would have written it."""
    who = wrong.misconception.id
    if wrong.number is not None:
        return f"{lesson.answers[wrong.exercise]} = {wrong.number!r}"
    return wrong.code or edit(lesson, wrong.exercise, wrong.edits, who)


def uses(lesson: Lesson, exercise: str, other: str) -> bool:
    """Whether one exercise's solution calls another's; in place of a default the probe hands in its own."""
    tree = ast.parse(lesson.solutions[exercise])
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            function.args.defaults = []
    return other in names_read(tree)
