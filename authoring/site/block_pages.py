"""A page for each attention block, made from what is known about it elsewhere.

The equation is the lesson's, the description the layer's docstring, the costs are counted, what it gains is
what the claims measured, and the mistakes are those that the checks have a name for.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from authoring.site.claim_pages import result
from authoring.site.markdown import escaped, markdown_table
from autograder.keys.misconceptions import misconceptions_of
from course_lib.checks.exercise import all_exercises
from course_lib.errors import CourseError

if TYPE_CHECKING:
    from authoring.claims import Finding

_FORMULA = re.compile(r"^\$\$.*?\$\$[^\n]*$", re.MULTILINE | re.DOTALL)
_SYMBOLS = re.compile(r"^\| symbol \|.*\n(?:\|.*\n?)+", re.MULTILINE)
_LABEL = re.compile(r"^(Shapes|Paper and code|Parameters|Reference|Equation|Args|Raises)([^:]*):\s*")
_LISTS = {"Args": "Arguments", "Raises": "Raises"}  # sections of a docstring, and their headings on the page
_CHANNELS, _SIDE = (64, 128, 256), 28


@dataclass(frozen=True)
class Block:
    """A layer of `course_lib.blocks`, and where the facts about it are.

    module: its file in `course_lib/blocks`. lesson: where students write it; sections: the headings there,
    without their numbers, under which its equation stands. exercises: those whose mistakes are shown.
    experiments: those whose claims say what it gains, as (number of the lesson, id).
    diagram: its picture in `docs/figures`, if there is one.
    """

    name: str
    title: str
    module: str
    lesson: str
    sections: tuple[str, ...]
    exercises: tuple[str, ...]
    experiments: tuple[tuple[str, str], ...]
    diagram: str = ""


BLOCKS = (
    Block(
        "SqueezeExcitation",
        "Squeeze-and-excitation",
        "squeeze_excitation",
        "01_channel_attention",
        ("The idea in three equations",),
        ("squeeze", "excitation", "channel_attention"),
        (("01", "gates"), ("04", "gain")),
        "diagram_squeeze_excitation",
    ),
    Block(
        "SpatialAttention",
        "Spatial attention",
        "spatial_attention",
        "02_spatial_attention",
        ("The idea in two equations",),
        ("channel_pool", "spatial_attention", "cbam_spatial_attention"),
        (("02", "looking"),),
    ),
    Block(
        "BAM",
        "BAM, the bottleneck attention module",
        "bam",
        "05_bam",
        ("The idea in one line", "The channel branch", "The spatial branch"),
        ("bam_channel_branch", "bam_spatial_branch", "bam"),
        (("05", "gain"), ("05", "apart")),
        "diagram_bam",
    ),
    Block(
        "ChannelAttention",
        "The channel half of CBAM",
        "channel_attention",
        "06_cbam",
        ("The channel half",),
        ("cbam_channel_attention",),
        (("06", "choices"),),
    ),
    Block(
        "CBAM",
        "CBAM, the convolutional block attention module",
        "cbam",
        "06_cbam",
        ("The idea in three equations",),
        ("cbam",),
        (("06", "choices"), ("03", "redrawing")),
        "diagram_cbam",
    ),
    Block(
        "ResidualUnit",
        "The pre-activation residual unit",
        "residual_unit",
        "07_attention_module",
        ("The unit",),
        ("pre_activation_residual_unit", "trunk_branch"),
        (),
    ),
    Block(
        "SoftMaskBranch",
        "The soft mask branch",
        "soft_mask_branch",
        "07_attention_module",
        ("The soft mask branch",),
        ("mask_activation", "soft_mask_branch"),
        (("07", "activations"),),
    ),
    Block(
        "ResidualAttentionModule",
        "The residual attention module",
        "residual_attention",
        "07_attention_module",
        ("The idea in four lines", "Where trunk and mask meet"),
        ("naive_attention", "attention_residual_learning", "attention_module"),
        (("07", "stacks"), ("08", "depth"), ("08", "noise")),
        "diagram_residual_attention",
    ),
)


def block_page(
    block: Block, notebook: NotebookNode, lesson_title: str, findings: Mapping[str, Finding]
) -> str:
    """The page of a block in MyST Markdown; `notebook` is that of its lesson."""
    layer = _layer(block)
    summary, *paragraphs = inspect.cleandoc(layer.__doc__ or "").split("\n\n")
    path = f"course_lib/blocks/{block.module}.py"
    signature = f"{block.name}{inspect.signature(layer)}".replace(", **kwargs: Any", "")
    parts = [
        f"# {block.title}",
        escaped(_joined(summary)),
        f"![](figures/{block.diagram}.png)" if block.diagram else "",
        f"You write it yourself in [{lesson_title}](/lessons/{block.lesson}/{block.lesson}.ipynb). Do that "
        f"before you look at its code, [`{path}`](/code/{path}.md).",
        "## Equation",
        *_equation(block, notebook),
        "## As a layer",
        f"```python\ncourse_lib.blocks.{signature.split(' -> ')[0]}\n```",
        *(part for paragraph in paragraphs for part in _described(paragraph)),
        "## What it costs",
        _costs(layer),
        "## When it helps",
        *_gains(block, findings),
        "## What often goes wrong",
        *_mistakes(block),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def summary(block: Block) -> str:
    """The first sentence of the layer's docstring."""
    return escaped(_joined(inspect.cleandoc(_layer(block).__doc__ or "").split("\n\n")[0]))


