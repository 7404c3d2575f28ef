"""Block diagrams: what an attention block computes, as boxes and arrows with the shapes.

A diagram is a dictionary of nodes and a list of arrows; `_draw` draws them all alike.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from course_lib.figures import style

_WIDTH, _HEIGHT, _RADIUS = 1.44, 0.8, 0.2  # of boxes and of the circles of operations, inches
_FILL: Final = {"layer": "#DCEBF7", "attention": "#FBE6C2", "tensor": "white"}


@dataclass(frozen=True)
class _Node:
    """A box with a text and the shape of what leaves it, or an operation: a circle with a sign."""

    x: float  # inches, of the centre
    y: float
    text: str
    shape: str = ""
    kind: str = "layer"  # or attention, tensor, operation

    @property
    def half(self) -> tuple[float, float]:
        return (_RADIUS, _RADIUS) if self.kind == "operation" else (_WIDTH / 2, _HEIGHT / 2)


@dataclass(frozen=True)
class _Arrow:
    """An arrow between two nodes: straight, or with one corner ("across" first, or "down", or up, first)."""

    start: str
    end: str
    way: str = "straight"


@dataclass(frozen=True)
class _Diagram:
    title: str
    nodes: Mapping[str, _Node]
    arrows: Sequence[_Arrow]
    words: str


@style.course_style()
def block_diagram(
    block: str, *, height: int = 28, width: int = 28, channels: int = 64, reduction: int = 16
) -> Figure:
    """Draw a block with the shape of every step, for a feature map (height, width, channels).

    Args:
        block: "squeeze_excitation", "bam", "cbam" or "residual_attention": the module with two poolings in
            its mask and p = 1, t = 2, r = 1, for which the reduction plays no part.
        height: Height of the feature map, in positions.
        width: Width of the feature map.
        channels: Channels of the feature map.
        reduction: r, which divides the channels.

    Raises:
        ValueError: For another block, sizes below 1, or a reduction that does not divide the channels.
    """
    if block not in _BLOCKS:
        raise ValueError(f"block={block!r} is not known; choose one of {', '.join(map(repr, _BLOCKS))}.")
    for name, value in {
        "height": height,
        "width": width,
        "channels": channels,
        "reduction": reduction,
    }.items():
        if value < 1:
            raise ValueError(f"{name}={value!r} is not allowed; give a whole number of at least 1.")
    if channels % reduction:
        raise ValueError(f"reduction={reduction} does not divide channels={channels}; give a divisor.")
    diagram = _BLOCKS[block](height, width, channels, reduction)
    figure = _draw(diagram)
    return style.describe(figure, f"Block diagram. {diagram.title}. {diagram.words}")


def _size(*sides: int) -> str:
    return "×".join(map(str, sides))


def _squeeze_excitation(h: int, w: int, c: int, r: int) -> _Diagram:
    full, one = _size(h, w, c), _size(1, 1, c)
    nodes = {
        "x": _Node(0, 0, "x", full, "tensor"),
        "squeeze": _Node(1.75, -1.2, "global average\npooling", one),
        "reduce": _Node(3.5, -1.2, "dense, ReLU", _size(1, 1, c // r)),
        "expand": _Node(5.24, -1.2, "dense, sigmoid", one, "attention"),
        "times": _Node(6.81, 0, "×", kind="operation"),
        "y": _Node(8.37, 0, "output", full, "tensor"),
    }
    arrows = [
        _Arrow("x", "times"),
        _Arrow("x", "squeeze", "down"),
        _Arrow("squeeze", "reduce"),
        _Arrow("reduce", "expand"),
        _Arrow("expand", "times", "across"),
        _Arrow("times", "y"),
    ]
    return _Diagram(
        "Squeeze and excitation: one gate for each channel",
        nodes,
        arrows,
        f"The input {full} is averaged to {one}, goes through a dense layer with ReLU to {c // r} and one "
        f"with sigmoid to {c} gates, which multiply the channels of the input.",
    )


def _bam(h: int, w: int, c: int, r: int) -> _Diagram:
    full, one, narrow = _size(h, w, c), _size(1, 1, c), _size(h, w, c // r)
    nodes = {
        "x": _Node(0, 0, "F", full, "tensor"),
        "pool": _Node(1.75, -1.2, "global average\npooling", one),
        "reduce": _Node(3.5, -1.2, "dense, ReLU", _size(1, 1, c // r)),
        "expand": _Node(5.24, -1.2, "dense", one),
        "narrow": _Node(1.75, -2.4, "1×1 conv", narrow),
        "wide": _Node(3.5, -2.4, "two 3×3 convs,\ndilation 4", narrow),
        "map": _Node(5.24, -2.4, "1×1 conv", _size(h, w, 1)),
        "plus": _Node(6.62, -1.2, "+", kind="operation"),
        "gate": _Node(8.1, -1.2, "1 + sigmoid", full, "attention"),
        "times": _Node(8.1, 0, "×", kind="operation"),
        "y": _Node(9.66, 0, "F′", full, "tensor"),
    }
    arrows = [
        _Arrow("x", "times"),
        _Arrow("x", "pool", "down"),
        _Arrow("x", "narrow", "down"),
        _Arrow("pool", "reduce"),
        _Arrow("reduce", "expand"),
        _Arrow("expand", "plus"),
        _Arrow("narrow", "wide"),
        _Arrow("wide", "map"),
        _Arrow("map", "plus", "across"),
        _Arrow("plus", "gate"),
        _Arrow("gate", "times"),
        _Arrow("times", "y"),
    ]
    return _Diagram(
        "BAM: what and where are added before one sigmoid",
        nodes,
        arrows,
        f"A channel branch makes {one} from the input {full}, a spatial branch {_size(h, w, 1)}. Their sum "
        "goes through a sigmoid; one plus the result multiplies the input.",
    )


def _cbam(h: int, w: int, c: int, r: int) -> _Diagram:
    full, one = _size(h, w, c), _size(1, 1, c)
    nodes = {
        "x": _Node(0, 0, "F", full, "tensor"),
        "pools": _Node(0, -1.3, "mean and max\nover positions", f"2 of {one}"),
        "mlp": _Node(1.75, -1.3, "one MLP,\nused for both", f"{c} → {c // r} → {c}"),
        "channel": _Node(3.5, -1.3, "sum, sigmoid", one, "attention"),
        "times": _Node(3.5, 0, "×", kind="operation"),
        "refined": _Node(5.15, 0, "F′", full, "tensor"),
        "maps": _Node(5.15, -1.3, "mean and max\nover channels", _size(h, w, 2)),
        "conv": _Node(6.9, -1.3, "7×7 conv", _size(h, w, 1)),
        "spatial": _Node(8.65, -1.3, "sigmoid", _size(h, w, 1), "attention"),
        "again": _Node(8.65, 0, "×", kind="operation"),
        "y": _Node(10.03, 0, "F″", full, "tensor"),
    }
    arrows = [
        _Arrow("x", "times"),
        _Arrow("x", "pools"),
        _Arrow("pools", "mlp"),
        _Arrow("mlp", "channel"),
        _Arrow("channel", "times"),
        _Arrow("times", "refined"),
        _Arrow("refined", "again"),
        _Arrow("refined", "maps"),
        _Arrow("maps", "conv"),
        _Arrow("conv", "spatial"),
        _Arrow("spatial", "again"),
        _Arrow("again", "y"),
    ]
    return _Diagram(
        "CBAM: first what, then where",
        nodes,
        arrows,
        f"The input {full} is pooled over positions by mean and maximum, both go through one MLP, and the "
        f"sigmoid of their sum, {one}, multiplies the input. The result is pooled over channels to "
        f"{_size(h, w, 2)}, and the sigmoid of a 7×7 convolution, {_size(h, w, 1)}, multiplies it again.",
    )


def _residual_attention(h: int, w: int, c: int, r: int) -> _Diagram:
    full = _size(h, w, c)
    half = _size(-(-h // 2), -(-w // 2), c)
    quarter = _size(-(-h // 4), -(-w // 4), c)
    nodes = {
        "x": _Node(0, 0, "x", full, "tensor"),
        "before": _Node(1.75, 0, "1 residual unit", full),
        "trunk": _Node(5.15, 0, "trunk:\n2 residual units", full),
        "times": _Node(8.1, 0, "×", kind="operation"),
        "after": _Node(9.38, 0, "1 residual unit", full),
        "down": _Node(1.75, -1.3, "max pooling,\n1 residual unit", half),
        "skip": _Node(3.45, -1.3, "1 residual unit", half),
        "low": _Node(1.75, -2.6, "max pooling,\n2 residual units", quarter),
        "up": _Node(3.45, -2.6, "enlarge", half),
        "plus": _Node(4.69, -1.3, "+", kind="operation"),
        "unit": _Node(5.98, -1.3, "1 residual unit,\nenlarge", full),
        "mask": _Node(8.1, -1.3, "two 1×1 convs,\n1 + sigmoid", full, "attention"),
    }
    arrows = [
        _Arrow("x", "before"),
        _Arrow("before", "trunk"),
        _Arrow("trunk", "times"),
        _Arrow("times", "after"),
        _Arrow("before", "down"),
        _Arrow("down", "skip"),
        _Arrow("down", "low"),
        _Arrow("low", "up"),
        _Arrow("up", "plus", "across"),
        _Arrow("skip", "plus"),
        _Arrow("plus", "unit"),
        _Arrow("unit", "mask"),
        _Arrow("mask", "times"),
    ]
    return _Diagram(
        "Residual attention module: a mask that goes down and up again, and (1 + M) · T",
        nodes,
        arrows,
        f"After one residual unit the input {full} is split. The trunk has two units. The mask is pooled "
        f"twice, to {quarter}, and enlarged twice, with a skip at {half}. One plus its sigmoid multiplies "
        "the trunk.",
    )


_BLOCKS: Final[dict[str, Callable[[int, int, int, int], _Diagram]]] = {
    "squeeze_excitation": _squeeze_excitation,
    "bam": _bam,
    "cbam": _cbam,
    "residual_attention": _residual_attention,
}


def _draw(diagram: _Diagram) -> Figure:
    margin = 0.15
    nodes = diagram.nodes.values()
    left, right = (f(n.x + s * n.half[0] for n in nodes) + s * margin for f, s in ((min, -1), (max, 1)))
    bottom, top = (f(n.y + s * n.half[1] for n in nodes) + s * margin for f, s in ((min, -1), (max, 1)))
    top += 0.4  # the title
    figure = Figure(figsize=(right - left, top - bottom))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(left, right), ylim=(bottom, top))
    axes.set_axis_off()
    axes.text(left + margin, top - 0.1, diagram.title, ha="left", va="top", fontsize=13)
    for arrow in diagram.arrows:
        _draw_arrow(axes, diagram.nodes[arrow.start], diagram.nodes[arrow.end], arrow.way)
    for node in nodes:
        _draw_node(axes, node)
    return figure


def _draw_node(axes: Axes, node: _Node) -> None:
    half_width, half_height = node.half
    if node.kind == "operation":
        axes.add_patch(Circle((node.x, node.y), _RADIUS, facecolor="white", edgecolor="black"))
        axes.text(node.x, node.y, node.text, ha="center", va="center_baseline", fontsize=14)
        return
    corner = (node.x - half_width, node.y - half_height)
    axes.add_patch(
        FancyBboxPatch(
            corner,
            2 * half_width,
            2 * half_height,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=_FILL[node.kind],
            edgecolor="black" if node.kind != "tensor" else style.GREY,
        )
    )
    axes.text(node.x, node.y + 0.12, node.text, ha="center", va="center", fontsize=11, linespacing=1.05)
    axes.text(
        node.x,
        node.y - half_height + 0.06,
        node.shape,
        ha="center",
        va="bottom",
        fontsize=10,
        color="#404040",
    )


def _draw_arrow(axes: Axes, start: _Node, end: _Node, way: str) -> None:
    if way == "down":
        corner = [(start.x, end.y)]
    elif way == "across":
        corner = [(end.x, start.y)]
    else:
        corner = []
    points = [(start.x, start.y), *corner, (end.x, end.y)]
    points[0] = _border(start, points[1])
    points[-1] = _border(end, points[-2])
    axes.add_patch(
        FancyArrowPatch(
            path=Path(points), arrowstyle="-|>", mutation_scale=13, color="#303030", shrinkA=0, shrinkB=0
        )
    )


def _border(node: _Node, towards: tuple[float, float]) -> tuple[float, float]:
    """Return where a line from the node's centre straight across, up or down leaves it."""
    half_width, half_height = node.half
    dx, dy = towards[0] - node.x, towards[1] - node.y
    if abs(dx) > abs(dy):
        return node.x + (half_width if dx > 0 else -half_width), node.y
    return node.x, node.y + (half_height if dy > 0 else -half_height)
