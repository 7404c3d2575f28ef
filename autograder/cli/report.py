"""`course report`"""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.class_option import ClassOption, chosen_class
from course_lib.cli.json_output import AsJson, print_json
from course_lib.lessons import find_lesson


def command(
    lesson: Annotated[str, typer.Argument(help="Number or name of the lesson.")],
    out: Annotated[
        Path | None, typer.Option(help="Where to write it; else report/ in the course folder.")
    ] = None,
    class_folder: ClassOption = None,
    hide_names: Annotated[
        bool, typer.Option("--hide-names", help="Numbers in place of names; code without comments and texts.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say in one page what a class made of a lesson.

    Reads what grading left behind and writes a single HTML file: the spread of points, who needs a person's
    eye first, how hard each exercise was, the commonest misconceptions with the section to go through again,
    and the wrong answers nobody has a name for, in groups that look alike. It needs no network to be read.

    Example: `course report 01 --hide-names`
    """
    course = chosen_class(class_folder)
    name = find_lesson(lesson, course.root)

    from autograder.report.name_hiding import without_names
    from autograder.report.page import render_report, report_data
    from autograder.report.results import read_results
    from autograder.submissions.roster import withdrawn_notice, withdrawn_students

    found = read_results(course, name)
    if hide_names:
        found = without_names(found)
    if as_json:
        print_json(report_data(found))
        return
    file_name = f"{name[:2]}_without_names.html" if hide_names else f"{name}.html"
    path = out or course.reports / file_name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render_report(found, who=not hide_names), encoding="utf-8")
    if gone := withdrawn_students(course, name):
        print(withdrawn_notice(gone))
    print(f"Report: {path}")
