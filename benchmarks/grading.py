"""Times grading a class: plain `nbgrader autograde` and `course grade` on the same submissions, in one run.

    python benchmarks/grading.py                 # a few minutes
    python benchmarks/grading.py --curve 1000    # and how it goes on up to 1,000 submissions

Plain nbgrader is measured on few submissions, one after another as it works, and its rate is marked so.
It is measured twice: as it comes, and with the course's own steps but ordinary kernels, which run fewer
cells.
"""

from __future__ import annotations

import argparse
import functools
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import psutil

from autograder.course_folder import CourseFolder
from autograder.demo.sample_classes import add_class, make_folder, sample_class
from autograder.grading.class_run import grade
from autograder.grading.recorder import Recorder
from autograder.keys import class_keys
from autograder.sandbox.limits import Limits
from autograder.sandbox.supervisor import SubmissionRun, WarmParent
from course_lib.checks.exercise import all_exercises
from course_lib.lessons import find_lesson
from course_lib.paths import project_root

# What nbgrader does when nothing is configured, with its own kernel.
STOCK = """
del c.Autograde.sanitize_preprocessors, c.Autograde.autograde_preprocessors
c.Execute.kernel_name = "python3"
c.Execute.timeout = 600
"""
OWN_STEPS = """
c.Execute.kernel_name = "python3"
"""


@dataclass
class Measured:
    """One run of `course grade`: when rows came, and what the recorder and the processes took.

    recorder: its processor seconds. waits: seconds in which it waited for the disk or a core; workers go on.
    """

    workers: int
    rows: list[float] = field(default_factory=list)
    start: float = 0.0
    planned: float = 0.0
    recorder: float = 0.0
    waits: float = 0.0
    memory: dict[str, int] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """From the first rows, one of each worker, to the last."""
        return self.rows[-1] - self.rows[self.workers - 1]

    @property
    def per_submission(self) -> float:
        """Seconds from one row to the next, without the start."""
        return self.seconds / (len(self.rows) - self.workers)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--lesson", default="01")
    arguments.add_argument("--submissions", type=int, default=60, help="graded by `course grade`")
    arguments.add_argument("--plain", type=int, default=4, help="graded by plain nbgrader")
    arguments.add_argument("--curve", type=int, default=100, help="largest class of the curve")
    asked = arguments.parse_args()
    root = project_root()
    lesson = find_lesson(asked.lesson, root)
    print(f"{date.today()} · {processor()} · {os.cpu_count()} cores · Python {platform.python_version()}")
    print(f"load before the start: {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as place:
        folder = Path(place) / "class"
        students = lay_out(root, lesson, folder, asked.submissions)
        stock = plain(folder, lesson, students[: asked.plain], STOCK)
        own = plain(folder, lesson, students[: asked.plain], OWN_STEPS)
        one = ours(folder, lesson, 1)
        two = ours(folder, lesson, 2)
        print(f"\n{'':34}{'s each':>8}{'per minute':>12}")
        for name, seconds in (
            (f"plain nbgrader ({asked.plain} submissions)", stock),
            ("plain, the course's steps", own),
            (f"course grade, 1 worker ({len(one.rows)})", one.per_submission),
            (f"course grade, 2 workers ({len(two.rows)})", two.per_submission),
        ):
            print(f"{name:34}{seconds:8.2f}{60 / seconds:12.1f}")
        print(f"\ncourse grade against plain nbgrader: {stock / two.per_submission:.1f}×")
        print(f"… against plain with the course's steps: {own / two.per_submission:.1f}×")
        print(f"two workers against one: {one.per_submission / two.per_submission:.2f}×")
        print(
            f"start, once: {two.start:.1f} s; with it {len(two.rows)} submissions: "
            f"{stock * len(two.rows) / (two.start + two.rows[-1] - two.planned):.1f}× plain"
        )
        print(f"recorder: {share(two.recorder, two)}; it waits {share(two.waits, two)} for disk and cores")
        print("peak memory: " + ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in two.memory.items()))
        isolation()
        curve(root, lesson, folder, asked.curve)


