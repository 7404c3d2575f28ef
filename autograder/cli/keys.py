"""`course keys`"""

from typing import Annotated

import typer

from autograder.cli.class_option import ClassOption, chosen_class
from course_lib.cli.json_output import AsJson, print_json
from course_lib.errors import CourseError


def command(
    new: Annotated[
        bool, typer.Option("--new", help="Draw a new class secret; old private keys are dropped.")
    ] = False,
    class_folder: ClassOption = None,
    as_json: AsJson = False,
) -> None:
    """Show or renew the secret that a class's private answer keys are made from.

    Students check their work with public keys. Grading uses private ones: other inputs, other sizes, more
    of them, all derived from a secret that lies in the class's `.course/` and never leaves this computer. The
    keys are made when grading needs them. Renew the secret for each new class, or when you fear it was seen.
    The next `course grade` of a lesson then grades everybody in it anew.

    Example: `course keys --new`
    """
    from contextlib import nullcontext

    from autograder.grading.recorder import exclusive_grading
    from autograder.keys.class_keys import class_secret, has_public_secret, key_id

    course = chosen_class(class_folder)
    if not course.settings.is_file():  # a misspelt folder must not be made, with a secret in it
        raise CourseError(
            "This is not a course folder: it has no nbgrader_config.py.",
            where=str(course.root),
            fix="name the folder that holds the class's submitted/ and gradebook.db",
        )
    with exclusive_grading(course) if new else nullcontext():  # not while this class is graded
        class_secret(course, new=new)
    public = has_public_secret(course)
    if as_json:
        print_json({"new": new, "key id": key_id(course), "folder": course.private, "public": public})
        return
    typer.echo(
        f"{'New class secret' if new else 'Class secret'}, key id {key_id(course)}, in {course.private}."
    )
    if public:
        typer.echo("This is the secret of made-up classes, which everybody has.")
        typer.echo("Before real students are graded here, draw another: the same command with --new.")
        return
    typer.echo("Keep that folder private, and back it up if you must be able to grade again alike.")
