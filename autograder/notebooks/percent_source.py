"""Lesson sources as they are written: Python files in jupytext's percent format, one `# %%` cell after another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

HEADER = re.compile(r"# %%(\s|$)")


@dataclass(frozen=True)
class SourceCell:
    """One cell of a lesson source.

    Attributes:
        line: The line of its header, counted from 1.
        header: What follows `# %%` there.
        node: The cell as a notebook has it, with the header's marks as its metadata.
    """

    line: int
    header: str
    node: NotebookNode


def read_source(path: Path) -> list[SourceCell]:
    """The cells of a lesson source. Raises as `parse_source` does."""
    return parse_source(path.read_text(encoding="utf-8"))


def parse_source(text: str) -> list[SourceCell]:
    """The cells of a lesson source; what stands above the first header is an editor's, and left out.

    Raises:
        ValueError: If jupytext sees other cells than there are headers.
    """
    import jupytext  # here, because whoever only grades needs this module and never comes this far

    lines = text.splitlines()
    headers = [number for number, line in enumerate(lines) if HEADER.match(line)]
    if not headers:
        return []
    nodes = jupytext.reads("\n".join(lines[headers[0] :]) + "\n", fmt="py:percent").cells
    if len(nodes) != len(headers):
        raise ValueError(f"the source has {len(headers)} cell headers and {len(nodes)} cells")
    return [
        SourceCell(number + 1, lines[number].removeprefix("# %%").strip(), node)
        for number, node in zip(headers, nodes, strict=True)
    ]
