"""The option `--class`, which instructors' commands share."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.course_folder import CourseFolder
from course_lib.paths import project_root

ClassOption = Annotated[Path | None, typer.Option("--class", help="Another course folder, such as demo.")]


def chosen_class(folder: Path | None) -> CourseFolder:
    """The class in the folder that was named; by default the one of this checkout."""
    return CourseFolder(folder or project_root())
