"""Block diagrams: nothing overlaps, nothing is cut off, and the shapes are right."""

from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.transforms import Bbox

from course_lib import figures

BLOCKS = ("squeeze_excitation", "bam", "cbam", "residual_attention")


def boxes_of(figure: Figure) -> tuple[list[Bbox], list[Bbox]]:
    """The extents of the nodes and of the texts, in pixels."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    nodes = [
        p.get_window_extent(renderer)
        for p in figure.axes[0].patches
        if isinstance(p, FancyBboxPatch | Circle)
    ]
    return nodes, [text.get_window_extent(renderer) for text in figure.axes[0].texts]


def holds(outer: Bbox, inner: Bbox) -> bool:
    return outer.x0 <= inner.x0 and outer.y0 <= inner.y0 and inner.x1 <= outer.x1 and inner.y1 <= outer.y1


# The second size is about as wide as numbers get in the lessons.
@pytest.mark.parametrize("sizes", [{}, {"height": 112, "width": 112, "channels": 1024}])
@pytest.mark.parametrize("block", BLOCKS)
def test_every_text_is_inside_its_box_and_nothing_overlaps(block: str, sizes: dict[str, int]) -> None:
    figure = figures.block_diagram(block, **sizes)
    nodes, (_, *texts) = boxes_of(figure)
    assert all(holds(figure.bbox, extent) for extent in (*nodes, *texts))
    assert not any(first.overlaps(second) for first, second in combinations(nodes, 2))
    assert not any(first.overlaps(second) for first, second in combinations(texts, 2))
    assert all(any(holds(node, text) for node in nodes) for text in texts)


@pytest.mark.parametrize(
    ("block", "shape"),
    [
        ("squeeze_excitation", "1×1×12"),
        ("bam", "20×15×1"),
        ("cbam", "20×15×2"),
        ("residual_attention", "5×4×48"),
    ],
)
def test_shapes_follow_the_input(block: str, shape: str) -> None:
    figure = figures.block_diagram(block, height=20, width=15, channels=48, reduction=4)
    assert shape in [text.get_text() for text in figure.axes[0].texts]
    assert "20×15×48" in figures.alt_text(figure)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"block": "eca"}, "block='eca' is not known; choose one of 'squeeze_excitation', 'bam'"),
        ({"block": "bam", "reduction": 5}, "reduction=5 does not divide channels=64"),
        ({"block": "bam", "height": 0}, "height=0"),
    ],
)
def test_misfits_are_refused_by_name(arguments: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        figures.block_diagram(**arguments)
