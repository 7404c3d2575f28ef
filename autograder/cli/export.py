"""`course export`"""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.class_option import ClassOption, chosen_class
from course_lib.cli.json_output import AsJson, print_json
from course_lib.errors import CourseError
from course_lib.lessons import find_lesson


def command(
    lesson: Annotated[str, typer.Argument(help="Number or name of the lesson.")],
    canvas: Annotated[Path | None, typer.Option(help="The gradebook that Canvas exported.")] = None,
    moodle: Annotated[Path | None, typer.Option(help="The grading worksheet from Moodle.")] = None,
    column: Annotated[str, typer.Option(help="The column for the points, if it is not found.")] = "",
    out: Annotated[Path | None, typer.Option(help="Where to write the filled table.")] = None,
    class_folder: ClassOption = None,
    as_json: AsJson = False,
) -> None:
    """Fill the points of a lesson into the table that Canvas or Moodle gave you.

    Upload the file it writes. It says who is graded but not in the table, and who still waits for grading
    by hand. `nbgrader export` has the plain table of all points.

    Example: `course export 01 --canvas ~/Downloads/grades.csv`
    """
    if (canvas is None) == (moodle is None):
        raise CourseError("Which table?", fix="name one file with --canvas or --moodle")
    course = chosen_class(class_folder)
    name = find_lesson(lesson, course.root)

    from autograder.exports import Canvas, Moodle, export_summary
    from autograder.notebooks.nbgrader_settings import gradebook_of
    from autograder.submissions.roster import students_who_handed_in, withdrawn_notice, withdrawn_students

    platform, table = (Canvas, canvas) if canvas else (Moodle, moodle)
    plugin = platform(table=str(table), column=column, student=students_who_handed_in(course, name))
    path = out or course.filled_table(name, plugin.default_name)
    with gradebook_of(course) as gradebook:
        filled = plugin.fill(gradebook, name)
    if not filled.entered and not filled.locked:
        if not filled.absent:
            raise CourseError(
                f"Nobody has points for {name} yet.", fix=f"run `course grade {name[:2]}` first"
            )
        raise CourseError(
            "Nobody's points could be entered: the table has none of the names that were handed in under.",
            where=f"{table}; handed in: {', '.join(filled.absent)}",
            fix="give their folders in submitted/ the names that the table has, and grade again",
        )
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(filled.text)
    if as_json:
        print_json({"file": path, **{name: value for name, value in vars(filled).items() if name != "text"}})
        return
    for told in export_summary(filled):
        print(told)
    if gone := withdrawn_students(course, name):
        print(withdrawn_notice(gone))
    print(f"Upload this file: {path}")