def _layer(block: Block) -> Any:
    from course_lib import blocks

    return getattr(blocks, block.name)


def _joined(lines: str) -> str:
    return " ".join(lines.split())


def _equation(block: Block, notebook: NotebookNode) -> Iterator[str]:
    """The formulas and the tables of symbols in the cells of the lesson under these headings."""
    for section in block.sections:
        heading = re.compile(rf"^## (?:\d+ · )?{re.escape(section)}$", re.MULTILINE)
        cells = [cell.source for cell in notebook.cells if heading.search(cell.source)]
        formulas = _FORMULA.findall(cells[0]) if cells else []
        if not formulas:
            raise CourseError(
                f"The page of {block.name} takes its equation from the section {section!r}, which has none.",
                where=f"notebooks/{block.lesson}",
                fix="write its new heading into BLOCKS in authoring/site/block_pages.py",
            )
        yield from formulas
        yield from _SYMBOLS.findall(cells[0])


def _described(paragraph: str) -> Iterator[str]:
    """A paragraph of a docstring: what is indented in it is a list of names, or set as it stands."""
    label = _LABEL.match(paragraph)
    lines = paragraph.splitlines()
    if label and label[1] in _LISTS:
        yield f"**{_LISTS[label[1]]}**"
        entries = re.findall(r"^    (\w[^:\n]*): (.*(?:\n        .*)*)", paragraph, re.MULTILINE)
        yield "\n".join(
            f"- `{'`, `'.join(name.split(', '))}`: {escaped(_joined(text))}" for name, text in entries
        )
        return
    words = [line for line in lines if not line.startswith("    ")]
    fixed = [line for line in lines if line.startswith("    ")]
    text = escaped(_joined("\n".join(words)))
    yield re.sub(r"^(Shapes|Paper and code|Parameters|Reference|Equation)\b", r"**\1**", text)
    if fixed:
        yield "```text\n" + inspect.cleandoc("\n".join(fixed)) + "\n```"


def _costs(layer: Any) -> str:
    """Parameters and multiply–adds of the layer as it comes, counted, beside a convolution."""
    from keras import layers

    from course_lib.count import size_of

    rows = []
    for channels in _CHANNELS:
        shape = (_SIDE, _SIDE, channels)
        size, beside = size_of(layer(), shape), size_of(layers.Conv2D(channels, 3, padding="same"), shape)
        numbers = (size.trainable, size.statistics, size.multiply_adds)
        share = size.multiply_adds / beside.multiply_adds
        rows.append((str(channels), *(f"{number:,}" for number in numbers), f"{share:.2%}"))
    head = ("channels", "trainable parameters", "statistics", "multiply–adds", "of a 3 × 3 convolution")
    return (
        f"Counted with `course_lib.count` on a map of {_SIDE} × {_SIDE}, with the default arguments. The "
        "last column divides its multiply–adds by those of a 3 × 3 convolution between as many channels. "
        "What it costs in time is [another matter](/benchmarks.md).\n\n"
        + markdown_table(head, rows, numbers=len(head))
    )


def _gains(block: Block, findings: Mapping[str, Finding]) -> Iterator[str]:
    about = [
        finding
        for finding in findings.values()
        if (finding.id[:2], finding.claim.experiment.id) in block.experiments and finding.result
    ]
    if not about:
        yield "The course has not measured it by itself."
        return
    yield (
        "What the course measured, in small networks on small images. Each line is a claim of a lesson; "
        "[Claims](/claims.md) says how to read them."
    )
    yield "\n".join(f"- {escaped(each.claim.sentence)} *{escaped(result(each))}*" for each in about)


def _mistakes(block: Block) -> Iterator[str]:
    """The known mistakes of the exercises by their titles, each with why it is one; not how to mend it."""
    yield "The checks know these mistakes by name."
    for exercise in block.exercises:
        wrongs, _ = misconceptions_of(all_exercises()[exercise].lesson)
        known = dict.fromkeys(
            (wrong.misconception.title, wrong.misconception.hint)
            for wrong in wrongs
            if wrong.exercise == exercise
        )
        yield f"### {all_exercises()[exercise].title}"
        yield "\n".join(f"- **{escaped(title)}** {escaped(hint)}" for title, hint in known)
