"""What the cells of a lesson gave when its author ran them, stored small, for pages that run nothing.

`docs/lessons/NN_slug/outputs.json` holds the texts, the files beside it the figures. Nothing is kept of a
cell that is filled in or graded. Each cell goes with a digest of its code and of the code that this rests on,
so that an output which today's lesson would not give is noticed.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from PIL import Image

from authoring.docstrings import drop_docstrings
from autograder.notebooks.cells_to_run import names_in
from course_lib.data.fashion_mnist import STAND_IN_SOURCE
from course_lib.errors import CourseError
from course_lib.notebook_cells import grade_id, is_graded, is_solution

PROFILE = "quick"  # the outputs of a run of other length are not those that a student sees
_LARGEST = 150_000  # bytes of a figure
_NOISE = re.compile(r" · [\d,.]+ (?:images|batches)/s| · (?:\d+ min )?\d+ s(?=\n|$)")  # the machine's pace
_PRIVATE = re.compile(
    rf"\w+Warning\b|(?<![\w.:/])/(?:home|root|tmp|usr|var|work|Users)/|{re.escape(STAND_IN_SOURCE)}"
)
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w]|[.,]\d)")
_SMALLEST_ANSWER = 20  # smaller numbers stand everywhere
_KEPT_BACK = "(run this cell yourself: the line holds a number that the quiz asks for)"

Output = dict[str, Any]  # {"text": …}, {"html": …} or {"image": file, "alt": …, "width": CSS pixels}


@dataclass(frozen=True)
class Shown:
    """A code cell whose output may be shown: its place among all cells, counted from 1, and its digest."""

    number: int
    node: NotebookNode
    code: str

    @property
    def title(self) -> str:
        """Number and first line, by which a person finds it."""
        first = next(iter(self.node.source.splitlines()), "")
        return f"cell {self.number} ({first[:60]})"


def folder(root: Path, lesson: str) -> Path:
    """Where the outputs of a lesson are stored."""
    return root / "docs" / "lessons" / lesson


def solution(root: Path, lesson: str) -> NotebookNode:
    """The notebook of a lesson with its solutions."""
    notebook: NotebookNode = nbformat.read(root / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
    return notebook


def shown_cells(notebook: NotebookNode) -> list[Shown]:
    """The code cells of a solution notebook that are neither filled in nor graded.

    The digest is of the cell's code and of all earlier code that makes a name it uses, comments and
    docstrings left out.
    """
    code = [(number, cell) for number, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code"]
    plain = [_code_only(cell.source) for _, cell in code]
    names = [names_in(cell.source) for _, cell in code]
    shown = []
    for place, (number, cell) in enumerate(code):
        if is_solution(cell) or is_graded(cell):
            continue
        used, parts = set(names[place].used), [plain[place]]
        for earlier in reversed(range(place)):
            if names[earlier].made & used:
                used |= names[earlier].used
                parts.append(plain[earlier])
        shown.append(Shown(number, cell, hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]))
    return shown


def stored_outputs_of(root: Path, lesson: str) -> dict[str, list[Output]]:
    """The outputs by the digest of their cell; none if nothing is stored."""
    path = folder(root, lesson) / "outputs.json"
    if not path.is_file():
        return {}
    return {cell["code"]: cell["outputs"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}


def stale(root: Path, lesson: str) -> list[str]:
    """The cells of a lesson whose stored output is missing or from older code, in words."""
    known = stored_outputs_of(root, lesson)
    cells = shown_cells(solution(root, lesson))
    wrong = [cell.title for cell in cells if cell.code not in known]
    if not wrong and len(known) > len({cell.code for cell in cells}):
        wrong = ["outputs of cells that are gone"]
    return wrong


def refresh_outputs(root: Path, lesson: str) -> list[Path]:
    """Store the outputs of `build/executed/LESSON.ipynb`, and return all files of the lesson's folder.

    CourseError if that notebook is missing, is from a run of another profile or of an older lesson, or holds
    an output that no page should show: an error, a warning, a path of this computer.
    """
    again = f"run `course run {lesson[:2]}`, then `course book --refresh {lesson[:2]}`"
    path = root / "build" / "executed" / f"{lesson}.ipynb"
    if not path.is_file():
        raise CourseError(f"Lesson {lesson} has not been executed.", where=str(path), fix=again)
    executed = nbformat.read(path, as_version=4)
    profile = executed.metadata.get("course", {}).get("profile", "unknown")
    if profile != PROFILE:
        raise CourseError(
            f"The executed notebook is of profile {profile}, and the pages show {PROFILE}.",
            where=str(path),
            fix=again,
        )
    today = {cell.code for cell in shown_cells(solution(root, lesson))}
    cells = shown_cells(executed)
    if outdated := [cell.title for cell in cells if cell.code not in today]:
        raise CourseError(
            f"The lesson has changed since it was executed: {outdated[0]}.", where=str(path), fix=again
        )
    secrets = _quiz_answers(executed)
    files: dict[str, bytes] = {}
    entries = []
    for cell in cells:
        outputs = list(_outputs(cell, files, secrets, path))
        entries.append({"cell": cell.node.id, "code": cell.code, "outputs": outputs})
    files["outputs.json"] = (
        json.dumps({"profile": profile, "cells": entries}, indent=1, ensure_ascii=False) + "\n"
    ).encode()
    target = folder(root, lesson)
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        if old.name not in files:
            old.unlink()
    for name, content in files.items():
        (target / name).write_bytes(content)
    return sorted(target.iterdir())


def _code_only(source: str) -> str:
    """Code without comments and docstrings; as it is where it is no plain Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    drop_docstrings(tree)
    return ast.unparse(tree)


