"""The command `course lab`, which opens JupyterLab on the lessons."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from course_lib.cli import announced
from course_lib.errors import CourseError
from course_lib.lessons import copy_new_lessons
from course_lib.paths import project_root


def command(
    port: Annotated[int, typer.Option(help="The first port to try.")] = 8888,
    browser: Annotated[bool, typer.Option(help="Open a browser window, or only print the address.")] = True,
    course: Annotated[
        Path | None, typer.Option("--class", help="Another course folder to serve, such as demo.")
    ] = None,
) -> None:
    """Open JupyterLab on the lessons.

    Listens on this computer only, and asks for a token that is new each time (the printed address holds it).
    The Validate button checks a notebook before you hand it in; instructors find the formgrader in the
    menu *Nbgrader*. Stop it with Ctrl-C.

    Example: `course lab --port 8890 --no-browser`
    """
    root = project_root() if course is None else course.resolve()
    if not root.joinpath("nbgrader_config.py").is_file():
        raise CourseError(
            "This is not a course folder: it has no nbgrader_config.py.",
            where=str(root),
            fix="run `course demo` first, or name the folder that holds gradebook.db",
        )
    for lesson in copy_new_lessons(root):
        print(f"New: notebooks/{lesson}", flush=True)
    # nbgrader calls programs of this environment by name. The server makes and prints its own token.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.chdir(root)
    # In place of this process, so that a signal to it ends JupyterLab.
    os.execve(
        sys.executable,
        [
            sys.executable,
            "-m",
            "jupyterlab",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            # The root is the course folder, because the formgrader has to reach its submissions.
            f"--ServerApp.root_dir={root}",
            "--LabApp.default_url=/lab/tree/notebooks",
            f"--ServerApp.open_browser={browser}",
            "--ServerApp.log_level=WARN",
            # Containers often run everything as root; only this computer can connect.
            f"--ServerApp.allow_root={os.geteuid() == 0}",
        ],
        os.environ | {"PATH": path, "JUPYTER_CONFIG_PATH": _settings()},
    )


def _settings() -> str:
    """Return the folders of JupyterLab's settings, most important first.

    Those for everyone leave out what asks other computers: news, updates, the list of extensions.
    Those for students leave out nbgrader's tools for making, fetching and grading lessons.
    """
    place = project_root()
    kinds = ["everyone"] if announced("course.instructor") else ["everyone", "student"]
    ours = [str(place / "course_lib" / "lab_settings" / kind) for kind in kinds]
    return os.pathsep.join(filter(None, [*ours, os.environ.get("JUPYTER_CONFIG_PATH")]))
