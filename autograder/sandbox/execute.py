"""nbgrader's Execute step in the sandbox: a submission's cells run in a confined child of the warm parent."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.notebooknode import from_dict
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.needed_cells import SKIP
from autograder.sandbox.limits import Limits
from autograder.sandbox.supervise import CellResult, WarmParent, run_notebook

OUTCOME = "attention_course.outcome"  # key in a cell's metadata
_parent: ContextVar[WarmParent] = ContextVar("warm parent")

STOPPED = {
    "time": "This cell took longer than its limit and was stopped.",
    "crash": "This cell ended its own kernel. The rest of the notebook was run without it.",
    "not run": "This cell was not run: too many cells before it ended their kernels.",
}


@contextlib.contextmanager
def using(parent: WarmParent) -> Iterator[None]:
    """Let SandboxExecute fork from this parent meanwhile."""
    token = _parent.set(parent)
    try:
        yield
    finally:
        _parent.reset(token)


class SandboxExecute(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs all code cells in the sandbox; a cell that goes too far costs itself only."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        code = {number: cell for number, cell in enumerate(nb.cells) if cell.cell_type == "code"}
        sources = {
            number: cell.source
            for number, cell in code.items()
            if cell.source.strip() and SKIP not in cell.metadata.get("tags", [])
        }
        results = run_notebook(_parent.get(), sources, Limits())
        for place, (number, result) in enumerate(results.items(), 1):
            cell = code[number]
            cell.execution_count = place
            cell.outputs = [*from_dict(result.outputs), *notes(result)]
            if result.outcome != "done":
                cell.metadata[OUTCOME] = result.outcome
        return nb, resources


def notes(result: CellResult) -> list[NotebookNode]:
    """What the grader adds to a cell's outputs: why it stopped, what was left out."""
    texts = [STOPPED[result.outcome]] if result.outcome in STOPPED else []
    if result.dropped:
        texts.append(f"[{result.dropped:,} more bytes of output left out]")
    return [new_output("stream", name="stdout", text=text + "\n") for text in texts]
