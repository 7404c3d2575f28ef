"""The figures that papers print for their networks, and the networks that they belong to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras

from course_lib.blocks import BAM, CBAM, SqueezeExcitation, plug
from course_lib.count import PaperComparison, compare, size_of
from course_lib.networks.inception import bn_inception
from course_lib.networks.residual_attention_network import attention_56, attention_92
from course_lib.networks.resnet import resnet

_TRAINABLE, _ALL, _ADDS = "trainable parameters", "parameters with statistics", "multiply–adds"


@dataclass(frozen=True)
class Figure:
    """A figure as a paper prints it.

    Attributes:
        printed: The figure, such as "25.56 M".
        convention: What it counts, one of `count.CONVENTIONS`.
        source: The paper and its table.
        why: For a figure that is known not to match, what is known of the reason.
    """

    printed: str
    convention: str
    source: str
    why: str = ""


@dataclass(frozen=True)
class Printed:
    """A network and the figures that papers print for it.

    Attributes:
        network: Its name.
        build: Builds it.
        figures: The printed figures.
    """

    network: str
    build: Callable[[], keras.Model]
    figures: tuple[Figure, ...]


def _imagenet(
    depth: int,
    label: str,
    parameters: str,
    adds: str,
    *more: Figure,
    source: str = "CBAM, table 4",
    **attention: Any,
) -> Printed:
    build = partial(resnet, depth, stride="v1", **attention)
    figures = (Figure(parameters, _TRAINABLE, source), Figure(adds, _ADDS, source), *more)
    return Printed(f"ResNet-{depth}{label}", build, figures)


def _cifar(label: str, parameters: str, **attention: Any) -> Printed:
    build = partial(resnet, 50, stem="cifar", input_shape=(32, 32, 3), classes=100, **attention)
    return Printed(f"ResNet-50{label}, CIFAR-100", build, (Figure(parameters, _TRAINABLE, "BAM, table 5"),))


_SE: dict[str, Any] = {"attention": plug(SqueezeExcitation)}
_CBAM: dict[str, Any] = {"attention": plug(CBAM)}
_BAM: dict[str, Any] = {"stage_attention": plug(BAM), "source": "BAM, table 3"}
_SE_PAPER, _RAN = "SE, table 2", "residual attention, table 7"

PRINTED = (
    # From the CBAM paper where it has the network; its ResNets with SE have biases.
    _imagenet(18, "", "11.69 M", "1.814 G"),
    _imagenet(18, " + SE", "11.78 M", "1.814 G", **_SE),
    _imagenet(18, " + CBAM", "11.78 M", "1.815 G", **_CBAM),
    _imagenet(34, "", "21.80 M", "3.664 G"),
    _imagenet(34, " + SE", "21.96 M", "3.664 G", **_SE),
    _imagenet(34, " + CBAM", "21.96 M", "3.665 G", **_CBAM),
    _imagenet(50, "", "25.56 M", "3.858 G"),
    _imagenet(
        50,
        " + SE",
        "28.09 M",
        "3.860 G",
        Figure(
            "3.87 G",
            _ADDS,
            _SE_PAPER,
            "with one product for each value that a gate scales, 5.5 M in all, it would be 3.87; "
            "the paper does not say what it counts, and the CBAM paper's figure agrees without them",
        ),
        **_SE,
    ),
    _imagenet(50, " + CBAM", "28.09 M", "3.864 G", **_CBAM),
    _imagenet(101, "", "44.55 M", "7.570 G"),
    _imagenet(101, " + SE", "49.33 M", "7.575 G", **_SE),
    _imagenet(101, " + CBAM", "49.33 M", "7.581 G", **_CBAM),
    _imagenet(18, " + BAM", "11.71 M", "1.82 G", **_BAM),
    _imagenet(50, " + BAM", "25.92 M", "3.94 G", **_BAM),
    _imagenet(101, " + BAM", "44.91 M", "7.65 G", **_BAM),
    _cifar("", "23.71 M"),
    _cifar(" + SE", "26.24 M", **_SE),
    _cifar(" + BAM", "24.07 M", stage_attention=plug(BAM)),
    Printed("BN-Inception", bn_inception, (Figure("2.03 G", _ADDS, _SE_PAPER),)),
    Printed("SE-BN-Inception", partial(bn_inception, **_SE), (Figure("2.04 G", _ADDS, _SE_PAPER),)),
    Printed(
        "Attention-56",
        attention_56,
        (
            Figure("31.9 M", _ALL, _RAN),
            Figure("6.3 G", _ADDS, _RAN),
            Figure("6.2 G", _ADDS, "residual attention, table 2", "table 7 of the same paper prints 6.3"),
        ),
    ),
    Printed(
        "Attention-92",
        attention_92,
        (
            Figure(
                "51.3 M",
                _ALL,
                _RAN,
                "the authors' own network file has as many parameters as ours, and no other spread of its "
                "six modules over the stages gives 51.3, with statistics or without; "
                "what the table was made of is not known",
            ),
            Figure(
                "10.4 G",
                _ADDS,
                _RAN,
                "the authors' own network file has as many as ours; "
                "like the parameters, the printed figure is a little lower",
            ),
        ),
    ),
)


def comparisons(printed: Printed) -> Iterator[PaperComparison]:
    """Build a network once, and yield each of its printed figures beside ours."""
    size = size_of(printed.build())
    for figure in printed.figures:
        yield compare(printed.network, size, figure.printed, figure.convention, figure.source)
