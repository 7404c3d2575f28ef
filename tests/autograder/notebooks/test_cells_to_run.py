"""Which cells grading runs."""

from __future__ import annotations

import nbformat
import pytest

from autograder.notebooks.cells_to_run import SKIP, names_in, needed, skip_demonstrations


@pytest.mark.parametrize(
    ("source", "used", "made"),
    [
        ("import keras\nfrom a.b import c as d", set(), {"keras", "d"}),
        ("y = f(x)", {"f", "x"}, {"y"}),
        ("def f(x):\n    return g(x)", {"g", "x"}, {"f"}),
        ("model.fit(x)", {"model", "x"}, {"model"}),
        ("table['a'][0] = 1", {"table"}, {"table"}),
        ("model.layers[0].trainable = False", {"model"}, {"model"}),
        ("total += more", {"total", "more"}, {"total"}),
        (
            "%matplotlib inline\nplot(x)",
            {"matplotlib", "inline", "plot", "x"},
            {"matplotlib", "inline", "plot", "x"},
        ),
    ],
)
def test_names_of_a_cell(source: str, used: set[str], made: set[str]) -> None:
    assert (set(names_in(source).used), set(names_in(source).made)) == (used, made)


def test_a_chain_of_names_is_kept_and_the_rest_is_not() -> None:
    sources = ["import numpy as np", "a = np.ones(3)", "b = a + 1", "print(b)", "answer = lambda: a"]
    assert needed(sources, optional={0, 1, 2, 3}) == {0, 1, 4}


def test_only_the_lessons_own_unchanged_cells_are_left_out() -> None:
    lesson = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("train()"), nbformat.v4.new_code_cell("x = 1")]
    )
    handed_in = [
        nbformat.v4.new_code_cell(source) for source in ("train()", "train(more=True)", "x = 1", "y = x")
    ]
    skip_demonstrations(handed_in, lesson)
    assert [SKIP in cell.metadata.get("tags", []) for cell in handed_in] == [True, False, False, False]
