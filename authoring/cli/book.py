"""`course book`"""

from pathlib import Path
from typing import Annotated

import typer

from course_lib.cli.json_output import AsJson, print_json
from course_lib.lessons import find_lesson, lesson_names
from course_lib.paths import project_root


def command(
    out: Annotated[Path | None, typer.Option(help="Where to write it; else build/book.")] = None,
    refresh: Annotated[
        list[str] | None,
        typer.Option(help="Store the outputs of this lesson, or of `all`, in place of making the site."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make the course's web site from stored results; nothing is run, and nothing is fetched.

    The lessons show what their cells gave when the author ran them. `--refresh 03` takes that from
    `build/executed/`, where `course run 03` leaves it, and stores it in `docs/lessons/`; commit it. A lesson
    whose code has changed since is named.

    Example: `course book`
    """
    root = project_root()
    if refresh:
        chosen = lesson_names(root) if refresh == ["all"] else [find_lesson(name, root) for name in refresh]

        from authoring.site import stored_outputs

        stored = {lesson: stored_outputs.refresh_outputs(root, lesson) for lesson in chosen}
        if as_json:
            print_json(stored)
        for lesson, files in stored.items() if not as_json else ():
            size = sum(file.stat().st_size for file in files)
            print(f"{lesson}: {len(files) - 1} figures, {size / 1e3:.0f} kB")
        return

    from authoring.site.sphinx_build import build_site

    page = build_site(root, (out or root / "build" / "book").resolve())
    if as_json:
        print_json({"site": page})
    else:
        print(f"Site: {page}")
