"""A class has one folder, however it is named, and nbgrader's own commands find the same one."""

from __future__ import annotations

from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.course_folder import CourseFolder
from autograder.notebooks.nbgrader_settings import class_of


def test_a_folder_given_by_a_link_or_from_here_is_the_folder_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, link = tmp_path / "class", tmp_path / "link"
    folder.mkdir()
    link.symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    assert CourseFolder(link) == CourseFolder(Path("class")) == CourseFolder(folder)
    assert CourseFolder(link).root == folder.resolve()


def test_nbgrader_grades_the_class_of_its_settings_or_the_one_it_works_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = Config({"CourseDirectory": {"root": str(tmp_path / "other")}})
    assert class_of(named) == CourseFolder(tmp_path / "other")
    assert class_of(Config()) == CourseFolder(tmp_path)
