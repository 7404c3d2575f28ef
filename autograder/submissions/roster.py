"""Who handed in a lesson: whoever has a folder for it in submitted/."""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import MissingEntry

from autograder.course_folder import CourseFolder
from autograder.notebooks.nbgrader_settings import gradebook_of
from course_lib.errors import CourseError


def students_who_handed_in(course: CourseFolder, lesson: str) -> list[str]:
    """The students with a folder submitted/STUDENT/lesson, in order."""
    return sorted(folder.parent.name for folder in course.submissions(lesson))


def misplaced_notebooks(course: CourseFolder, lesson: str) -> list[Path]:
    """Notebooks of the lesson that lie beside the folder they belong in, so that nobody grades them."""
    return sorted(
        path
        for path in course.submitted.glob(f"*/{lesson}.ipynb")
        if not course.submission(path.parent.name, lesson).is_dir()
    )


def withdrawn_students(course: CourseFolder, lesson: str) -> list[str]:
    """Students with points for the lesson whose folder was taken out of submitted/; reports leave them out.

    Nobody, when there is no folder of anybody: then all of submitted/ was put away.
    """
    if not (there := students_who_handed_in(course, lesson)):
        return []
    try:
        with gradebook_of(course) as gradebook:
            graded = {each.student_id for each in gradebook.assignment_submissions(lesson)}
    except (CourseError, MissingEntry):  # nothing was graded
        return []
    return sorted(graded - set(there))


def withdrawn_notice(students: list[str]) -> str:
    """What to tell a person of them."""
    return f"In the gradebook, but no longer in submitted/, so left out: {', '.join(students)}."
