"""Lesson sources, cell by cell."""

import pytest

from autograder.notebooks.percent_source import parse_source

SOURCE = """\
# ---
# an editor's own notes
# ---

# %% [markdown] worked="0.5"
# A half is 0.5.

# %% nbgrader={"grade_id": "half", "solution": true}
def half(x):
    return x / 2

# %%
"""


def test_cells_have_the_line_and_the_marks_of_their_header() -> None:
    words, code, empty = parse_source(SOURCE)
    assert (words.line, words.node.cell_type, words.node.source) == (5, "markdown", "A half is 0.5.")
    assert (words.header, words.node.metadata["worked"]) == ('[markdown] worked="0.5"', "0.5")
    assert (code.line, code.node.cell_type, code.node.source) == (8, "code", "def half(x):\n    return x / 2")
    assert code.node.metadata["nbgrader"] == {"grade_id": "half", "solution": True}
    assert (empty.line, empty.header, empty.node.source) == (12, "", "")


def test_a_source_without_headers_has_no_cells() -> None:
    assert parse_source("# only notes\n") == []


def test_headers_that_jupytext_does_not_see_are_told() -> None:
    with pytest.raises(ValueError, match="2 cell headers and 1 cells"):
        parse_source('# %%\nx = """\n# %%\n"""\n')
