"""Each class has a secret of its own, and keys that nobody else has."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from click.testing import Result
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config
from typer.testing import CliRunner

from autograder.course_folder import CourseFolder
from autograder.grading.nbgrader_steps import Judge, RequestEvidence
from autograder.grading.recorder import exclusive_grading
from autograder.keys import class_keys
from course_lib.checks.answer_key import PUBLIC_KEYS
from course_lib.cli import make_app
from course_lib.errors import CourseError


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseFolder:
    """A checkout with a secret, in place of this one."""
    course = CourseFolder(tmp_path / "checkout")
    course.root.mkdir()
    monkeypatch.setattr(class_keys, "project_root", lambda: course.root)
    class_keys.class_secret(course)
    return course


@pytest.fixture
def other(tmp_path: Path) -> CourseFolder:
    """A class in another folder."""
    course = CourseFolder(tmp_path / "other")
    course.root.mkdir()
    course.settings.touch()
    return course


def note(course: CourseFolder, key_id: str) -> None:
    """What grading leaves behind of a student."""
    notes = course.graded_notes("01_channel_attention")
    notes.mkdir(parents=True)
    notes.joinpath("ada.json").write_text(json.dumps({"key": f"0123 4567 {key_id}"}))


def test_two_classes_have_two_secrets(checkout: CourseFolder, other: CourseFolder) -> None:
    assert class_keys.class_secret(checkout) != class_keys.class_secret(other)
    assert class_keys.key_id(checkout) != class_keys.key_id(other)
    assert class_keys.private_seeds(checkout, "squeeze") != class_keys.private_seeds(other, "squeeze")
    assert class_keys.key_folder(other) == other.private_keys
    assert class_keys.class_secret(other) == class_keys.class_secret(other)


def test_only_the_owner_may_look_in(other: CourseFolder) -> None:
    class_keys.class_secret(other)
    assert stat.S_IMODE(other.private.stat().st_mode) == 0o700
    assert stat.S_IMODE(other.class_secret.stat().st_mode) == 0o600


def test_a_new_secret_drops_the_keys_of_this_class_alone(checkout: CourseFolder, other: CourseFolder) -> None:
    for course in (checkout, other):
        class_keys.class_secret(course)
        course.private_keys.mkdir()
        course.private_keys.joinpath("squeeze.npz").touch()
    before = class_keys.class_secret(other)
    assert class_keys.class_secret(other, new=True) != before
    assert not list(other.private_keys.iterdir())
    assert list(checkout.private_keys.iterdir())


def test_a_class_that_was_graded_with_the_checkouts_secret_keeps_it(
    checkout: CourseFolder, other: CourseFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.private_keys.mkdir()
    checkout.private_keys.joinpath("squeeze.npz").write_bytes(b"a key")
    note(other, class_keys.key_id(checkout))
    assert class_keys.class_secret(other) == class_keys.class_secret(checkout)
    assert other.private_keys.joinpath("squeeze.npz").read_bytes() == b"a key"
    assert f"{other.root} was graded with the secret of {checkout.root}" in capsys.readouterr().err
    class_keys.class_secret(checkout, new=True)
    assert class_keys.class_secret(other) != class_keys.class_secret(checkout)


def test_a_class_that_was_graded_with_another_secret_gets_one_of_its_own(
    checkout: CourseFolder, other: CourseFolder
) -> None:
    note(other, "not the checkout's")
    assert class_keys.class_secret(other) != class_keys.class_secret(checkout)


def test_made_up_classes_share_a_public_secret_whose_keys_are_kept(
    checkout: CourseFolder, other: CourseFolder, tmp_path: Path
) -> None:
    third = CourseFolder(tmp_path / "third")
    for course in (other, third):
        class_keys.share_public_secret(course)
    assert class_keys.key_folder(other) == class_keys.key_folder(third)
    assert class_keys.key_folder(other).is_relative_to(checkout.private)
    assert class_keys.key_folder(checkout) == checkout.private_keys


def test_nbgraders_own_commands_take_the_keys_of_the_class_in_their_settings(
    checkout: CourseFolder, other: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[CourseFolder] = []

    def key_files(course: CourseFolder, exercise_ids: list[str]) -> list[Path]:
        asked.append(course)
        return [PUBLIC_KEYS / f"{exercise_id}.npz" for exercise_id in exercise_ids]

    monkeypatch.setattr(class_keys, "key_files", key_files)
    marks = {"grade_id": "check_squeeze", "grade": True, "solution": False, "points": 3}
    cell = new_code_cell('check("squeeze", squeeze)', metadata={"nbgrader": marks})
    settings = Config({"CourseDirectory": {"root": str(other.root)}})
    notebook, resources = RequestEvidence(config=settings).preprocess(new_notebook(cells=[cell]), {})
    Judge(config=settings).preprocess(notebook, resources)
    assert asked == [other, other]


def run_keys(course: CourseFolder, *words: str) -> Result:
    return CliRunner().invoke(make_app(), ["keys", "--class", str(course.root), *words])


def keys_command(course: CourseFolder) -> object:
    return run_keys(course, "--new").exception


def test_a_misspelt_folder_is_named_and_not_made(tmp_path: Path) -> None:
    for words in ((), ("--new",)):
        refused = run_keys(CourseFolder(tmp_path / "clas"), *words).exception
        assert isinstance(refused, CourseError) and "not a course folder" in str(refused)
    assert not tmp_path.joinpath("clas").exists()


def test_a_class_that_has_the_public_secret_is_told(checkout: CourseFolder, other: CourseFolder) -> None:
    """As in a copy of the demo's folder, with which somebody begins a class of their own."""
    class_keys.share_public_secret(other)
    assert "which everybody has" in run_keys(other).stdout
    told = run_keys(other, "--new").stdout
    assert "New class secret" in told and "which everybody has" not in told
    assert not class_keys.has_public_secret(other)


def test_new_keys_wait_for_a_grading_of_this_class_and_of_no_other(
    checkout: CourseFolder, other: CourseFolder
) -> None:
    before = class_keys.class_secret(other)
    with exclusive_grading(other):
        refused = keys_command(other)
        assert isinstance(refused, CourseError) and "Another grading is at work" in str(refused)
        assert class_keys.class_secret(other) == before
    with exclusive_grading(checkout):
        assert keys_command(other) is None
    assert class_keys.class_secret(other) != before
