"""The only one that writes a class's results: gradebook, autograded notebooks, feedback, and what is done.

A result is recorded in this order: the note says that nothing is done, files are replaced, the gradebook is
updated, the note says what is done. Whenever that is cut short, the submission is graded again, with the same
result. The note keeps all the while which written answers a person has graded.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from traitlets.config import Config

from autograder.course_folder import CourseFolder
from autograder.grading.grader import Graded, Mark, Marks, Task
from autograder.grading.lesson_materials import LessonMaterials, says_disk_full
from autograder.notebooks.nbgrader_settings import course_directory, quiet_nbgrader
from autograder.submissions.reading import FAULT, GRADED, HandIn, first_line
from course_lib.submission_format import TIMESTAMP

MAX_NAME = 255  # bytes of a file's name, as on any disk


@dataclass(frozen=True)
class Row:
    """The result of one student.

    `points` of `maximum` counts every graded cell; `waiting` is how many of the maximum a person still has
    to grade. Both are 0 when the outcome is FAULT: then they are not known. `misconceptions` are the
    headlines of those that were recognised, in the lesson's order; `outcomes` say exercise by exercise how
    it went. `fresh` is False when nothing had changed since an earlier grading.
    """

    student: str
    points: float
    maximum: float
    waiting: float
    outcome: str
    message: str
    misconceptions: tuple[str, ...] = ()
    outcomes: dict[str, str] = field(default_factory=dict)
    fresh: bool = True


class SingleCommitSession(Session):
    """A session in which nbgrader's many commits are one: they wait while `held`."""

    held = False

    def commit(self) -> None:
        if self.held:
            self.flush()
        else:
            super().commit()


