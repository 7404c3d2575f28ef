"""nbgrader's Execute step in the sandbox: a submission's cells run in a confined child of the warm parent."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import fields

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.notebooknode import from_dict
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Dict, Enum

from autograder.lessons.held_back_files import hidden_in
from autograder.notebooks.cells_to_run import SKIP
from autograder.sandbox.limits import Limits, limits_of_lesson
from autograder.sandbox.supervisor import OUTCOME, CellResult, Sandboxes, run_notebook

_sandboxes: ContextVar[Sandboxes] = ContextVar("sandboxes")

STOPPED = {
    "time": "This cell took longer than its limit and was stopped.",
    "memory": "This cell used more memory than its limit and was stopped.",
    "output": "This cell gave more output than its limit; the rest was left out.",
    "crash": "This cell ended its own kernel. The rest of the notebook was run without it.",
    "not run": "This cell was not run: the cells before it had used up the notebook's time.",
}


@contextlib.contextmanager
def using_sandboxes(sandboxes: Sandboxes) -> Iterator[None]:
    """Let SandboxExecute take its children from here meanwhile."""
    token = _sandboxes.set(sandboxes)
    try:
        yield
    finally:
        _sandboxes.reset(token)


class SandboxExecute(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs all code cells in the sandbox; a cell that goes too far costs itself only.

    A class may set limits of its own in nbgrader_config.py, by the names of `Limits`:
    `c.SandboxExecute.limits = {"cell_seconds": 60.0, "total_seconds": 600.0}`.
    """

    limits = Dict(
        key_trait=Enum([field.name for field in fields(Limits)]),
        help="Limits of a run that replace the lesson's, for example cell_seconds or memory (bytes).",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        code = {number: cell for number, cell in enumerate(nb.cells) if cell.cell_type == "code"}
        sources = {
            number: cell.source
            for number, cell in code.items()
            if cell.source.strip() and SKIP not in cell.metadata.get("tags", [])
        }
        lesson = resources["nbgrader"]["assignment"]
        most = limits_of_lesson(lesson, self.limits)
        results = run_notebook(_sandboxes.get(), sources, most, hidden_in(lesson))
        for place, (number, result) in enumerate(results.items(), 1):
            code[number].execution_count = place
            code[number].outputs = [*from_dict(result.outputs), *supervisor_notes(result)]
        return nb, resources


def supervisor_notes(result: CellResult) -> list[NotebookNode]:
    """What the grader adds to a cell's outputs: why it stopped, how much was left out."""
    if result.outcome not in STOPPED:
        return []
    text = STOPPED[result.outcome]
    if result.dropped:
        text += f" ({result.dropped:,} bytes)"
    return [new_output("display_data", {"text/plain": text}, metadata={OUTCOME: result.outcome})]


def outcome_of(cell: NotebookNode) -> str:
    """Why the supervisor stopped or cut an executed cell; the empty string when it did not."""
    for output in cell.get("outputs", []):
        if (outcome := output.get("metadata", {}).get(OUTCOME)) in list(STOPPED):
            return str(outcome)
    return ""
