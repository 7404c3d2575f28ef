"""`course keys`"""

from typing import Annotated

import typer

from autograder.cli.class_option import ClassOption, chosen_class
from course_lib.cli.json_output import AsJson, print_json


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
    from autograder.keys.class_keys import class_secret, key_id

    course = chosen_class(class_folder)
    with exclusive_grading(course) if new else nullcontext():  # not while this class is graded
        class_secret(course, new=new)
    if as_json:
        print_json({"new": new, "key id": key_id(course), "folder": course.private})
        return
    typer.echo(
        f"{'New class secret' if new else 'Class secret'}, key id {key_id(course)}, in {course.private}."
    )
    typer.echo("Keep that folder private, and back it up if you must be able to grade again alike.")
