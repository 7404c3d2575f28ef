"""A trial run before a class is graded: what is broken here must never look like a student's mistake."""

from copy import deepcopy

from nbformat import NotebookNode

from autograder.notebooks.cells_to_run import SKIP, skip_demonstrations
from autograder.sandbox.limits import Limits
from autograder.sandbox.supervisor import CellResult, Sandboxes, run_notebook
from course_lib.errors import CourseError
from course_lib.notebook_cells import nbgrader_marks

MODEL = """
import keras as _keras
import numpy as _numpy
import course_lib.checks.probe
_model = _keras.Sequential([_keras.Input((4, 4, 1)), _keras.layers.Conv2D(2, 3), _keras.layers.Flatten()])
assert _model(_numpy.ones((1, 4, 4, 1), "float32")).shape == (1, 8)
"""


def require_working_sandbox(sandboxes: Sandboxes, lesson: NotebookNode) -> None:
    """Run the lesson's own set-up cells and a small Keras model in a child.

    Raises CourseError when any of that fails: then nobody is graded, rather than everybody wrongly.
    """
    sources = [*_setup_cells(lesson), MODEL]
    for number, result in run_notebook(sandboxes, dict(enumerate(sources)), Limits()).items():
        if problem := _problem_of(result):
            first = next((line for line in sources[number].splitlines() if line.strip()), "")
            raise CourseError(
                f"The lesson's own set-up does not run in the sandbox ({problem}). "
                "That is our fault and no student's; nobody was graded.",
                where=f"the cell that begins with: {first}",
                fix="run `course doctor` and mend what it names; see that disk and memory are not full",
            )


def _setup_cells(lesson: NotebookNode) -> list[str]:
    """The lesson's code before the first exercise, as far as the cells below need it."""
    cells: list[NotebookNode] = [deepcopy(cell) for cell in lesson.cells if cell.cell_type == "code"]
    skip_demonstrations(cells, lesson)
    marked = [place for place, cell in enumerate(cells) if nbgrader_marks(cell)]
    first = marked[0] if marked else len(cells)
    return [cell.source for cell in cells[:first] if SKIP not in cell.metadata.get("tags", [])]


def _problem_of(result: CellResult) -> str:
    """What went wrong in a cell, in one line; the empty string when nothing did."""
    if result.outcome != "done":
        return result.outcome
    errors = [output for output in result.outputs if output["output_type"] == "error"]
    return f"{errors[0]['ename']}: {errors[0]['evalue']}"[:300] if errors else ""
