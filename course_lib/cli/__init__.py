"""The `course` command. Each module here is one command: its function `command`, under the module's name.

Modules whose name begins with _ are shared helpers. Anything heavy is imported inside the functions, so
that `course --help` answers at once.
"""

import errno
import importlib
import pkgutil
import sys

import typer

from course_lib.errors import CourseError

# What the machine, not the course, refuses; one sentence each.
_REFUSALS = {
    errno.EROFS: "The disk is read-only",
    errno.ENOSPC: "The disk is full",
    errno.EDQUOT: "Your disk quota is used up",
    errno.EACCES: "You have no permission to use this file or folder",
    errno.EPERM: "You have no permission to use this file or folder",
}


def main() -> None:
    """Run the command line; mistakes that a person can mend end in a message and exit status 1."""
    try:
        make_app()(prog_name="course")
    except CourseError as error:
        _stop(str(error))
    except OSError as error:
        if error.errno not in _REFUSALS:
            raise
        where = f" ({error.filename})" if error.filename else ""
        _stop(f"{_REFUSALS[error.errno]}{where}; free or choose another place, then run the command again.")


def make_app() -> typer.Typer:
    """The Typer app with one command per module of this package."""
    app = typer.Typer(
        help="Attention, in ten notebooks: work on the lessons, build them, grade them.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for found in pkgutil.iter_modules(__path__):
        if not found.name.startswith("_"):
            module = importlib.import_module(f"{__name__}.{found.name}")
            settings = getattr(module, "COMMAND_SETTINGS", {})
            app.command(found.name.replace("_", "-"), **settings)(module.command)
    return app


def _stop(message: str) -> None:
    print(f"course: {message}", file=sys.stderr)
    sys.exit(1)
