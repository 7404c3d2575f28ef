"""The `course` command, put together from the commands that the installed packages announce.

A command is a module with a function `command`, announced under its name in one of the entry-point groups
below (see `pyproject.toml`). So this package names no module of a package above it, and a student's copy has
the student's commands alone. Commands import whatever is heavy inside their functions, so that
`course --help` answers at once.
"""

import errno
import sys
from importlib.metadata import EntryPoint, distribution
from typing import Any

import typer
from typer.core import TyperGroup

from course_lib.errors import CourseError

_DISTRIBUTION = "attention-course"  # as pyproject.toml names it; looking at it alone is quicker than at all
# Entry-point group -> the heading of its commands in `course --help`.
READERS = {
    "course.student": "Student",
    "course.instructor": "Instructor",
    "course.author": "Author",
}
# What the machine, not the course, refuses; one sentence each.
_REFUSALS = {
    errno.EROFS: "The disk is read-only",
    errno.ENOSPC: "The disk is full",
    errno.EDQUOT: "Your disk quota is used up",
    errno.EACCES: "You have no permission to use this file or folder",
    errno.EPERM: "You have no permission to use this file or folder",
}


def main() -> None:
    """Run the command line; errors that a person can fix end in a message and exit status 1."""
    try:
        make_app()(prog_name="course")
    except CourseError as error:
        _stop(str(error))
    except OSError as error:
        if error.errno not in _REFUSALS:
            raise
        where = f" ({error.filename})" if error.filename else ""
        _stop(f"{_REFUSALS[error.errno]}{where}; free or choose another place, then run the command again.")


def announced(group: str) -> list[EntryPoint]:
    """Return what the course announces in an entry-point group, in the order of the names."""
    return sorted(distribution(_DISTRIBUTION).entry_points.select(group=group), key=lambda each: each.name)


class CommandsByReader(TyperGroup):
    """Lists the commands under the heading of their readers, one sentence each.

    In plain text: loading Rich would take longer than all the rest, and nothing here needs it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options | {"rich_markup_mode": None})

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list; Click calls this for `course --help`."""
        for heading in READERS.values():
            commands = {
                name: command
                for name, command in self.commands.items()
                if getattr(command, "rich_help_panel", None) == heading
            }
            if commands:
                with formatter.section(heading):
                    formatter.write_dl(
                        [(name, command.get_short_help_str(limit=200)) for name, command in commands.items()]
                    )


def make_app() -> typer.Typer:
    """Return the Typer app with every announced command, under the heading of its readers."""
    app = typer.Typer(
        cls=CommandsByReader,
        help="Attention, in ten notebooks: work on the lessons, build them, grade them.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for group, heading in READERS.items():
        for entry in announced(group):
            module = entry.load()
            settings = getattr(module, "COMMAND_SETTINGS", {})
            app.command(entry.name, rich_help_panel=heading, **settings)(module.command)
    return app


def _stop(message: str) -> None:
    print(f"course: {message}", file=sys.stderr)
    sys.exit(1)
