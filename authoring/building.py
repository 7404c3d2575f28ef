"""Makes the generated files of each lesson: NN.py → solution notebook → student notebook.

The same sources give the same bytes on every machine, and a file that is already right is left alone.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException

from authoring.lesson_source import LessonSourceError, read_lesson
from authoring.measured_numbers import findings_of, problems, render
from autograder.course_folder import CourseFolder
from autograder.keys import freshness
from autograder.notebooks.nbgrader_settings import course_directory, last_cause, load_settings, quiet_nbgrader
from course_lib.errors import CourseError
from course_lib.lessons import LESSON_NAME
from course_lib.notebook_cells import grade_id


@dataclass(frozen=True)
class Drift:
    """A file that is not what the sources make; `reason` says in what way, for a key also which changed."""

    path: Path
    reason: str


def build_lessons(root: Path, *, check: bool = False) -> list[Drift]:
    """Bring every generated notebook up to date and return what had drifted; with `check`, write nothing.

    A stray file, one in notebooks/ that the build did not make, is reported and never removed.

    Raises LessonSourceError with every mistake found in the lesson sources.
    """
    expected = _expected_files(root)
    drifted = [
        Drift(path, "different" if path.exists() else "missing")
        for path, content in expected.items()
        if not path.is_file() or path.read_bytes() != content
    ]
    left_over = [Drift(path, "left over") for path in _left_over(root)]
    if not check:
        for drift in drifted:
            drift.path.parent.mkdir(parents=True, exist_ok=True)
            drift.path.write_bytes(expected[drift.path])
        for drift in left_over:
            drift.path.unlink()
            if not any(drift.path.parent.iterdir()):
                drift.path.parent.rmdir()
    known = {*expected, *(drift.path for drift in left_over)}
    stray = [
        Drift(path, "stray: not made by the build; move it away")
        for path in _files(root)
        if path not in known
    ]
    return drifted + left_over + stray


def build_public_keys(*, check: bool = False, say: Callable[[str], None] = lambda _: None) -> list[Drift]:
    """Rebuild the students' answer keys, and return what had drifted; `say` is told which is being made."""
    return [Drift(path, reason) for path, reason in freshness.build_public_keys(check, say).items()]


def claim_problems(root: Path) -> list[str]:
    """The numbers of the lessons that are typed by hand, not measured, or measured with older code."""
    return problems(_sources(root), root)


def site_problems(root: Path) -> list[str]:
    """What the site shows of lessons, but today's code did not give; a line for each lesson."""
    if not root.joinpath("docs/lessons").is_dir():
        return []
    from authoring.site.stored_outputs import stale

    lessons = [source.stem for source in _sources(root)]
    return [
        f"docs/lessons/{lesson}: outputs of {len(cells)} cells are missing or from older code; "
        f"run `course run {lesson[:2]}`, then `course book --refresh {lesson[:2]}`"
        for lesson in lessons
        if (cells := stale(root, lesson))
    ]


def _expected_files(root: Path) -> dict[Path, bytes]:
    """Path and content of every file that the lesson sources make."""
    twins = _solution_notebooks(_sources(root), root)
    files = {source.with_suffix(".ipynb"): twin for source, twin in twins.items()}
    with tempfile.TemporaryDirectory(prefix="course-build-") as place:
        for source, twin in twins.items():
            released = _release(root, source, twin, Path(place))
            for path in sorted(path for path in released.rglob("*") if path.is_file()):
                files[root / "notebooks" / source.stem / path.relative_to(released)] = path.read_bytes()
    return files


def released_files(root: Path, lesson: str) -> dict[Path, bytes]:
    """Path below `notebooks/` and content of what students get of a lesson, as its source makes it.

    Whatever lies in `notebooks/` is not looked at: somebody may have worked there.
    """
    source = root / "solutions" / lesson / f"{lesson}.py"
    with tempfile.TemporaryDirectory(prefix="course-build-") as place:
        released = _release(root, source, _solution_notebooks([source], root)[source], Path(place))
        files = sorted(path for path in released.rglob("*") if path.is_file())
        return {Path(lesson) / path.relative_to(released): path.read_bytes() for path in files}


def _sources(root: Path) -> list[Path]:
    return sorted(
        path
        for path in root.glob("solutions/*/*.py")
        if path.stem == path.parent.name and LESSON_NAME.fullmatch(path.stem)
    )


def _solution_notebooks(sources: list[Path], root: Path) -> dict[Path, bytes]:
    twins, mistakes = {}, []
    findings = findings_of(root, sources)
    owner: dict[str, Path] = {}
    for source in sources:
        try:
            notebook = read_lesson(source)
        except LessonSourceError as error:
            mistakes.append(str(error))
            continue
        for cell in notebook.cells:
            name = grade_id(cell) or source.stem
            if owner.setdefault(name, source) != source:
                mistakes.append(
                    f"{source}: grade_id {name!r} is also used in {owner[name]}\n"
                    "  do: rename one; exercise names are unique over the whole course"
                )
        try:
            render(notebook, source, findings)
        except CourseError as error:
            mistakes.append(str(error))
        twins[source] = nbformat.writes(notebook).encode() + b"\n"
    if mistakes:
        raise LessonSourceError("\n".join(mistakes))
    return twins


def _release(root: Path, source: Path, twin: bytes, place: Path) -> Path:
    """Run nbgrader's generator on one lesson, without a gradebook; return the folder it made."""
    lesson = source.stem
    shutil.copytree(source.parent, place / "solutions" / lesson, ignore=shutil.ignore_patterns("*.ipynb"))
    (place / "solutions" / lesson / f"{lesson}.ipynb").write_bytes(twin)
    settings = load_settings(CourseFolder(root))
    settings.GenerateAssignment.no_database = True
    settings.GenerateAssignment.preprocessors = [
        step for step in settings.GenerateAssignment.preprocessors if not step.endswith(".SaveCells")
    ]
    directory = course_directory(settings, root=str(place), assignment_id=lesson)
    with quiet_nbgrader() as messages:
        try:
            GenerateAssignment(coursedir=directory, config=settings).start()
        except NbGraderException as error:
            raise CourseError(
                f"nbgrader could not make the student notebook of {lesson}: {last_cause(messages)}",
                where=str(source),
                fix="fix the lesson source and build again",
            ) from error
    return place / str(directory.release_directory) / lesson


def _files(root: Path) -> list[Path]:
    """Every file below notebooks/, but for what Jupyter keeps there for itself."""
    return sorted(
        path
        for path in root.glob("notebooks/**/*")
        if (path.is_file() or path.is_symlink()) and ".ipynb_checkpoints" not in path.parts
    )


def _left_over(root: Path) -> list[Path]:
    """Notebooks made from a lesson source that is no longer there."""
    return sorted(
        path
        for place in ("solutions", "notebooks")
        for path in root.glob(f"{place}/*/*.ipynb")
        if path.stem == path.parent.name
        and LESSON_NAME.fullmatch(path.stem)
        and not root.joinpath("solutions", path.stem, f"{path.stem}.py").exists()
    )
