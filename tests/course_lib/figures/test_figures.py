"""Figures: each draws what it is given, and each is shown with a description."""

import base64

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_lib import figures
from course_lib.figures import style

RNG = np.random.default_rng(0)
GATES = RNG.random((20, 6))
RGB = RNG.random((2, 8, 8, 3))
ONES = np.ones((2, 6, 5, 1))
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
        (figures.attention_over_image(ONES, np.full((2, 8, 8), 0.25)), "0.25 to 0.25"),
        (figures.before_after(np.array([0, 255], "uint8"), np.array([0.0, 1.0])), "uint8, 0 to 255"),
        (figures.attention_over_image(RGB, np.full((2, 8, 1), 0.25)), "0.25 to 0.25"),
        (figures.heat_over_image(RGB, np.full((2, 1, 8, 1), 0.25)), "up to 0.25"),
        (figures.contact_sheet((255 * RGB).astype("uint8"), ["bag", "coat"]), "coat"),
        (figures.mask_hierarchy(RGB, {"stage 1": np.ones((2, 4, 1))}), "4 × 1"),
        (figures.reconstructions(RGB, {"noisy": RGB}), "0.0000"),
        (figures.compare({"map": 0.75, "centre": 0.5}, xlabel="score"), "0.75"),
        (figures.learning_curves({"run": [0.5, 0.75]}, ylabel="accuracy"), "run"),
        (figures.gate_profiles(GATES, np.arange(20) % 2, ["bag", "coat"]), "coat"),
        (figures.heat_over_image(RNG.random((2, 8, 8)), np.full((2, 8, 8), 0.25)), "up to 0.25"),
        (figures.mask_hierarchy(RNG.random((2, 8, 8)), {"stage 1": RNG.random((2, 4, 4, 3))}), "4 × 4"),
        (figures.reconstructions(ONES, {"noisy": ONES * 0.9}, captions=["bag", "coat"]), "0.0100"),
        (figures.intervals({"block": (0.1, 0.25, 0.4)}, xlabel="difference"), "0.25"),
        (figures.confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]), ["bag", "coat"]), "50"),
        (figures.block_diagram("bam"), "1×1×64"),
        (figures.bottlenecks(64, {16: 580}), "580 parameters"),
        (figures.gating_steps(RNG.random((8, 8, 3)), np.array([0.25, 0.5, 0.75])), "0.75"),
        (figures.reach({"d = 1": np.ones((5, 5))}, [4, 5]), "16 on the map"),
        (figures.target_beside_yours(np.array([1.0, 2.0]), lambda: np.array([1.0, 2.0])), "target"),
    ],
)
def test_a_figure_can_be_drawn_says_what_it_shows_and_describes_itself(figure: Figure, says: str) -> None:
    figure.canvas.draw()
    assert says in words(figure)
    assert len(figures.alt_text(figure)) > 20


def test_descriptions_hold_the_numbers() -> None:
    truth, predicted = np.repeat([0, 1, 2], 4), np.array([0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 1])
    assert figures.alt_text(figures.confusion_matrix(truth, predicted, ["bag", "coat", "top"])) == (
        "Confusion matrix of 12 images; 75.0% are right. The most common slip: 50% of coat is taken for top."
    )
    estimates = {"CBAM": (0.01, 0.02, 0.03), "SE": (-0.01, 0.002, 0.02)}
    assert figures.alt_text(figures.intervals(estimates, xlabel="difference")) == (
        "difference: CBAM 0.02, interval 0.01 to 0.03, clear of 0; SE 0.002, interval -0.01 to 0.02, holds 0."
    )
    runs = np.array([[0.5, 0.7], [0.7, 0.9]])
    assert figures.alt_text(figures.learning_curves({"SE": runs}, ylabel="accuracy")) == (
        "accuracy over 2 epochs: SE from 0.6 to 0.8 (mean of 2 runs, 0.7 to 0.9)."
    )
    masks = np.zeros((2, 4, 4), bool)
    masks[:, 0, 0] = True
    maps = np.zeros((2, 4, 4))
    maps[0, 0, 0] = maps[1, 3, 3] = 1
    said = figures.alt_text(figures.attention_over_image(maps, {"CBAM": maps}, masks))
    assert "Maps of CBAM hold values from 0.00 to 1.00" in said and "outlined object in 50%" in said
    assert "Highest: upper left and lower right" in figures.alt_text(figures.heat_over_image(maps, maps))


