"""Who handed in a lesson: whoever has a folder for it in submitted/."""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import MissingEntry

from autograder.nbgrader_settings import gradebook_of


def handed_in(root: Path, lesson: str) -> list[str]:
    """The students with a folder submitted/STUDENT/lesson, in order."""
    folders = root.glob(f"submitted/[!.]*/{lesson}")
    return sorted(folder.parent.name for folder in folders if folder.is_dir())


def one_folder_too_high(root: Path, lesson: str) -> list[Path]:
    """Notebooks of the lesson that lie beside the folder they belong in, so that nobody grades them."""
    found = [*root.glob(f"submitted/{lesson}.ipynb"), *root.glob(f"submitted/*/{lesson}.ipynb")]
    return sorted(path for path in found if not (path.parent / lesson).is_dir())


def withdrawn(root: Path, lesson: str) -> list[str]:
    """Students with points for the lesson whose folder was taken out of submitted/; reports leave them out.

    Nobody, when there is no folder of anybody: then all of submitted/ was put away.
    """
    there = handed_in(root, lesson)
    with gradebook_of(root) as gradebook:
        try:
            graded = {each.student_id for each in gradebook.assignment_submissions(lesson)}
        except MissingEntry:
            return []
    return sorted(graded - set(there)) if there else []


def about_withdrawn(students: list[str]) -> str:
    """What to tell a person of them."""
    return (
        f"No longer in submitted/, so left out: {', '.join(students)}. "
        f"To take one out of the gradebook too: .venv/bin/nbgrader db student remove {students[0]} --force"
    )
