"""What may lie in a student's folder beside, or in place of, a right notebook; with the expected outcome."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FULL = 9


@dataclass(frozen=True)
class Prank:
    """Does something to a folder that holds a right notebook, given the notebook's path."""

    act: Callable[[Path], None]
    outcome: str = "graded"
    points: float = FULL
    says: str = ""


PRANKS: dict[str, Prank] = {}


def prank(**expected: Any) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    def put(function: Callable[[Path], None]) -> Callable[[Path], None]:
        PRANKS[function.__name__] = Prank(function, **expected)
        return function

    return put


REFUSED: dict[str, Any] = {"outcome": "unreadable", "points": 0}
NONE: dict[str, Any] = {"outcome": "missing", "points": 0}


@prank(**NONE)
def notebook_is_a_folder(notebook: Path) -> None:
    notebook.unlink()
    notebook.mkdir()


@prank(**NONE)
def notebook_is_a_pipe(notebook: Path) -> None:
    notebook.unlink()
    os.mkfifo(notebook)


@prank(**REFUSED, says="link")
def notebook_is_a_link(notebook: Path) -> None:
    notebook.unlink()
    notebook.symlink_to(notebook.parents[3] / "solutions/00_short/00_short.ipynb")


@prank(**NONE, says="rename it")
def notebook_of_another_name(notebook: Path) -> None:
    notebook.rename(notebook.with_name("..\\<script>alert(1)<\\script> \x1b[2J[bold].ipynb"))


@prank(**REFUSED, says="link")
def link_to_a_secret(notebook: Path) -> None:
    notebook.with_name("data.csv").symlink_to("/etc/passwd")


@prank(**REFUSED, says="link")
def link_to_itself(notebook: Path) -> None:
    notebook.with_name("loop").symlink_to(notebook.parent)


@prank(**REFUSED, says="link")
def link_with_an_unprintable_name(notebook: Path) -> None:
    notebook.with_name(os.fsdecode(b"\xff\xfe\x1b[2J")).symlink_to("/etc")


@prank()
def pipes_and_sockets(notebook: Path) -> None:
    os.mkfifo(notebook.with_name("pipe"))
    one = socket.socket(socket.AF_UNIX)
    with contextlib.chdir(notebook.parent):  # the name of a socket may only be short
        one.bind("socket")
    one.close()


@prank()
def sparse_file(notebook: Path) -> None:
    with notebook.with_name("weights.npz").open("wb") as file:
        file.truncate(100_000_000_000)


@prank(says="left out")
def bombs_in_archives(notebook: Path) -> None:
    for name in ("data.zip", "data.npz", "data.txt"):
        with zipfile.ZipFile(notebook.with_name(name), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("../../../../outside", bytes(50_000_000))
    notebook.with_name("large.csv").write_bytes(bytes(6_000_000))


@prank()
def thousand_files(notebook: Path) -> None:
    for number in range(1_000):
        notebook.with_name(f"{number}.csv").touch()


@prank(**REFUSED, says="folders")
def thousand_folders(notebook: Path) -> None:
    for number in range(1_000):
        notebook.with_name(str(number)).mkdir()


@prank(**REFUSED)
def deep_folders(notebook: Path) -> None:
    notebook.parent.joinpath(*["deep"] * 500).mkdir(parents=True)


@prank()
def odd_names(notebook: Path) -> None:
    names = (
        b"<script>alert(1).png",
        b"a\nb.csv",
        b"\x1b[2J.csv",
        b"\xff\xfe.csv",
        b"-rf",
        b"$(id).csv",
        b"%s{0}.csv",
    )
    for name in names:
        notebook.with_name(os.fsdecode(name)).write_bytes(b"1")


@prank()
def modules_beside(notebook: Path) -> None:
    folder = notebook.parent
    for name in (
        "numpy",
        "json",
        "course_lib",
        "sitecustomize",
        "usercustomize",
        "conftest",
        "nbgrader_config",
    ):
        folder.joinpath(f"{name}.py").write_text("raise SystemExit('shadowed')")
    for name in (
        "autograder/__init__.py",
        "keras/__init__.py",
        ".ipython/profile_default/startup/x.py",
        "x.pth",
    ):
        folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(name).write_text("import os; os._exit(3)")


@prank()
def other_notebooks(notebook: Path) -> None:
    shutil.copy(notebook, notebook.with_name("another.ipynb"))
    notebook.with_name("broken.ipynb").write_text("{")
    notebook.parent.joinpath("feedback").mkdir()
    notebook.parent.joinpath("feedback/page.html").write_text("<script>alert(1)</script>")


@prank()
def forged_time(notebook: Path) -> None:
    notebook.with_name("timestamp.txt").write_text("1970-01-01 00:00:00 UTC")


@prank(**REFUSED, says="date")
def unreadable_time(notebook: Path) -> None:
    notebook.with_name("timestamp.txt").write_bytes(b"\xff\x00")


@prank(**REFUSED, says="date")
def time_after_time(notebook: Path) -> None:
    notebook.with_name("timestamp.txt").write_text("9" * 1_000_000)


@prank(**REFUSED, says="date")
def time_out_of_range(notebook: Path) -> None:
    notebook.with_name("timestamp.txt").write_text("9999-12-31 23:59:59.9 -2359")


@prank()
def time_is_a_folder(notebook: Path) -> None:
    notebook.with_name("timestamp.txt").mkdir()


STUDENTS = (
    "o'brien; rm -rf",
    "ünïcödé 你好",
    "-rf",
    "%s{0}$HOME",
    "<script>alert(1)<",
    'a"b&c',
    "n" * 200,
    "é" * 127,  # and with an ending no name for a file any more
    "CON",
    "a..b",
)
# No gradebook can hold these: their rows say so.
UNPRINTABLE = {
    "line\nbreak": "line?break",
    "\x1b[2Jterminal": "?[2Jterminal",
    os.fsdecode(b"bytes-\xff"): "bytes-?",
}
