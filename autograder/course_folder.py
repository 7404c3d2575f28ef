"""Where everything of a class lies on disk; nothing else builds these paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CourseFolder:
    """The folder of one class: its lessons, what it handed in, its grades, its secret.

    The course's own checkout is one; an instructor may have others, each with its own nbgrader_config.py.

    Attributes:
        root: The folder; absolute, and without links on the way, however it was given.
    """

    root: Path

    def __post_init__(self) -> None:
        # The sandbox conceals this very path, and a class is told from the checkout by it.
        object.__setattr__(self, "root", self.root.resolve())

    # nbgrader's part ----------------------------------------------------------------------------------------

    @property
    def settings(self) -> Path:
        """nbgrader's settings."""
        return self.root / "nbgrader_config.py"

    @property
    def gradebook(self) -> Path:
        """nbgrader's database of grades."""
        return self.root / "gradebook.db"

    @property
    def submitted(self) -> Path:
        """What was handed in: STUDENT/LESSON/."""
        return self.root / "submitted"

    def submission(self, student: str, lesson: str) -> Path:
        """The folder that a student handed in for a lesson."""
        return self.submitted / student / lesson

    def submitted_notebook(self, student: str, lesson: str) -> Path:
        """The notebook that a student handed in for a lesson."""
        return self.submission(student, lesson) / f"{lesson}.ipynb"

    def submissions(self, lesson: str) -> Iterator[Path]:
        """The folders that were handed in for a lesson."""
        return (folder for folder in self.root.glob(f"submitted/[!.]*/{lesson}") if folder.is_dir())

    def autograded(self, student: str, lesson: str) -> Path:
        """The folder with a student's executed notebook."""
        return self.root / "autograded" / student / lesson

    def autograded_notebook(self, student: str, lesson: str) -> Path:
        """A student's executed notebook."""
        return self.autograded(student, lesson) / f"{lesson}.ipynb"

    @property
    def feedback(self) -> Path:
        """Pages of feedback: STUDENT/LESSON/LESSON.html."""
        return self.root / "feedback"

    def feedback_page(self, student: str, lesson: str) -> Path:
        """A student's page of feedback."""
        return self.feedback / student / lesson / f"{lesson}.html"

    def solution(self, lesson: str) -> Path:
        """The folder of a lesson with its solutions."""
        return self.root / "solutions" / lesson

    def released(self, lesson: str) -> Path:
        """The folder of a lesson as students get it."""
        return self.root / "notebooks" / lesson

    def released_notebook(self, lesson: str) -> Path:
        """A lesson's notebook as students get it."""
        return self.released(lesson) / f"{lesson}.ipynb"

    # The course's own part ----------------------------------------------------------------------------------

    @property
    def reports(self) -> Path:
        """Class reports and pictures of the leaderboard."""
        return self.root / "report"

    def filled_table(self, lesson: str, name: str) -> Path:
        """A platform's table with the points of a lesson entered, by the name that the platform gives it."""
        return self.root / f"{lesson}_{name}"

    @property
    def downloads(self) -> Path:
        """What a made-up class's instructor has downloaded from a platform."""
        return self.root / "downloads"

    @property
    def private(self) -> Path:
        """What grading keeps for itself; only its owner may look in."""
        return self.root / ".course"

    def make_private(self) -> Path:
        """The private folder, made if need be, closed to other users."""
        self.private.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.private

    @property
    def class_secret(self) -> Path:
        """The secret from which the class's answer keys are made."""
        return self.private / "class_secret"

    @property
    def private_keys(self) -> Path:
        """The class's answer keys."""
        return self.private / "keys"

    def public_keys(self, key_id: str) -> Path:
        """Of the checkout: answer keys of made-up classes, which all have one secret."""
        return self.private / "public_keys" / key_id

    @property
    def grading_lock(self) -> Path:
        """Held while the class is graded."""
        return self.private / "grading.lock"

    @property
    def grading_scratch(self) -> Path:
        """What is needed while the class is graded."""
        return self.private / "scratch"

    def graded_notes(self, lesson: str) -> Path:
        """The folder of notes on what has been graded, one for each student."""
        return self.private / "graded" / lesson

    def all_graded_notes(self) -> Iterator[Path]:
        """The notes on what has been graded, of all lessons."""
        return self.private.glob("graded/*/*")

    @property
    def collecting_scratch(self) -> Path:
        """What is needed while submissions are collected."""
        return self.private / "collecting"

    def replaced(self, student: str, lesson: str) -> Path:
        """Submissions that a newer one took the place of."""
        return self.private / "replaced" / student / lesson

    def owners(self, lesson: str) -> Path:
        """The folder of notes on who uploaded a submission, one for each student."""
        return self.private / "owners" / lesson
