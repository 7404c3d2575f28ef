"""Writes a small working exercise into the three places an exercise lives in, for its author to change."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from course_lib.errors import CourseError

EXERCISE_ID = re.compile(r"[a-z][a-z0-9_]{2,40}")

LESSON_CELLS = '''
# %% [markdown]
# ## NAME
#
# > **Exercise.** Double the feature map. Goal, shapes and two worked numbers go here.

# %% nbgrader={"grade": false, "grade_id": "NAME", "locked": false, "schema_version": 3, "solution": true, "task": false}
def NAME(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Twice the feature map.

    x: feature map, (N, H, W, C). name: start of the names of the layers made here.
    Returns a feature map, (N, H, W, C).
    """
    ### BEGIN SOLUTION
    return layers.Rescaling(2.0, name=name + "_double")(x)  # (N, H, W, C)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_NAME", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("NAME", NAME)
'''

SPEC_IMPORTS = """\
from course_lib.checks.criteria import has_shape, numbers
from course_lib.checks.exercise import Criterion, Exercise
from course_lib.checks.probe import Case, Draw, LayerProbe
"""

SPEC_CASES = '''def _NAME_cases(draw: Draw) -> tuple[Case, ...]:
    """Sizes to try: all different, none 1."""
    height = draw.size(5, 8)
    return (Case("plain", (height, height + 1, 12), draw.size(3, 4)),)


'''

SPEC = """\
    Exercise(
        "NAME",
        LESSON,
        "TITLE",
        LayerProbe(_NAME_cases, lambda answer, x, name, _: answer(x, name)),
        (
            Criterion(
                "shape",
                1,
                "a feature map of the same shape",
                has_shape("plain", rank=4),
                "Return the feature map itself, changed value by value.",
            ),
            Criterion(
                "numbers",
                1,
                "twice every value",
                numbers("plain"),
                "Compare one value before and after.",
                requires=("shape",),
            ),
        ),
    ),
"""

MISCONCEPTIONS = '''"""Misconceptions in `NAME`."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "squared",
        "The values are squared, not doubled.",
        "Twice a value and its square agree for 0 and 2 only.",
        "Multiply by 2.",
        ('layers.Rescaling(2.0, name=name + "_double")(x)', "x * x"),
    ),
)
'''

STYLE = '''"""The value added to itself."""


def NAME(x, name):
    return x + x
'''

NEW_SPEC = (
    '"""Lesson {number}."""\n\nfrom __future__ import annotations\n\nLESSON = "{lesson}"\n\n\n'
    "EXERCISES = ()\n"
)


def new_exercise(exercise: str, lesson: str, root: Path) -> list[Path]:
    """Add a working exercise to a lesson folder such as `01_channel_attention`; returns the files written.

    Raises:
        CourseError: if the id is no Python name, or is taken.
    """
    if not EXERCISE_ID.fullmatch(exercise):
        raise CourseError(
            f"{exercise!r} cannot be the id of an exercise.",
            fix="use small letters, digits and _, beginning with a letter, such as channel_shuffle",
        )
    source = root / "solutions" / lesson / f"{lesson}.py"
    number = lesson[:2]
    spec = root / "course_lib/checks/exercises" / f"lesson_{number}.py"
    known = root / "autograder/lessons" / f"lesson_{number}"
    known_wrong = known / exercise / "misconceptions.py"
    style = known / exercise / "accepted_answers/added_to_itself.py"
    taken = [path for path in spec.parent.glob("lesson_*.py") if f'"{exercise}"' in path.read_text()]
    if taken or known_wrong.parent.exists() or not source.is_file():
        where = (taken or [known_wrong.parent if known_wrong.parent.exists() else source])[0]
        what = f"{exercise!r} is taken." if where != source else f"{lesson} has no source."
        raise CourseError(what, where=str(where), fix="choose another id, or another lesson")
    style.parent.mkdir(parents=True)
    style.write_text(STYLE.replace("NAME", exercise))
    source.write_text(source.read_text().rstrip("\n") + "\n" + LESSON_CELLS.replace("NAME", exercise))
    if not spec.is_file():
        spec.write_text(NEW_SPEC.format(number=number, lesson=lesson))
    title = exercise.replace("_", " ").capitalize()
    text = _with_entry(spec.read_text(), "EXERCISES", SPEC.replace("NAME", exercise).replace("TITLE", title))
    text = _before(text, "EXERCISES", SPEC_CASES.replace("NAME", exercise))
    future = "from __future__ import annotations\n"
    spec.write_text(text.replace(future, f"{future}\n{SPEC_IMPORTS}", 1))
    known_wrong.write_text(MISCONCEPTIONS.replace("NAME", exercise))
    _tidy([spec, known_wrong])
    return [source, spec, known_wrong, style]


def _assignment(text: str, name: str) -> ast.Assign:
    """The statement that gives a module's tuple its value."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return node
    raise CourseError(f"There is no {name} to add to.", fix=f"write `{name} = ()` into the module")


def _with_entry(text: str, name: str, entry: str) -> str:
    """Source in which a tuple, or a sum of tuples, has one more entry at its end."""
    node = _assignment(text, name)
    lines = text.splitlines(keepends=True)
    assert node.end_lineno is not None and node.end_col_offset is not None
    last = lines[node.end_lineno - 1]
    end = len(last.encode()[: node.end_col_offset].decode())
    if isinstance(node.value, ast.Tuple):
        changed = f"{last[: end - 1]}\n{entry}{last[end - 1 :]}"
    else:
        changed = f"{last[:end]} + (\n{entry}){last[end:]}"
    lines[node.end_lineno - 1] = changed
    return "".join(lines)


def _before(text: str, name: str, block: str) -> str:
    """Source with a block put before a module's assignment."""
    lines = text.splitlines(keepends=True)
    lines.insert(_assignment(text, name).lineno - 1, block)
    return "".join(lines)


def _tidy(paths: list[Path]) -> None:
    """Merge imports and format, with the course's own settings."""
    ruff = [sys.executable, "-m", "ruff"]
    files = [str(path) for path in paths]
    subprocess.run([*ruff, "check", "--quiet", "--select", "I", "--fix", *files], check=True)
    subprocess.run([*ruff, "format", "--quiet", *files], check=True)
