"""The digest of a measurement's code: what changes it and what does not."""

from pathlib import Path

import pytest

from course_lib.claims.sources import digest
from course_lib.errors import CourseError

FILES = {
    "claims/lesson_01.py": """\
from course_lib import things
from course_lib.claims import from_lesson

RATE = 3


def run(variant, seed, session):
    total, _ = from_lesson("01_small", "total", "budget", session=session)
    return {"score": things.twice(RATE) + total([seed])}


def elsewhere():
    return 1
""",
    "solutions/01_small/01_small.py": """\
# %%
import math
from operator import add as plus

numbers = [1]
numbers.append(2)
session = {"full": 1}
budget = session | {"epochs": 6}
shown = 3


def add(a, b):
    return a + b


def total(values):
    shown = plus(values[0], math.pi)
    return add(shown, len(numbers))
""",
    "course_lib/__init__.py": "",
    "course_lib/things/__init__.py": "from course_lib.things.twice import twice\n",
    "course_lib/things/twice.py": '''\
import math
from fractions import Fraction as Number

one = Number(1)


def twice(x):
    """Double it."""
    return FACTOR * x * len(TABLE) * local()


def local():
    from course_lib.things.once import once

    return once


FACTOR = 2
FACTOR += 1
TABLE = {}
TABLE["a"] = 1
UNUSED = 7
''',
    "course_lib/things/once.py": "once = 1\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "changes"),
    [
        ("claims/lesson_01.py", "RATE = 3", "RATE = 4", True),
        ("claims/lesson_01.py", "things.twice(RATE)", "things.twice(1 + RATE)", True),
        ("claims/lesson_01.py", "return 1", "return 2", False),
        ("claims/lesson_01.py", "RATE = 3", "RATE   =  3  # a rate", False),
        ("course_lib/things/twice.py", "FACTOR = 2", "FACTOR = 2.5", True),
        ("course_lib/things/twice.py", "FACTOR * x", "x * FACTOR", True),
        ("course_lib/things/twice.py", "Double it.", "Two times x.", False),
        ("course_lib/things/twice.py", "UNUSED = 7", "UNUSED = 8", False),
        ("course_lib/things/twice.py", "import math", "import cmath", False),
        ("course_lib/things/twice.py", "def twice(x):", "def twice(x: float) -> float:", False),
        ("solutions/01_small/01_small.py", "a + b", "a - b", True),
        ("course_lib/things/twice.py", "FACTOR += 1", "FACTOR += 2", True),
        ("course_lib/things/twice.py", 'TABLE["a"] = 1', 'TABLE["b"] = 1', True),
        ("course_lib/things/twice.py", "Fraction as", "Decimal as", False),  # nothing here uses it
        ("course_lib/things/once.py", "once = 1", "once = 2", True),
        ("solutions/01_small/01_small.py", "operator import add", "operator import sub", True),
        ("solutions/01_small/01_small.py", "numbers = [1]", "numbers = [1, 1]", True),
        ("solutions/01_small/01_small.py", "numbers.append(2)", "numbers.append(3)", True),
        ("solutions/01_small/01_small.py", '"epochs": 6', '"epochs": 7', True),
        (
            "solutions/01_small/01_small.py",
            '{"full": 1}',
            '{"full": 2}',
            False,
        ),  # the claim hands over its own
        ("solutions/01_small/01_small.py", "shown = 3", "shown = 4", False),  # another one
    ],
)
def test_what_the_measurement_rests_on_counts_and_nothing_else(
    root: Path, file: str, old: str, new: str, changes: bool
) -> None:
    claims = root / "claims/lesson_01.py"
    before = digest(claims, "run", root)
    edited = root / file
    assert old in edited.read_text()
    edited.write_text(edited.read_text().replace(old, new))
    assert (digest(claims, "run", root) != before) == changes


def test_the_digest_does_not_depend_on_where_the_course_lies(root: Path) -> None:
    before = digest(root / "claims/lesson_01.py", "run", root)
    moved = root.rename(root.with_name("moved"))
    assert digest(moved / "claims/lesson_01.py", "run", moved) == before


def test_a_missing_function_is_named(root: Path) -> None:
    with pytest.raises(CourseError, match="no function 'walk'"):
        digest(root / "claims/lesson_01.py", "walk", root)
