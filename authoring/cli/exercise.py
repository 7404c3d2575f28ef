"""`course exercise`"""

from enum import StrEnum
from typing import Annotated

import typer

from course_lib.cli.json_output import AsJson, print_json
from course_lib.lessons import find_lesson
from course_lib.paths import project_root


class ExerciseAction(StrEnum):
    """What can be done to an exercise."""

    new = "new"


def command(
    action: Annotated[ExerciseAction, typer.Argument(help="What to do.")],
    name: Annotated[str, typer.Argument(help="Id of the exercise, such as channel_shuffle.")],
    lesson: Annotated[str, typer.Option(help="Number or name of the lesson it belongs to.")],
    as_json: AsJson = False,
) -> None:
    """Start a new exercise from a small one that works.

    Writes the lesson's cells, the specification, one misconception and one right style, each into its own
    place. The checks of the new exercise pass at once; change them piece by piece. `docs/author-guide.md`
    walks through it.

    Example: `course exercise new channel_shuffle --lesson 01`
    """
    root = project_root()
    folder = find_lesson(lesson, root)

    from authoring.scaffolding import new_exercise

    written = [path.relative_to(root) for path in new_exercise(name, folder, root)]
    if as_json:
        print_json({"written": written})
        return
    for path in written:
        print(f"wrote {path}")
    print("Next: ./course build, then ./course check-the-checks " + folder[:2])
