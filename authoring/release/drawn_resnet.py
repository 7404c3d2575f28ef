"""ResNet-50 as a drawing: its layers are read from a file beside this one.

Lessons count and plug it before all its blocks have been taught. What a block is made of, you write yourself.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from course_lib.blocks.attention_block import Attention

_DRAWING = Path(__file__).with_name("resnet50.json")


def resnet(
    depth: int = 50,
    *,
    attention: Attention | None = None,
    stage_attention: Attention | None = None,
    stride: str = "v1",
) -> keras.Model:
    """ResNet-50: a functional model from images (N, 224, 224, 3) to class probabilities (N, 1000).

    attention: a function of (x, name), put into every block, after its last normalisation and before the
        addition.
    stage_attention: put after every stage but the last, before the size shrinks.

    ValueError for another depth or stride than the drawing's.

    Reference: He, Zhang, Ren, Sun, arXiv:1512.03385.
    """
    if (depth, stride) != (50, "v1"):
        raise ValueError(f"only depth=50 and stride='v1' are drawn here, not {depth=} and {stride=}")

    def laid(layer: Callable[..., Any], *given: Any, **options: Any) -> Any:
        name: str = layer.name  # type: ignore[attr-defined]
        if not name.endswith("_attention"):
            return layer(*given, **options)
        chosen = attention if "_block" in name else stage_attention
        return chosen(given[0], name) if chosen else given[0]

    drawing = keras.Model.from_config(json.loads(_DRAWING.read_text(encoding="utf-8")))
    model: keras.Model = keras.models.clone_model(drawing, call_function=laid)
    return model


def small_resnet(*_: Any, **__: Any) -> keras.Model:
    """Not here."""
    raise RuntimeError("small_resnet is a finished network of the course; here you write it yourself")