@pytest.mark.parametrize("rgb", [(), (3,)])
def test_errors_of_reconstructions_are_on_the_scale_from_0_to_1(rgb: tuple[int, ...]) -> None:
    dark, light = (np.full((1, 4, 4, *rgb), value, np.uint8) for value in (200, 255))
    figure = figures.reconstructions(dark, {"bytes": light, "numbers": light / 255})
    error = f"{(55 / 255) ** 2:.4f}"
    assert words(figure).split(" | ").count(error) == 2
    assert figures.alt_text(figure).count(f"mean squared error {error}") == 2
    assert [axes.images[0].get_array().max() for axes in figure.axes] == pytest.approx([200 / 255, 1, 1])


def test_descriptions_of_special_cases_are_true() -> None:
    one = np.zeros((1, 4, 4))
    assert "nowhere" in figures.alt_text(figures.heat_over_image(one, one))
    assert "nowhere" in figures.alt_text(figures.heat_over_image(one, one + 0.3))
    assert figures.alt_text(figures.contact_sheet(one)).startswith("1 image,")
    said = figures.alt_text(figures.gate_profile(GATES, np.ones(6, bool)))
    assert said.endswith("All of them carry the garment.")


def test_a_band_spans_the_runs() -> None:
    runs = np.array([[0.2, 0.4], [0.4, 0.9], [0.3, 0.5]])
    (band,) = figures.learning_curves({"SE": runs}, ylabel="accuracy").axes[0].collections
    corners = band.get_paths()[0].vertices
    for epoch, low, high in ((1, 0.2, 0.4), (2, 0.4, 0.9)):
        heights = corners[corners[:, 0] == epoch, 1]
        assert (heights.min(), heights.max()) == (low, high)


def test_names_of_lines_that_end_together_are_apart() -> None:
    curves = {"plain": [0.5, 0.8], "with CBAM": [0.4, 0.803], "SE": [0.3, 0.8]}
    figure = figures.learning_curves(curves, ylabel="accuracy")
    figure.canvas.draw()
    first, second, third = (text.get_window_extent() for text in figure.axes[0].texts)
    assert not (first.overlaps(second) or second.overlaps(third) or first.overlaps(third))


