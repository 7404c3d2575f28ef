"""What a student and an instructor have on their computers, each in a folder and with a home of its own."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from authoring.release import make_bundle
from authoring.release.student_zip import FOLDER
from autograder.course_folder import CourseFolder
from autograder.keys import class_keys
from course_lib.checks.exercise import all_exercises
from course_lib.paths import project_root

PROGRAM = [sys.executable, "-m", "course_lib.cli"]  # what ./course calls in the end
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S+")
STARTS_WITHIN = 120  # seconds; more than a busy machine needs

# Python runs this first in every process of a place: whatever it wants from another computer is written down.
WATCH = """
import os, sys

HERE = ("127.", "::1", "localhost", "0.0.0.0")

def watch(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host and not host.startswith(HERE) and host != os.uname().nodename:
        with open(os.environ["ASKED_FOR"], "a") as file:
            print(host, *sys.argv, file=file)

sys.addaudithook(watch)
"""


@dataclass(frozen=True)
class Place:
    """A person's copy of the course. `beside` holds their home, and what keeps watch over their programs."""

    folder: Path
    beside: Path

    def environment(self) -> dict[str, str]:
        """Nothing of this computer but its programs, and no training longer than seconds."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.beside / "home"),
            "LANG": "C.UTF-8",
            "PYTHONPATH": f"{self.beside / 'first'}{os.pathsep}{self.folder}",
            "ASKED_FOR": str(self.beside / "asked_for"),
            "COURSE_PROFILE": "smoke",
            "COURSE_OFFLINE": "1",
        }

    def course(self, *words: str) -> str:
        """What a command of the course prints; AssertionError if it fails."""
        done = subprocess.run(
            [*PROGRAM, *words],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, f"course {' '.join(words)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    @property
    def elsewhere(self) -> list[str]:
        """What its programs wanted from other computers."""
        noted = self.beside / "asked_for"
        return noted.read_text().splitlines() if noted.exists() else []

    @contextlib.contextmanager
    def lab(self) -> Iterator[str]:
        """JupyterLab, as `course lab` starts it; gives the address that it prints."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        started = subprocess.Popen(
            [*PROGRAM, "lab", "--no-browser", "--port", str(port)],
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=read_all, args=(started, lines))
        reader.start()
        try:
            told = address(lines)
            wait_until_it_listens(started, int(told.split(":")[2].split("/")[0]))
            yield told
        finally:
            family = [psutil.Process(started.pid), *psutil.Process(started.pid).children(recursive=True)]
            started.terminate()
            _, alive = psutil.wait_procs(family, timeout=30)
            for process in alive:
                process.kill()
            started.wait()
            reader.join()
            assert not alive, f"still there after the end of JupyterLab: {alive}"


def read_all(started: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    """Pass on what a program prints, and at its end an empty line."""
    assert started.stdout
    for line in started.stdout:
        lines.put(line)
    lines.put("")


def wait_until_it_listens(started: subprocess.Popen[str], port: int) -> None:
    """JupyterLab prints its address a moment before that."""
    while started.poll() is None:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("JupyterLab ended at once.")


def address(lines: queue.Queue[str]) -> str:
    """The address in what JupyterLab prints."""
    told = []
    while told[-1:] != [""]:
        told.append(lines.get(timeout=STARTS_WITHIN))
        if found := ADDRESS.search(told[-1]):
            return found[0]
    raise AssertionError(f"JupyterLab did not start:\n{''.join(told)}")


def student(beside: Path, lesson: str) -> Place:
    """The bundle of a lesson, unpacked; the autograder cannot be imported there."""
    with zipfile.ZipFile(make_bundle(project_root(), [lesson], beside).path) as bundle:
        bundle.extractall(beside)
    hidden = 'sys.modules["autograder"] = sys.modules["authoring"] = None\n'
    place = prepared(beside / FOLDER, beside, WATCH + hidden)
    (wheel,) = place.folder.glob("wheel/*.whl")
    with zipfile.ZipFile(wheel) as packed:  # what announces the commands, as after the folder's installation
        packed.extractall(beside / "first", [name for name in packed.namelist() if ".dist-info/" in name])
    return place


def instructor(beside: Path, lesson: str) -> Place:
    """A fresh clone: the files that git knows, as they are now.

    Its class has the secret of made-up classes, and the keys of a lesson: to make them takes a minute.
    """
    root, folder = project_root(), beside / "course"
    known = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(known, cwd=root, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target)
    made_up, course = CourseFolder(beside / "made_up"), CourseFolder(folder)
    class_keys.share_public_secret(made_up)
    class_keys.share_public_secret(course)
    keys = class_keys.key_files(
        made_up, [each.id for each in all_exercises().values() if each.lesson == lesson]
    )
    kept = course.private / keys[0].parent.relative_to(CourseFolder(root).private)
    kept.mkdir(parents=True)
    for path in keys:
        shutil.copy2(path, kept)
    return prepared(folder, beside)


def prepared(folder: Path, beside: Path, first: str = WATCH) -> Place:
    """A place with an empty home, and what Python runs first there."""
    for name in ("home", "first"):
        beside.joinpath(name).mkdir()
    beside.joinpath("first", "sitecustomize.py").write_text(first)
    return Place(folder, beside)
