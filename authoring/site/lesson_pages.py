"""Lessons as pages: the students' notebook, joined with the outputs that are stored for it."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from authoring.site import stored_outputs
from course_lib.errors import CourseError

_BOX = re.compile(
    r'^<div class="alert alert-info">\n\n(?P<heading>#+ [^\n]*\n)?(?P<body>.*?)\n*^</div>$',
    re.MULTILINE | re.DOTALL,
)
_RULE = re.compile(r"\A---\n")  # a heading follows, which says it better on a page
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_PROMISE = re.compile(r"^\*\*(.+?)\*\*$", re.MULTILINE | re.DOTALL)
_FACT = re.compile(r"^\| (Time|Difficulty|Points) \| (.+?) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """What the first cell of a lesson says: its title, what it promises, and facts such as its time."""

    title: str
    promise: str
    facts: dict[str, str]


def _read(root: Path, lesson: str) -> NotebookNode:
    """The notebook that students get."""
    notebook: NotebookNode = nbformat.read(root / "notebooks" / lesson / f"{lesson}.ipynb", as_version=4)
    return notebook


def heading(notebook: NotebookNode) -> Heading:
    """What a lesson says of itself. CourseError if its first cell has no title or no bold sentence."""
    text = notebook.cells[0].source
    title, promise = _TITLE.search(text), _PROMISE.search(text)
    if not title or not promise:
        raise CourseError(
            "The first cell of a lesson needs a title and a bold sentence that says what it is for.",
            where=text.partition("\n")[0],
            fix="write both, as the other lessons do",
        )
    return Heading(title[1], " ".join(promise[1].split()), dict(_FACT.findall(text)))


def lesson_page(root: Path, lesson: str) -> NotebookNode:
    """The notebook of a lesson with its stored outputs, in a form that reads well as a page.

    A box keeps its frame, and its heading moves in front of it: a section cannot begin inside a box.
    """
    notebook = _read(root, lesson)
    known = stored_outputs.stored_outputs_of(root, lesson)
    place = stored_outputs.folder(root, lesson)
    code = {
        cell.node.id: cell.code for cell in stored_outputs.shown_cells(stored_outputs.solution(root, lesson))
    }
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _BOX.sub(_unboxed, _RULE.sub("", cell.source))
        elif cell.cell_type == "code":
            cell.outputs = [
                _notebook_output(output, place, cell) for output in known.get(code.get(cell.id, ""), [])
            ]
    return notebook


def _unboxed(box: re.Match[str]) -> str:
    return f'{box["heading"] or ""}\n<div class="box">\n\n{box["body"].strip()}\n\n</div>'


def _notebook_output(output: stored_outputs.Output, place: Path, cell: NotebookNode) -> NotebookNode:
    """A stored output in the notebook's format. The words for a figure go where MyST-NB looks for them."""
    made: NotebookNode
    if "text" in output:
        made = nbformat.v4.new_output("stream", name="stdout", text=output["text"] + "\n")
    elif "html" in output:
        made = nbformat.v4.new_output("display_data", {"text/html": output["html"]})
    else:
        picture = base64.b64encode((place / output["image"]).read_bytes()).decode("ascii")
        about = {"image/png": {"width": output["width"]}}
        made = nbformat.v4.new_output("display_data", {"image/png": picture}, metadata=about)
        cell.metadata["mystnb"] = {"image": {"alt": output["alt"]}}
    return made