def _quiz_answers(notebook: NotebookNode) -> set[float]:
    """The numbers that the quiz of a lesson asks for, as its solutions work them out."""
    answers: set[float] = set()
    for cell in notebook.cells:
        name = grade_id(cell)
        if cell.cell_type == "code" and name.startswith("quiz_"):
            worked: dict[str, Any] = {}
            exec(cell.source, worked)
            answers.add(float(worked[f"{name}_answer"]))
    return {answer for answer in answers if answer >= _SMALLEST_ANSWER}


def _outputs(cell: Shown, files: dict[str, bytes], secrets: set[float], path: Path) -> Iterator[Output]:
    """The outputs of a cell in their order, printed lines in a row as one; their figures go into `files`."""
    text = ""
    for output in cell.node.outputs:
        data = output.get("data", {})
        if output.output_type == "error" or output.get("name") == "stderr":
            raise CourseError(
                f"{cell.title} ended in an error or printed to stderr.",
                where=str(path),
                fix="mend the lesson",
            )
        if output.output_type == "stream":
            text += output.text
        elif "image/png" in data or "text/html" in data:
            yield from _text(text, cell, secrets, path)
            text = ""
            if "image/png" in data:
                about = output.metadata.get("image/png", {})
                name = f"{cell.node.id}.png"
                if name in files:
                    raise CourseError(
                        f"{cell.title} shows two figures, and a page has words for one.",
                        where=str(path),
                        fix="show each figure in a cell of its own",
                    )
                files[name] = _small(base64.b64decode(data["image/png"]))
                yield {"image": name, "alt": about["alt"], "width": about["width"]}
            else:
                yield {"html": data["text/html"]}
        else:
            text += data["text/plain"] + "\n"
    yield from _text(text, cell, secrets, path)


def _text(text: str, cell: Shown, secrets: set[float], path: Path) -> Iterator[Output]:
    """The text as a page may show it, if there is any."""
    if found := _PRIVATE.search(text):
        raise CourseError(
            f"{cell.title} printed {found[0]!r}, which is nothing for a page.",
            where=str(path),
            fix="mend the cell; if it speaks of missing images, set FASHION_MNIST_DIR to the folder of "
            "Fashion-MNIST's four files, run the lesson again, and then this",
        )
    known = set(map(_value, _NUMBER.findall(cell.node.source)))
    lines = [
        _KEPT_BACK if (set(map(_value, _NUMBER.findall(line))) - known) & secrets else line
        for line in _NOISE.sub("", text).splitlines()
    ]
    if any(lines):
        yield {"text": "\n".join(lines).strip("\n")}


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _small(png: bytes) -> bytes:
    """The figure in as many of 256 colours as make a small file."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32):
        file = io.BytesIO()
        picture.quantize(colours).save(file, format="png", optimize=True)
        if file.tell() < _LARGEST:
            break
    return file.getvalue()