class Recorder:
    """Records the results of one lesson of a class."""

    def __init__(
        self, course: CourseFolder, settings: Config, materials: LessonMaterials, scratch: Path
    ) -> None:
        self._course, self._materials, self._scratch = course, materials, scratch
        directory = course_directory(settings)
        with quiet_nbgrader():
            self._gradebook = Gradebook(directory.db_url, directory.course_id)
        self._gradebook.db.remove()
        self._gradebook.db = scoped_session(sessionmaker(self._gradebook.engine, class_=SingleCommitSession))
        self._maximum = float(self._gradebook.find_assignment(materials.lesson).max_score)

    def close(self) -> None:
        self._gradebook.close()

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What is there already --------------------------------------------------------------------------------

    def marks(self, student: str) -> Marks:
        """What the gradebook holds for a student, the persons' part among it."""
        submission = self._submission(student)
        if submission is None:
            return Marks()
        extension = submission.extension.total_seconds() / 86400 if submission.extension else 0.0
        grades = {
            name: Mark(auto, manual, extra, waits, float(score), float(most))
            for _, name, auto, manual, extra, waits, score, most in self._grades(submission)
        }
        comments = {name: manual for _, name, manual in self._comments(submission) if manual}
        self._gradebook.db.rollback()  # do not hold the database
        return Marks(grades, comments, extension)

    def done(self, hand_in: HandIn, marks: Marks) -> Row | None:
        """The row of a submission that was graded with these materials and is unchanged; else None."""
        note = self._note(hand_in.student)
        if note.get("key") != self._key(hand_in):
            return None
        autograded = self._course.autograded_notebook(hand_in.student, self._materials.lesson)
        if note["autograded"] != (_digest_of(autograded.read_bytes()) if autograded.is_file() else ""):
            return None
        if note["scores"] != {name: mark.auto for name, mark in marks.grades.items()}:
            return None
        if note["extension"] != marks.extension or not self._page(hand_in.student).is_file():
            return None
        return self._row(hand_in.student, marks, fresh=False, **note["row"])

    def autograded(self, student: str) -> bytes:
        """A recorded notebook."""
        return self._course.autograded_notebook(student, self._materials.lesson).read_bytes()

    def feedback_is_current(self, student: str, marks: Marks) -> bool:
        """Does the page of feedback show what a person has entered by now?"""
        note = self._note(student)
        return bool(note["row"]["outcome"] != GRADED or note["marks"] == marks.digest())

    # Recording --------------------------------------------------------------------------------------------

    def record(self, task: Task, graded: Graded) -> Row:
        """Record a result; what cannot be written becomes a fault of ours in the row."""
        hand_in = task.hand_in
        about: dict[str, Any] = {
            "outcome": graded.outcome,
            "message": graded.message,
            "misconceptions": graded.misconceptions,
            "outcomes": graded.outcomes,
        }
        try:
            written_before = self._note(hand_in.student).get("written", {})
            self._write_note(hand_in.student, {"written": written_before})
            self._write_files(graded)
            if graded.outcome == FAULT:
                return self.fault(graded.student, graded.message)
            self._enter(hand_in, graded, written_before)
            marks = self.marks(hand_in.student)
            notebook = graded.files.get(f"{self._materials.lesson}.ipynb")
            note = {
                "key": self._key(hand_in),
                "row": about,
                "scores": {name: mark.auto for name, mark in marks.grades.items()},
                "extension": marks.extension,
                "written": graded.written,
                "autograded": _digest_of(notebook) if notebook is not None else "",
                "marks": task.marks.digest(),  # those that the page shows
            }
            self._write_note(hand_in.student, note)
            return self._row(hand_in.student, marks, fresh=True, **about)
        except (OSError, SQLAlchemyError) as error:
            self._gradebook.db.rollback()
            told = first_line(error)
            if says_disk_full(told):
                told = "the disk is full; make room and grade again"
            with contextlib.suppress(OSError):
                self._write_files(Graded(graded.student, FAULT, told))
            return self.fault(graded.student, told)

    def fault(self, student: str, message: str) -> Row:
        """The row of a submission that is not graded for a reason of ours; nothing is recorded of it."""
        return Row(student, 0.0, self._maximum, 0.0, FAULT, message)

    def record_page(self, student: str, graded: Graded, marks: Marks) -> None:
        """Replace the page of feedback alone, after a person entered points or comments."""
        if graded.feedback is None:
            return
        note = self._note(student)
        self._replace(self._page(student).parent, {self._page(student).name: graded.feedback}, 0o644)
        self._write_note(student, note | {"marks": marks.digest()})

    def _row(
        self,
        student: str,
        marks: Marks,
        *,
        fresh: bool,
        outcome: str,
        message: str,
        misconceptions: tuple[str, ...],
        outcomes: dict[str, str],
    ) -> Row:
        points = sum(mark.score for mark in marks.grades.values())
        waiting = sum(mark.most for mark in marks.grades.values() if mark.waits)
        return Row(
            student,
            points,
            self._maximum,
            waiting,
            outcome,
            message,
            tuple(misconceptions),
            outcomes,
            fresh,
        )

    def _enter(self, hand_in: HandIn, graded: Graded, written_before: dict[str, str]) -> None:
        """Update the gradebook in one transaction; what a person entered stays as it is."""
        lesson = self._materials.lesson
        with quiet_nbgrader(), self._one_commit():
            self._gradebook.update_or_create_student(graded.student)
            given = hand_in.files.get(TIMESTAMP)
            when = {"timestamp": given.decode().strip()} if given and not hand_in.problem else {}
            submission = self._gradebook.update_or_create_submission(lesson, graded.student, **when)
        changes = []
        for row, name, _, manual, _, waits, *_ in self._grades(submission):
            # Without a readable notebook every cell counts nothing.
            score = graded.scores.get(name) if graded.scores else 0.0
            if manual is None:
                waits = score is None
            elif graded.written.get(name) != written_before.get(name):
                waits = True  # another answer than the one a person graded
            changes.append({"id": row, "auto_score": score, "needs_manual_grade": waits})
        remarks = [
            {"id": row, "auto_comment": graded.auto_comments.get(name)}
            for row, name, _ in self._comments(submission)
        ]
        for notebook in submission.notebooks:
            notebook.late_submission_penalty = graded.late_penalty
        self._gradebook.db.execute(update(Grade), changes)
        self._gradebook.db.execute(update(Comment), remarks)
        self._gradebook.db.commit()

    @contextlib.contextmanager
    def _one_commit(self) -> Iterator[None]:
        """Meanwhile nothing is committed."""
        session = self._gradebook.db()
        session.held = True
        try:
            yield
        finally:
            session.held = False

    def _write_files(self, graded: Graded) -> None:
        if graded.outcome == GRADED and graded.feedback is not None:
            self._replace(
                self._course.autograded(graded.student, self._materials.lesson), graded.files, 0o444
            )
            page = graded.feedback
        else:
            shutil.rmtree(self._course.autograded(graded.student, self._materials.lesson), ignore_errors=True)
            page = _plain_page(self._materials.lesson, graded.outcome, graded.message).encode()
        self._replace(self._page(graded.student).parent, {self._page(graded.student).name: page}, 0o644)

    def _replace(self, folder: Path, files: dict[str, bytes], mode: int) -> None:
        """Make these the only files of a student's folder; each is whole or not there."""
        for name, content in files.items():
            self._write(folder / name, content, mode)
        for path in list(folder.rglob("*")):
            if path.is_file() and path.relative_to(folder).as_posix() not in files:
                path.unlink()

    def _write(self, path: Path, content: bytes, mode: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._scratch / "partial"
        partial.unlink(missing_ok=True)
        partial.write_bytes(content)
        partial.chmod(mode)
        partial.replace(path)

    def _write_note(self, student: str, note: dict[str, Any]) -> None:
        self._write(self._note_path(student), json.dumps(note).encode(), 0o644)

    # Places -----------------------------------------------------------------------------------------------

    def _page(self, student: str) -> Path:
        return self._course.feedback_page(student, self._materials.lesson)

    def _note_path(self, student: str) -> Path:
        name = f"{student}.json"
        if len(os.fsencode(name)) > MAX_NAME:
            name = f"{_digest_of(os.fsencode(student))}.long"
        return self._course.graded_notes(self._materials.lesson) / name

    def _note(self, student: str) -> dict[str, Any]:
        try:
            note = json.loads(self._note_path(student).read_bytes())
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) else {}

    def _key(self, hand_in: HandIn) -> str:
        return f"{hand_in.digest} {self._materials.digest} {self._materials.key_id}"

    # One query each: following the gradebook's objects from cell to cell would take one for every cell.

    def _grades(self, submission: SubmittedAssignment) -> list[Any]:
        """(id, cell, automatic, manual, extra, waits, points, maximum) of each graded cell."""
        wanted: tuple[Any, ...] = (
            Grade.id,
            GradeCell.name,
            Grade.auto_score,
            Grade.manual_score,
            Grade.extra_credit,
        )
        wanted += (Grade.needs_manual_grade, Grade.score, GradeCell.max_score)
        joined = self._gradebook.db.query(*wanted).join(GradeCell, Grade.cell_id == GradeCell.id)
        return self._of(submission, joined, Grade)

    def _comments(self, submission: SubmittedAssignment) -> list[Any]:
        """(id, cell, what a person wrote) of each commented cell."""
        wanted = (Comment.id, BaseCell.name, Comment.manual_comment)
        joined = self._gradebook.db.query(*wanted).join(BaseCell, Comment.cell_id == BaseCell.id)
        return self._of(submission, joined, Comment)

    def _of(self, submission: SubmittedAssignment, joined: Any, table: Any) -> list[Any]:
        belongs = joined.join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
        return list(belongs.filter(SubmittedNotebook.assignment_id == submission.id))

    def _submission(self, student: str) -> SubmittedAssignment | None:
        try:
            return self._gradebook.find_submission(self._materials.lesson, student)
        except MissingEntry:
            return None


@contextlib.contextmanager
def exclusive_grading(course: CourseFolder) -> Iterator[Path]:
    """Hold the class's folder for grading; gives a scratch folder that earlier gradings left nothing in.

    Raises CourseError while another grading is at work there.
    """
    import fcntl

    from course_lib.errors import CourseError

    course.make_private()
    with course.grading_lock.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise CourseError(
                f"Another grading is at work here (process {lock.read().strip() or 'unknown'}).",
                where=str(course.root),
                fix="wait until it is done, or end that process",
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        scratch = course.grading_scratch
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(exist_ok=True)  # the last processes of a grading that was killed may still write there
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _plain_page(lesson: str, outcome: str, message: str) -> str:
    """The feedback of a submission without a verdict: the reason why."""
    told = f"This submission could not be graded: {html.escape(message)}."
    if outcome == FAULT:
        told = (
            "This submission has not been graded yet. The reason lies with the grading, not with your work."
        )
    return (
        f'<!doctype html><meta charset="utf-8"><title>{html.escape(lesson)}</title>'
        f"<h1>{html.escape(lesson)}</h1><p>{told}</p>\n"
    )


def _digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
