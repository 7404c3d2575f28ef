"""nbgrader's converters under the course's own settings, with their chatter kept in one place."""

import contextlib
import logging
import os
import re
import sys
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader
from traitlets.log import get_logger

from autograder.course_folder import CourseFolder
from autograder.former_names import up_to_date
from course_lib.errors import CourseError


def load_settings(course: CourseFolder) -> Config:
    """nbgrader's settings for a class, with its folder as their root. Raises CourseError when there are none."""
    if not course.settings.is_file():
        raise CourseError(
            "There is no nbgrader_config.py.",
            where=str(course.root),
            fix="run this from a complete copy of the course",
        )
    settings = PyFileConfigLoader(course.settings.name, path=str(course.root)).load_config()
    up_to_date(settings)
    settings.CourseDirectory.root = str(course.root)
    return settings


def course_directory(settings: Config, **places: str) -> CourseDirectory:
    """nbgrader's CourseDirectory under `settings`; `places` override single traits."""
    return CourseDirectory(config=settings, **places)


def class_of(config: Config) -> CourseFolder:
    """The class that nbgrader itself is grading: the folder it works in when its settings name none."""
    return CourseFolder(Path(course_directory(config).root))


@contextlib.contextmanager
def gradebook_of(course: CourseFolder) -> Iterator[Gradebook]:
    """The gradebook of a class. Raises CourseError when nothing has been graded there."""
    settings = load_settings(course)
    directory = course_directory(settings)
    if not course.gradebook.is_file():
        raise CourseError("Nothing has been graded here.", where=str(course.root), fix="run `course grade` first")
    with quiet_nbgrader(), Gradebook(directory.db_url, directory.course_id) as gradebook:
        yield gradebook


@contextlib.contextmanager
def quiet_nbgrader() -> Iterator[list[str]]:
    """Collect what nbgrader logs, one message per item, and keep it off the screen.

    nbgrader calls the programs of its own environment by name, so that folder goes on the PATH meanwhile.
    """
    messages: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    log = get_logger()
    assert isinstance(log, logging.Logger)
    handlers, level, propagate = log.handlers, log.level, log.propagate
    log.handlers, log.propagate = [Collect()], False
    log.setLevel(logging.INFO)
    path = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{path}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield messages
    finally:
        os.environ["PATH"] = path
        log.handlers, log.propagate = handlers, propagate
        log.setLevel(level)


def last_cause(messages: list[str]) -> str:
    """The exception at the end of the last traceback that nbgrader logged, or else its last message."""
    tracebacks = [message for message in messages if message.startswith("Traceback")]
    lines = (tracebacks or messages or ["no reason given"])[-1].strip().splitlines()
    names = [number for number, line in enumerate(lines) if re.match(r"[A-Za-z_][\w.]*(: |$)", line)]
    # SQLAlchemy adds the statement and a web address below its exception.
    told = [line for line in lines[names[-1] if names else -1 :] if not line.startswith(("[", "(Background"))]
    return textwrap.shorten(" ".join(told), 300)
