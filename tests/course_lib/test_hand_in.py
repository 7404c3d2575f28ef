"""What a run of one's own notebook says before it is handed in."""

from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import compute_checksum
from traitlets.config import Config

from course_lib.hand_in import TEXT_STUB, not_passing

LESSON = "01_channel_attention"


def cell(kind: Any, source: str, name: str, *, grade: bool, solution: bool) -> nbformat.NotebookNode:
    made = kind(source)
    marks = {"grade_id": name, "grade": grade, "solution": solution, "locked": not solution}
    made.metadata["nbgrader"] = marks | {"schema_version": 3, "task": False, "points": 1}
    made.metadata["nbgrader"]["checksum"] = compute_checksum(made)
    return made


def test_each_trouble_is_told_once_and_in_words(tmp_path: Path) -> None:
    """A wrong name, an unwritten answer, which `unfinished` tells, and a kernel that dies."""
    path = tmp_path / f"{LESSON}.ipynb"
    notebook = new_notebook()
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.cells = [
        cell(new_code_cell, "from course_lib import check", "squeeze", grade=False, solution=True),
        cell(new_code_cell, 'check("squeeze", squeeze)', "check_squeeze", grade=True, solution=False),
        cell(new_markdown_cell, TEXT_STUB, "written", grade=True, solution=True),
    ]
    settings = Config()
    settings.Execute.kernel_name = "python3"
    nbformat.write(notebook, path)
    (found,) = not_passing(path, settings)
    assert (found.name, found.why) == ("squeeze", "NameError: name 'squeeze' is not defined")
    notebook.cells[0].source = "import os; os._exit(1)"
    nbformat.write(notebook, path)
    (found,) = not_passing(path, settings)
    assert found.name == "the notebook" and "its kernel died" in found.why