def test_channels_with_the_widest_spread_between_classes_come_first() -> None:
    gates = np.array([[0.5, 0.1, 0.4], [0.5, 0.9, 0.6]])
    plot = figures.gate_profiles(gates, np.array([0, 1]), ["bag", "coat"]).axes[0]
    assert [label.get_text() for label in plot.get_xticklabels()] == ["1", "2", "0"]
    np.testing.assert_allclose(plot.images[0].get_array(), [[0.1, 0.4, 0.5], [0.9, 0.6, 0.5]])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: figures.gate_profiles(GATES, np.zeros(3, int), ["bag"]), "one label per row"),
        (lambda: figures.gate_profiles(GATES, np.zeros(20, int), ["bag", "coat"]), "no coat"),
        (lambda: figures.gate_profiles(GATES, np.arange(20) % 3, ["bag", "coat"]), "labels hold 2"),
        (lambda: figures.gate_profile(GATES, INFORMATIVE[:2]), r"informative of shape \(2,\)"),
        (lambda: figures.gate_profile(GATES * np.nan), "gates hold nan in 120 places"),
        (lambda: figures.confusion_matrix(np.array([0, -1]), np.array([0, 0]), ["bag"]), "hold -1"),
        (lambda: figures.heat_over_image(RGB, -np.ones((2, 8, 8))), "maps hold -1"),
        (lambda: figures.heat_over_image(RGB, np.ones((1, 8, 8))), r"maps of shape \(1, 8, 8\).*2 images"),
        (lambda: figures.heat_over_image(RGB, np.full((2, 8, 8), np.nan)), "maps hold nan"),
        (lambda: figures.heat_over_image(2 * RGB + 1, ONES), "images hold values from 1"),
        (lambda: figures.attention_over_image(RGB, {"SE": ONES[:1]}), r"maps\['SE'\] of shape"),
        (lambda: figures.attention_over_image(RGB, ONES, ONES[:1]), "masks of shape"),
        (lambda: figures.attention_over_image(RGB, ONES, captions=["bag"]), "captions has 1 entries"),
        (lambda: figures.feature_maps(RNG.random((4, 4, 3)), captions=["a"]), "captions has 1 entries"),
        (lambda: figures.mask_hierarchy(RGB, {"one": ONES[:1]}), r"stages\['one'\] of shape"),
        (lambda: figures.contact_sheet(RGB[:0]), r"images of shape \(0, 8, 8, 3\)"),
        (lambda: figures.intervals({"a": (0.2, 0.1, 0.3)}, xlabel="x"), "in that order"),
        (lambda: figures.intervals({}, xlabel="x"), "estimates={} holds nothing to draw"),
        (lambda: figures.intervals({"a": (0.1, 0.2)}, xlabel="x"), r"estimates\['a'\]=\(0.1, 0.2\) is not"),
        (lambda: figures.intervals({"a": (-np.inf, 0, 1)}, xlabel="x"), r"estimates\['a'\] hold -inf"),
        (lambda: figures.learning_curves({}, ylabel="y"), "curves={} holds nothing to draw"),
        (lambda: figures.learning_curves({"a": []}, ylabel="y"), r"curves\['a'\] of shape \(0,\)"),
        (lambda: figures.learning_curves({"a": [1, np.nan]}, ylabel="y"), r"curves\['a'\] hold nan in 1"),
        (lambda: figures.learning_curves({"a": ONES}, ylabel="y"), r"shape \(2, 6, 5, 1\)"),
        (lambda: figures.compare({}, xlabel="x"), "values={} holds nothing to draw"),
        (lambda: figures.compare({"a": 1, "b": np.nan}, xlabel="x"), r"values\['b'\] hold nan in 1"),
        (lambda: figures.reconstructions(ONES, {}), "rows={} holds nothing to draw"),
        (lambda: figures.confusion_matrix(np.zeros(2, int), np.zeros(3, int), ["bag"]), "for both"),
        (lambda: figures.confusion_matrix(np.zeros(2, int), np.array([0, 1]), ["bag"]), "give 2"),
        (lambda: figures.reconstructions(ONES, {"noisy": ONES[:1]}), r"rows\['noisy'\]"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(call, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


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


def misfit() -> np.ndarray:
    raise ValueError("The block has weight arrays of sizes [4, 2]; the weights given have sizes [6]. Look.")


@pytest.mark.parametrize(
    ("yours", "says"),
    [
        (lambda: np.array([[1.0, 2.0]]), "yours"),
        (lambda: np.ones((4, 3)), "yours, shape (4, 3)"),
        (lambda: np.ones((2, 3, 4)), "too many axes"),
        (unwritten, "not filled in yet"),
        (broken, "TypeError"),
        (misfit, "The block has"),
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


def test_show_takes_the_figures_own_description(capsys: pytest.CaptureFixture[str]) -> None:
    figures.show(figures.compare({"map": 0.5, "uniform": 0.25}, xlabel="score"))
    assert capsys.readouterr().out == "[figure] score: map 0.50 and uniform 0.25.\n"


def test_show_asks_for_a_description() -> None:
    with pytest.raises(ValueError, match="needs a description"):
        figures.show(Figure())
    with pytest.raises(ValueError, match="needs a description"):
        figures.show(figures.compare({"map": 0.5}, xlabel="score"), alt=" ")


def test_drawing_leaves_the_readers_own_settings_alone() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    figures.feature_maps(RNG.random((4, 4, 2)))
    assert dict(mpl.rcParams) == before


def test_the_colours_of_a_cycle_differ() -> None:
    assert len(set(style.CYCLE)) == len(style.CYCLE)
