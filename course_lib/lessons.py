"""The lessons of the course, by name."""

import difflib
import re
import shutil
from pathlib import Path

from course_lib.errors import CourseError
from course_lib.paths import project_root

LESSON_NAME = re.compile(r"\d\d_[a-z0-9_]+")


class LessonNotFound(CourseError):
    """No lesson has the name that was asked for."""


def lesson_names(root: Path | None = None) -> list[str]:
    """Folder names `NN_slug` found under solutions/, notebooks/ or lessons/, in order of their numbers."""
    root = root or project_root()
    return sorted(
        {
            folder.name
            for place in ("solutions", "notebooks", "lessons")
            for folder in root.joinpath(place).glob("*/")
            if LESSON_NAME.fullmatch(folder.name) and any(folder.glob(f"{folder.name}.*"))
        }
    )


def find_lesson(name: str, root: Path | None = None) -> str:
    """The folder name of a lesson given as "01", "1", "01_channel_attention" or "channel_attention".

    Raises LessonNotFound, which suggests the nearest name.
    """
    names = lesson_names(root)
    wanted = name.strip().rstrip("/").lower().replace("-", "_")
    for lesson in names:
        number, slug = lesson.split("_", 1)
        if wanted in (lesson, slug) or (wanted.isdigit() and int(wanted) == int(number)):
            return lesson
    raise LessonNotFound(
        f"There is no lesson called {name!r}.",
        where=f"{root or project_root()}: {', '.join(names) or 'no lessons at all'}",
        fix=_suggestion(wanted, names),
    )


def copy_new_lessons(root: Path) -> list[str]:
    """Copy to notebooks/ what lies in lessons/ and is not there yet; the names of lessons that are new.

    lessons/ is how a student's zip file brings them, so that a newer one unpacked over an older one never
    takes the place of a notebook that somebody has worked on.
    """
    brought = root / "lessons"
    new = set()
    for file in sorted(brought.rglob("*")):
        inside = file.relative_to(brought)
        place = root / "notebooks" / inside
        if file.is_file() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
            new.add(inside.parts[0])
    return sorted(new)


def _suggestion(wanted: str, names: list[str]) -> str:
    spellings = {spelling: lesson for lesson in names for spelling in (lesson, lesson.split("_", 1)[1])}
    near = difflib.get_close_matches(wanted, spellings, n=1, cutoff=0.4)
    return f"did you mean {spellings[near[0]]}?" if near else "give a lesson's number or name, for example 01"
