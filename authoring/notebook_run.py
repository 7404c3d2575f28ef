"""Runs a notebook in a fresh kernel and measures it."""

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from rich.console import Console
from rich.table import Table

from course_lib.errors import CourseError
from course_lib.kernels import private_kernels


@dataclass(frozen=True)
class Run:
    """One executed notebook: wall time in seconds, peak resident memory in bytes, what failed if anything."""

    lesson: str
    seconds: float
    peak: int
    failure: str


def run_lesson(root: Path, lesson: str, profile: str) -> Run:
    """Execute the solution notebook of a lesson and store the result under build/executed/."""
    source = root / "solutions" / lesson / f"{lesson}.ipynb"
    if not source.is_file():
        raise CourseError("The solution notebook is missing.", where=str(source), fix="run `course build`")
    notebook = nbformat.read(source, as_version=4)
    notebook.metadata["course"] = {"profile": profile}
    with tempfile.TemporaryDirectory(prefix="course-run-") as place, Console(stderr=True).status(lesson):
        started = time.monotonic()
        with _peak_memory() as peak:
            failure = execute_notebook(notebook, Path(place), {"COURSE_PROFILE": profile})
        seconds = time.monotonic() - started
    executed = root / "build" / "executed" / f"{lesson}.ipynb"
    executed.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, executed)
    return Run(lesson, seconds, peak[0], failure)


def execute_notebook(notebook: NotebookNode, place: Path, environment: dict[str, str]) -> str:
    """Run every cell of `notebook` in place, in a kernel that works in `place`; "" or what failed where."""
    with private_kernels() as settings:
        client = NotebookClient(
            notebook,
            config=settings,
            kernel_name="python3",
            kernel_manager_class=AsyncKernelManager,
            timeout=None,
            startup_timeout=120,
            extra_arguments=["--IPKernelApp.log_level=40"],  # the kernel's own notices are not the lesson's
            resources={"metadata": {"path": str(place)}},
        )
        try:
            client.execute(env=os.environ | environment)
        except (CellExecutionError, DeadKernelError) as error:
            return _describe(notebook, error)
    return ""


def _describe(notebook: NotebookNode, error: Exception) -> str:
    """Number, source and error of the last cell that was begun."""
    code = [(number, cell) for number, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code"]
    begun = [(number, cell) for number, cell in code if "execution" in cell.metadata or cell.outputs]
    number, cell = begun[-1] if begun else code[0]
    tracebacks = [output.traceback for output in cell.outputs if output.output_type == "error"]
    said = strip_ansi("\n".join(tracebacks[-1])) if tracebacks else str(error)
    return f"cell {number}:\n\n{cell.source}\n\n{said}"


@contextmanager
def _peak_memory() -> Iterator[list[int]]:
    """Watch the resident memory of this process's children; item 0 of the list is the peak in bytes."""
    peak, stop = [0], threading.Event()

    def watch() -> None:
        here = psutil.Process()
        while not stop.wait(0.2):
            peak[0] = max(peak[0], sum(map(_resident, here.children(recursive=True))))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def print_runs(runs: list[Run]) -> None:
    """Print minutes and peak memory per lesson."""
    rows = Table("lesson", "result")
    rows.add_column("minutes", justify="right")
    rows.add_column("peak memory", justify="right")
    for run in runs:
        rows.add_row(
            run.lesson,
            "failed" if run.failure else "ran",
            f"{run.seconds / 60:.2f}",
            f"{run.peak / 1e6:,.0f} MB",
        )
    if len(runs) > 1:
        minutes, peak = sum(run.seconds for run in runs) / 60, max(run.peak for run in runs) / 1e6
        rows.add_section()
        rows.add_row("all", "", f"{minutes:.2f}", f"{peak:,.0f} MB")
    Console().print(rows)
