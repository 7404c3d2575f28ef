"""Figures: each draws what it is given, and each is shown with a description."""

import base64

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_lib import figures
from course_lib.figures import style

RNG = np.random.default_rng(0)
GATES = RNG.random((20, 6))
INFORMATIVE = np.array([True, False, True, False, False, False])


def words(figure: Figure) -> str:
    """All text in a figure, in one string."""
    return " | ".join(text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text")))


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        (figures.contact_sheet(RNG.random((3, 8, 8, 1)), ["bag", "coat", "shirt"]), "coat"),
        (figures.contact_sheet(RNG.random((4, 8, 8)), ["bag", "coat"], columns=2), "coat"),
        (figures.feature_maps(RNG.random((8, 8, 5))), "4"),
        (figures.gate_profile(GATES, INFORMATIVE), "carries the garment"),
        (figures.gate_shapes({"sigmoid": np.array([0.5, 0.75])}), "sum 1.25"),
        (figures.attention_over_image(RNG.random((2, 8, 8, 1)), np.full((2, 8, 8), 0.25)), "0.25 to 0.25"),
        (figures.before_after(np.array([0, 255], "uint8"), np.array([0, 1], "float32")), "uint8, 0 to 255"),
        (figures.compare({"map": 0.75, "centre": 0.5}, xlabel="score"), "0.75"),
        (figures.learning_curves({"run": [0.5, 0.75]}, ylabel="accuracy"), "run"),
    ],
)
def test_a_figure_can_be_drawn_and_says_what_it_shows(figure: Figure, says: str) -> None:
    figure.canvas.draw()
    assert says in words(figure)


def test_gates_are_ordered_from_the_highest() -> None:
    figure = figures.gate_profile(np.array([[0.1, 0.9, 0.5]]))
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["1", "2", "0"]


def test_an_outline_is_drawn_over_image_and_map() -> None:
    mask = np.zeros((1, 8, 8), bool)
    mask[0, 2:5, 2:5] = True
    figure = figures.attention_over_image(RNG.random((1, 8, 8)), RNG.random((1, 8, 8)), mask)
    assert all(any("Contour" in type(part).__name__ for part in axes.get_children()) for axes in figure.axes)


def unwritten() -> np.ndarray:
    raise NotImplementedError("squeeze: not filled in yet")


def broken() -> np.ndarray:
    raise TypeError("a student's slip")


@pytest.mark.parametrize(
    ("yours", "says"),
    [
        (lambda: np.array([[1.0, 2.0]]), "yours"),
        (lambda: np.ones((4, 3)), "yours, shape (4, 3)"),
        (lambda: np.ones((2, 3, 4)), "too many axes"),
        (unwritten, "not filled in yet"),
        (broken, "TypeError"),
    ],
)
def test_the_target_is_drawn_whatever_yours_does(yours, says: str) -> None:
    figure = figures.target_beside_yours(np.array([1.0, 2.0]), yours)
    figure.canvas.draw()
    assert "target" in words(figure) and says in words(figure)


def test_show_stores_the_description_beside_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, dict] = {}

    class Shell:
        kernel = object()

    def display(content: dict, raw: bool, metadata: dict) -> None:
        shown.update(content=content, metadata=metadata)

    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: Shell())
    monkeypatch.setattr("IPython.display.display", display)
    figures.show(figures.compare({"map": 0.5}, xlabel="score"), alt="The map scores one half.")
    assert shown["metadata"]["image/png"]["alt"] == "The map scores one half."
    assert base64.b64decode(shown["content"]["image/png"]).startswith(b"\x89PNG")


def test_show_prints_the_description_in_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    figures.show(figures.compare({"map": 0.5}, xlabel="score"), alt="The map scores one half.")
    assert capsys.readouterr().out == "[figure] The map scores one half.\n"


def test_show_asks_for_a_description() -> None:
    with pytest.raises(ValueError, match="needs a description"):
        figures.show(figures.compare({"map": 0.5}, xlabel="score"), alt=" ")


def test_drawing_leaves_the_readers_own_settings_alone() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    figures.feature_maps(RNG.random((4, 4, 2)))
    assert dict(mpl.rcParams) == before


def test_the_colours_of_a_cycle_differ() -> None:
    assert len(set(style.CYCLE)) == len(style.CYCLE)
