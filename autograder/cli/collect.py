"""`course collect`"""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.class_option import ClassOption, chosen_class
from course_lib.cli.json_output import AsJson, print_json


def command(
    folder: Annotated[Path, typer.Argument(help="The folder, or one zip file, with all of them.")],
    class_folder: ClassOption = None,
    as_json: AsJson = False,
) -> None:
    """Take in what the class uploaded, as downloaded from Moodle or Canvas.

    Finds the files that `course submit` made, in folders and in zip files of zip files, and puts each where
    `course grade` looks. Of several by one student the newest counts. Nothing is overwritten for good, and a
    file with tricks in it is refused and named.

    Example: `course collect ~/Downloads/submissions.zip`
    """
    from autograder.submissions.collecting import COLLECTED, IGNORED, KEPT, REFUSED, collect

    taken = collect(folder, chosen_class(class_folder))
    if as_json:
        print_json(taken)
    else:
        for each in taken:
            if each.why:
                print(f"{each.outcome}: {each.file}: {each.why}")
        counts = Counter(each.outcome for each in taken)
        print(" · ".join(f"{counts[outcome]} {outcome}" for outcome in (COLLECTED, KEPT, REFUSED, IGNORED)))
    if any(each.outcome == REFUSED for each in taken):
        raise typer.Exit(1)
