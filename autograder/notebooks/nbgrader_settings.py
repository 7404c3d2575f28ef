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

from autograder.former_names import up_to_date
from course_lib.errors import CourseError


def load_settings(root: Path) -> Config:
    """The contents of nbgrader_config.py in `root`. Raises CourseError when there is none."""
    if not root.joinpath("nbgrader_config.py").is_file():
        raise CourseError(
            "There is no nbgrader_config.py.",
            where=str(root),
            fix="run this from a complete copy of the course",
        )
    settings = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    up_to_date(settings)
    return settings


def course_directory(settings: Config, **places: str) -> CourseDirectory:
    """nbgrader's CourseDirectory under `settings`; `places` override single traits."""
    return CourseDirectory(config=settings, **places)


@contextlib.contextmanager
def gradebook_of(root: Path) -> Iterator[Gradebook]:
    """The gradebook of the course folder `root`. Raises CourseError when nothing has been graded there."""
    settings = load_settings(root)
    settings.CourseDirectory.root = str(root)
    directory = course_directory(settings)
    if not root.joinpath("gradebook.db").is_file():
        raise CourseError("Nothing has been graded here.", where=str(root), fix="run `course grade` first")
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
