"""The digest of a measurement's code: what changes it and what does not."""

import shutil
from pathlib import Path

import pytest

from authoring.claims.code_digest import digest
from course_lib.errors import CourseError
from course_lib.paths import project_root

FILES = {
    "claims/lesson_01.py": """\
from course_lib import things
from authoring.claims import from_lesson

RATE = 3


def run(variant, seed, session):
    total, _ = from_lesson("01_small", "total", "budget", session=session, helper=None)
    return {"score": things.twice(RATE) + total([seed])}


def elsewhere():
    return 1
""",
    "solutions/01_small/01_small.py": """\
# %%
import math
from operator import add as plus
from course_lib.things import helper

numbers = [1]
numbers.append(2)
session = {"full": 1}
budget = session | {"epochs": 6}
shown = 3
for step in (1, 2):
    math.sqrt(step)
roots = {plus: plus for plus in (1, 2)}


def add(a, b):
    return a + b


def total(values):
    shown = plus(values[0], math.pi) + helper.once
    return add(shown, len(numbers))
""",
    "course_lib/__init__.py": "",
    "course_lib/things/__init__.py": "from course_lib.things.twice import twice\n",
    "course_lib/things/twice.py": '''\
import math
from fractions import Fraction as Number

from course_lib.things import table

if math:
    from course_lib.things import size

FACTOR = 2
FACTOR += 1
TABLE = {}
TABLE["a"] = 1
UNUSED = 7
one = Number(1)


def twice(x: Number):
    """Double it."""
    if x is None:
        raise ValueError("no x")
    return FACTOR * x * len(TABLE) * local() * getattr(table, "K") * size.K


def local():
    from math import ceil as up

    from course_lib.things import aside
    from course_lib.things.once import once

    return up(once * aside.twofold())
''',
    "course_lib/things/once.py": "once = 1\n",
    "course_lib/things/aside.py": "def twofold():\n    return 2\n",
    "course_lib/things/helper.py": "once = 5\n",
    "course_lib/things/size.py": "K = 4\n",
    "course_lib/things/table.py": "K = 6\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text(text)
    shutil.copytree(project_root() / "authoring" / "claims", tmp_path / "authoring" / "claims")
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
        ("course_lib/things/twice.py", "def local():", "def local() -> float:", False),
        ("solutions/01_small/01_small.py", "a + b", "a - b", True),
        ("course_lib/things/twice.py", "FACTOR += 1", "FACTOR += 2", True),
        ("course_lib/things/twice.py", 'TABLE["a"] = 1', 'TABLE["b"] = 1', True),
        ("course_lib/things/twice.py", "Fraction as", "Decimal as", False),  # nothing here uses it
        ("course_lib/things/once.py", "once = 1", "once = 2", True),
        ("course_lib/things/twice.py", "no x", "x is missing", False),
        ("course_lib/things/twice.py", "x: Number", "x: float", False),
        ("course_lib/things/twice.py", "import ceil as", "import floor as", True),
        ("course_lib/things/aside.py", "return 2", "return 3", True),  # a module imported in a function
        ("course_lib/things/size.py", "K = 4", "K = 5", True),  # imported under a condition
        ("course_lib/things/table.py", "K = 6", "K = 7", True),  # a module used as a value
        ("course_lib/things/helper.py", "once = 5", "once = 6", False),  # handed over in its place
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
        ("solutions/01_small/01_small.py", "for step in (1, 2)", "for step in (1, 3)", False),
        ("solutions/01_small/01_small.py", "for plus in (1, 2)", "for plus in (1, 3)", False),
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


def test_values_of_two_files_cannot_change_places(root: Path) -> None:
    before = digest(root / "claims/lesson_01.py", "run", root)
    (root / "course_lib/things/size.py").write_text("K = 6\n")
    (root / "course_lib/things/table.py").write_text("K = 4\n")
    assert digest(root / "claims/lesson_01.py", "run", root) != before


@pytest.mark.parametrize(
    "call",
    [
        'from_lesson(LESSON, "total")',
        'from_lesson("01_small", *NAMES)',
        'from_lesson("01_small", "total", **GIVEN)',
        'functools.partial(from_lesson, "01_small")',
        'claims.from_lesson("01_small")',
        "same(1)",
    ],
)
def test_what_cannot_be_read_off_a_claim_is_refused(root: Path, call: str) -> None:
    file = root / "claims/lesson_01.py"
    head = "import functools\nfrom authoring import claims\nfrom authoring.claims import from_lesson\n"
    file.write_text(f"{head}same = from_lesson\n\n\ndef run(variant, seed, session):\n    {call}\n")
    with pytest.raises(CourseError, match="cannot be read off"):
        digest(file, "run", root)


def test_every_way_to_name_from_lesson_is_followed(root: Path) -> None:
    file = root / "claims/lesson_01.py"
    for head, call in (
        ("from authoring import claims", "claims.from_lesson"),
        ("from authoring.claims import from_lesson as taken", "taken"),
        ("import authoring.claims.claim as c", "c.from_lesson"),
    ):
        file.write_text(f'{head}\n\n\ndef run(variant, seed, session):\n    {call}("01_small", "budget")\n')
        before = digest(file, "run", root)
        lesson = root / "solutions/01_small/01_small.py"
        kept = lesson.read_text()
        lesson.write_text(kept.replace('"epochs": 6', '"epochs": 7'))
        assert digest(file, "run", root) != before
        lesson.write_text(kept)