def processor() -> str:
    """The processor's name."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def lay_out(root: Path, lesson: str, folder: Path, number: int, models: int | None = None) -> list[str]:
    """A class of that many: the sample class again and again, each notebook with a word of its own.

    models: how many of the sample class, from the first, who has everything right.
    """
    members = [member for member in sample_class(lesson) if not member.torn][:models]
    course = CourseFolder(folder)
    make_folder(CourseFolder(root), course)
    add_class(CourseFolder(root), lesson, course, tuple(members))
    class_keys.key_files(course, [each.id for each in all_exercises().values() if each.lesson == lesson])
    texts = [course.submitted_notebook(member.student, lesson).read_text() for member in members]
    shutil.rmtree(course.submitted)
    students = [f"student-{place:04d}" for place in range(number)]
    for place, student in enumerate(students):
        path = course.submitted_notebook(student, lesson)
        path.parent.mkdir(parents=True)
        path.write_text(texts[place % len(texts)].replace("# Lesson", f"# {student} · Lesson", 1))
    return students


def plain(folder: Path, lesson: str, students: list[str], settings: str) -> float:
    """Seconds per submission of `nbgrader autograde`."""
    place = folder.with_name("plain")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns("submitted", "gradebook.db", ".course"))
    class_keys.share_public_secret(CourseFolder(place))  # whose keys are there: they are made in no time
    for student in students:
        shutil.copytree(folder / "submitted" / student, place / "submitted" / student)
    with place.joinpath("nbgrader_config.py").open("a") as file:
        file.write(settings)
    nbgrader = [sys.executable, "-m", "nbgrader"]
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COURSE_PROFILE": "smoke",
        "COURSE_OFFLINE": "1",
    }
    call = functools.partial(subprocess.run, cwd=place, env=environment, check=True, capture_output=True)
    call([*nbgrader, "generate_assignment", lesson, "--force"])
    start = time.monotonic()
    call([*nbgrader, "autograde", lesson])
    return (time.monotonic() - start) / len(students)


def ours(folder: Path, lesson: str, workers: int) -> Measured:
    """Grade the whole class anew."""
    measured = Measured(workers)
    begun = time.monotonic()
    with timed(measured), watched(measured):
        rows = grade(
            lesson,
            course=CourseFolder(folder),
            workers=workers,
            again=True,
            on_plan=lambda _: setattr(measured, "planned", time.monotonic()),
            on_row=lambda _: measured.rows.append(time.monotonic()),
        )
    measured.start = measured.planned - begun
    bad = [row for row in rows if row.outcome != "graded"]
    if bad:
        raise SystemExit(f"not graded: {bad[0]}")
    return measured


@contextmanager
def timed(measured: Measured) -> Iterator[None]:
    """Add up the time that the recorder takes."""
    originals = {name: getattr(Recorder, name) for name in ("record", "marks", "done")}
    depth = threading.local()

    def timing(method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def wrapped(*given: Any) -> Any:
            outermost = not getattr(depth, "inside", False)
            depth.inside = True
            start, worked = time.monotonic(), time.thread_time()
            try:
                return method(*given)
            finally:
                if outermost:
                    depth.inside = False
                    worked = time.thread_time() - worked
                    measured.recorder += worked
                    measured.waits += time.monotonic() - start - worked

        return wrapped

    for name, method in originals.items():
        setattr(Recorder, name, timing(method))
    try:
        yield
    finally:
        for name, method in originals.items():
            setattr(Recorder, name, method)


@contextmanager
def watched(measured: Measured) -> Iterator[None]:
    """Note the peak memory of the processes at work: what each keeps to itself, and all together."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            sizes: dict[str, int] = {"all together (PSS)": 0}
            for process in psutil.Process().children(recursive=True):
                try:
                    kind = kind_of(process)
                    memory = process.memory_full_info()
                except psutil.Error:
                    continue
                sizes["all together (PSS)"] += memory.pss
                sizes[kind] = max(sizes.get(kind, 0), memory.uss)
            for kind, size in sizes.items():
                measured.memory[kind] = max(measured.memory.get(kind, 0), size)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def kind_of(process: psutil.Process) -> str:
    """What a process is, by its command line and its depth below the server that forked it."""
    line = " ".join(process.cmdline())
    first = process.parent() and "autograder" in " ".join(process.parent().cmdline())
    if "autograder.sandbox.warm_parent" in line:
        return "a submission (private)" if first else "warm parent (private)"
    if "autograder.grading.worker_process" in line:
        return "a worker (private)" if first else "worker server (private)"
    return "other (private)"


def isolation() -> None:
    """What the walls cost: a child with all layers against one with none."""
    with WarmParent() as parent:
        walls = parent.sandboxes()
        bare = replace(walls, layers=())

        def seconds(sandboxes: Any) -> float:
            start = time.monotonic()
            with SubmissionRun(sandboxes, Limits()) as run:
                assert run.cell("1").outcome == "done"
            return time.monotonic() - start

        pairs = [(seconds(walls), seconds(bare)) for _ in range(30)]
    confined, free = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(
        f"isolation: {1000 * (confined - free):.0f} ms per submission "
        f"(a child with all walls {1000 * confined:.0f} ms, with none {1000 * free:.0f} ms)"
    )


def curve(root: Path, lesson: str, folder: Path, largest: int) -> None:
    """Time per submission against the size of the class."""
    print(f"\n{'submissions':>12}{'s each':>10}{'recorder':>10}{'it waits':>10}{'not graded':>12}")
    for number in [size for size in (10, 100, 1000) if size <= largest]:
        shutil.rmtree(folder)
        lay_out(root, lesson, folder, number, 1)
        measured = ours(folder, lesson, 2)
        works, waits = share(measured.recorder, measured), share(measured.waits, measured)
        lost = number - len(measured.rows)
        print(f"{number:12}{measured.per_submission:10.3f}{works:>10}{waits:>10}{lost:12}")


def share(seconds: float, measured: Measured) -> str:
    """Seconds as a part of the time in which rows came."""
    return f"{seconds / measured.seconds:.1%}"


if __name__ == "__main__":
    main()
