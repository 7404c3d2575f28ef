"""Pictures with controls: what a reader picks is drawn, and a place without controls has one picture."""

import copy
import re
from base64 import b64decode
from collections.abc import Iterator

import nbformat
import numpy as np
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from course_lib import figures
from course_lib.figures import interactive
from course_lib.kernels import private_kernels

VIEW = "application/vnd.jupyter.widget-view+json"
CELL = """
from course_lib import figures

def draw(r):
    return figures.bottlenecks(16, {r: 32 // r})

figures.explore(figures.bottlenecks(16, {2: 16, 4: 8}), draw, r=[2, 4])
"""


def picture(alt: str) -> Figure:
    return figures.compare({alt: 0.5}, xlabel="share")


def test_without_a_reader_the_overview_is_shown_and_the_start_is_tried(
    capsys: pytest.CaptureFixture[str],
) -> None:
    drawn = []
    figures.explore(
        picture("overview"),
        lambda **values: drawn.append(values) or picture("live"),
        start={"r": 4},
        r=[2, 4],
        layer={"first": 1},
    )
    assert drawn == [{"r": 4, "layer": 1}]
    assert capsys.readouterr().out == "[figure] share: overview 0.50.\n"


def test_what_is_picked_reaches_draw_and_its_picture_the_page() -> None:
    choices = {"r": range(2, 5), "layer": {"first": "a", "second": "b"}}
    view = interactive._controls(
        lambda r, layer: picture(f"{layer}{r}"), choices, {"r": 3, "layer": "a"}, picture("a3")
    )
    (slider, menu), place = view.children[0].children, view.children[1]

    def shown() -> str:
        (output,) = place.outputs
        found = re.fullmatch(
            '<img alt="(.*)" width="\\d+" src="data:image/png;base64,(.+)">', output["data"]["text/html"]
        )
        assert b64decode(found[2]).startswith(b"\x89PNG")
        return found[1]

    assert shown() == "share: a3 0.50."
    slider.value = 4
    assert shown() == "share: a4 0.50."
    menu.label = "second"
    assert shown() == "share: b4 0.50."
    assert not slider.continuous_update  # a picture a pixel would queue up behind a dragged slider


@pytest.mark.parametrize(
    ("choices", "start", "says"),
    [
        ({}, {}, "nothing to choose; give at least one choice"),
        ({"r": []}, {}, r"r=\[\] holds nothing to choose"),
        ({"layer": {}}, {}, r"layer=\{\} holds nothing to choose"),
        ({"r": [2, 4]}, {"r": 3}, "r=3, which is not among the choices; give one of 2, 4"),
        ({"r": [2, 4]}, {"d": 2}, "'d', which is no choice; there is r"),
    ],
)
def test_choices_that_cannot_be_offered_are_refused_with_a_reason(choices, start, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        figures.explore(picture("overview"), lambda **_: picture("live"), start=start, **choices)


@pytest.fixture(scope="module")
def executed() -> Iterator[list[NotebookNode]]:
    """A notebook executed twice as programs do, and then as from a page with a person before it."""
    notebooks = [nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL, id="cell")]) for _ in "123"]
    with private_kernels() as settings:
        client = NotebookClient(notebooks[0], config=settings, kernel_name="python3", record_timing=False)
        with client.setup_kernel():
            for notebook, asks in zip(notebooks, (False, False, True), strict=True):
                client.nb, client.kc.allow_stdin = notebook, asks
                client.execute_cell(notebook.cells[0], 0, execution_count=1)
                client.set_widgets_metadata()
        yield notebooks


def page(notebook: NotebookNode) -> str:
    html, _ = HTMLExporter().from_notebook_node(notebook)
    return str(html).partition("<body")[2]


def test_a_program_that_runs_the_notebook_gets_one_picture_and_the_same_bytes_each_time(executed) -> None:
    once, again, _ = executed
    assert nbformat.writes(once) == nbformat.writes(again)
    assert "widget" not in nbformat.writes(once)
    assert page(once).count("<img") == 1
    assert once.cells[0].outputs[0].data["image/png"].strip() in page(once)


def test_a_notebook_saved_on_a_live_page_exports_as_the_same_picture_alone(executed) -> None:
    once, _, live = executed
    overview, controls = live.cells[0].outputs
    assert overview == once.cells[0].outputs[0]
    assert VIEW in controls.data
    saved = copy.deepcopy(live)
    del saved.metadata["widgets"]  # JupyterLab does not save the controls' state
    assert page(saved).count("<img") == 1
    assert "widget" not in page(saved).replace(CELL, "") and "VBox" not in page(saved)


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        (
            lambda: figures.bottlenecks(4, {8: 1}),
            "reduction=8 is not allowed; give a whole number from 1 to 4",
        ),
        (lambda: figures.bottlenecks(4, {}), "parameters={} holds nothing to draw"),
        (lambda: figures.gating_steps(np.ones((4, 4, 3)), np.ones(2)), r"gates of shape \(2,\)"),
        (
            lambda: figures.gating_steps(np.ones((4, 4, 3)), np.ones(3), "softmax"),
            "upto='softmax' is not known",
        ),
        (lambda: figures.reach({"d": np.ones((4, 4))}, [2]), r"shape \(4, 4\) is not allowed; give \(S, S\)"),
        (lambda: figures.reach({"d": np.ones((5, 5))}, [6]), "side=6 is not allowed"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(figure, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        figure()


def test_a_reach_counts_what_lies_on_the_map() -> None:
    grid = np.zeros((17, 17))
    grid[::4, ::4] = 1  # two convolutions of dilation 4
    assert figures.alt_text(figures.reach({"d = 4": grid}, [14, 4])) == (
        "Positions seen from the middle of a map. d = 4 on 14 × 14: 9 on the map, 16 beyond; "
        "d = 4 on 4 × 4: 1 on the map, 24 beyond."
    )


def test_steps_show_what_was_computed_so_far() -> None:
    features, gates = np.stack([np.zeros((4, 4)), np.ones((4, 4))], axis=-1), np.array([0.25, 0.75])
    texts = {}
    for step in ("input", "squeeze", "excitation", "scale"):
        figure = figures.gating_steps(features, gates, step)
        texts[step] = {text.get_text() for axes in figure.axes for text in axes.texts}
    assert texts["input"] == set() and texts["squeeze"] == {"0.00", "1.00"}
    assert texts["excitation"] == {"0.00", "1.00", "0.25", "0.75"}
    scaled = np.asarray(figure.axes[3].images[0].get_array().filled(np.nan))
    assert np.nanmax(scaled[:, :4]) == 0 and np.nanmax(scaled[:, 5:]) == 0.75
