"""Blocks of earlier lessons: the student's own, where they are found and right, else the course's."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_lib.notebook_cells import is_solution, names_read, read_cells, source_text
from course_lib.paths import project_root

Block = Callable[..., Any]


def block(exercise_id: str, *, otherwise: Block, **arguments: Any) -> Block:
    """Return the student's answer to an exercise of an earlier lesson, or `otherwise`; print which it is.

    The earlier notebook is looked for beside the folder of this one, then in the course's `notebooks/`. Only
    its import lines and the answer cells that the exercise needs are run, in a namespace of their own. The
    answer is taken only if it passes the exercise's check.

    arguments: handed to the student's block at every call that does not give them itself, such as
        reduction=4. `otherwise` has its own.
    Raises UnknownExercise if no exercise has that id.
    """
    from course_lib.checks.exercise import find_exercise

    exercise = find_exercise(exercise_id)
    path = _notebook(exercise.lesson)
    if path is None:
        answer, why = None, f"there is no notebook of lesson {exercise.lesson[:2]} here"
    else:
        answer, why = _checked_answer(path, exercise_id)
    if answer is None:
        print(f"{exercise_id}: the course's own block ({why})")
        return otherwise
    print(f"{exercise_id}: your own, from lesson {exercise.lesson[:2]}")
    found: Block = answer
    return lambda *given, **options: found(*given, **(arguments | options))


def _notebook(lesson: str) -> Path | None:
    """The notebook of a lesson: beside this one, else that of the course; None if there is none."""
    places = (Path.cwd().parent / lesson, project_root() / "notebooks" / lesson)
    paths = [place / f"{lesson}.ipynb" for place in places]
    return next((path for path in paths if os.access(path, os.R_OK)), None)


def _checked_answer(path: Path, exercise_id: str) -> tuple[Block | None, str]:
    """The answer in a notebook if no check has anything to say against it and its parts; else why not."""
    from course_lib.checks.answer_key import public_key
    from course_lib.checks.exercise import find_exercise
    from course_lib.checks.judge import judge

    lesson = path.stem[:2]
    try:
        answers = _answers(path, exercise_id)
    except (Exception, SystemExit) as error:  # an unfinished cell, a damaged file: nothing of it may matter
        return None, f"yours in lesson {lesson} does not run: {type(error).__name__}"
    # A check hands in parts of its own, so that a part which is not right shows in its own check alone.
    for name in [exercise_id, *(other for other in answers if other != exercise_id)]:
        exercise, key = find_exercise(name), public_key(name)
        verdict = judge(exercise, exercise.probe.run(name, answers[name], key.seed), key)
        if not verdict.passed:
            whose = "yours" if name == exercise_id else f"your {name}"
            how = "not filled in" if verdict.outcome == "not attempted" else "not right yet"
            return None, f"{whose} in lesson {lesson} is {how}"
    return answers[exercise_id], ""


def _answers(path: Path, exercise_id: str) -> dict[str, Any]:
    """Run the imports and the answer cells that an exercise needs; the answers to it and to those, by id."""
    from course_lib.checks.exercise import all_exercises

    code = [cell for cell in read_cells(path) if cell["cell_type"] == "code"]
    parsed = [(cell, tree) for cell in code if (tree := _parsed(source_text(cell))) is not None]
    answers = [tree for cell, tree in parsed if is_solution(cell)]
    wanted, made, needed = {exercise_id}, {exercise_id: None}, list[ast.Module]()
    for tree in reversed(answers):  # an answer may use those above it
        # Only what stands at the top of a cell: a local variable of that name makes nothing for other cells.
        defined = {s.name for s in tree.body if isinstance(s, ast.FunctionDef | ast.ClassDef)}
        if defined & wanted:
            needed.insert(0, tree)
            made |= dict.fromkeys(defined & all_exercises().keys())
            wanted |= names_read(tree)
    namespace: dict[str, Any] = {"__name__": path.stem}
    imports: list[ast.stmt] = [
        statement
        for _, tree in parsed
        for statement in tree.body
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]
    for tree in (ast.Module(imports, []), *needed):
        exec(compile(tree, str(path), "exec"), namespace)
    return {name: namespace[name] for name in made}


def _parsed(source: str) -> ast.Module | None:
    """The syntax tree of a cell; None where it is no plain Python, such as a line that begins with %."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return None
