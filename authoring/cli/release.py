"""`course release`"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.cli.json_output import AsJson, print_json
from course_lib.lessons import find_lesson
from course_lib.paths import project_root


def command(
    lessons: Annotated[list[str], typer.Argument(help="Lesson numbers or names.")],
    out: Annotated[Path | None, typer.Option(help="The folder to write to; else release/.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make the zip file that students get.

    In it: the lessons, the library with the finished blocks of earlier lessons only, the launcher, the
    environment, and a page that says how to begin. Not in it: solutions, private keys, the autograder.

    Unpacked over the one before, it adds its lessons and leaves the student's own notebooks alone.

    Example: `course release 01`
    """
    root = project_root()
    names = sorted({find_lesson(lesson, root) for lesson in lessons})

    from authoring.release import make_bundle
    from autograder.lessons.held_back_files import TAUGHT_IN

    bundle = make_bundle(root, names, out or root / "release")
    if as_json:
        print_json(bundle)
        return
    if bundle.shown:
        print("One lesson rests on another, so the zip file holds finished blocks that students write in it:")
        for module in bundle.shown:
            print(f"  course_lib/{module}, written in {TAUGHT_IN[module]}")
        print("To hold them back, release each lesson when the one before is closed.")
    size = bundle.path.stat().st_size / 1e6
    print(f"Give this file to your students: {bundle.path} ({size:.1f} MB)")
