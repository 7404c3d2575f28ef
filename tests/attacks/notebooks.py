"""Changes to a submitted notebook, each with the outcome and the points that it must come to.

The notebook they change earns 4 of 9 points: `preprocess` forgets the channel axis, `quiz_pixels` is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Notebook = dict[str, Any]
BAD = "<script>alert(1)</script><img src=x onerror=alert(2)><style>*{display:none}</style>"
HALF = {
    "preprocess": "def preprocess(images):\n    return images.astype(np.float32) / 255",
    "quiz_pixels": "quiz_pixels = 1",
}
HALF_POINTS = 4


@dataclass(frozen=True)
class Change:
    """A change by name. `points` None: any up to the honest ones. `says`: words in the row's message."""

    change: Callable[[Notebook], bytes | None]
    outcome: str = "graded"
    points: float | None = HALF_POINTS
    says: str = ""


CHANGES: dict[str, Change] = {}


def change(
    **expected: Any,
) -> Callable[[Callable[[Notebook], bytes | None]], Callable[[Notebook], bytes | None]]:
    """Put a change into the table. It changes the notebook, or returns the bytes to hand in instead."""

    def put(function: Callable[[Notebook], bytes | None]) -> Callable[[Notebook], bytes | None]:
        CHANGES[function.__name__] = Change(function, **expected)
        return function

    return put


def find(notebook: Notebook, name: str) -> dict[str, Any]:
    """The cell with that grade id."""
    found: dict[str, Any] = next(
        cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == name
    )
    return found


def code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}


def text(source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}, **more}


# Test cells and marks ---------------------------------------------------------------------------------------


@change()
def skipped_tests(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception"]


@change()
def more_points(notebook: Notebook) -> None:
    find(notebook, "check_preprocess")["metadata"]["nbgrader"]["points"] = 600


@change()
def negative_points(notebook: Notebook) -> None:
    find(notebook, "check_quiz_pixels")["metadata"]["nbgrader"] |= {"points": -1e308, "schema_version": 99}


@change()
def other_tests(notebook: Notebook) -> None:
    for name in ("check_preprocess", "check_quiz_pixels"):
        find(notebook, name)["source"] = "float('nan')"


@change()
def tests_as_text(notebook: Notebook) -> None:
    find(notebook, "check_preprocess")["cell_type"] = "markdown"
    for key in ("outputs", "execution_count"):
        del find(notebook, "check_preprocess")[key]


@change(says="lost test cells")
def no_tests(notebook: Notebook) -> None:
    notebook["cells"] = [c for c in notebook["cells"] if not c["metadata"].get("nbgrader", {}).get("grade")]


@change(says="pasted twice")
def tests_thrice(notebook: Notebook) -> None:
    notebook["cells"] += [dict(find(notebook, "check_preprocess"), id=f"again{n}") for n in range(2)]


@change(says="test cells moved above their exercise")
def tests_first(notebook: Notebook) -> None:
    cells = notebook["cells"]
    cells.insert(1, cells.pop(cells.index(find(notebook, "check_preprocess"))))


@change(points=0)
def nothing_at_all(notebook: Notebook) -> None:
    notebook["cells"] = []


@change()
def odd_marks(notebook: Notebook) -> None:
    find(notebook, "check_preprocess")["metadata"]["nbgrader"] = {
        "grade_id": ["check_preprocess"],
        "grade": "no",
    }
    notebook["cells"][0]["metadata"]["nbgrader"] = 7


@change()
def no_metadata(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}


@change()
def marked_as_read_only(notebook: Notebook) -> None:
    marks = find(notebook, "preprocess")["metadata"]["nbgrader"]
    marks |= {"locked": True, "grade": True, "points": 100, "checksum": "0" * 32}


# What a page would show -------------------------------------------------------------------------------------


@change()
def scripts_everywhere(notebook: Notebook) -> None:
    notebook["metadata"] |= {
        "title": BAD,
        "authors": [{"name": BAD}],
        "kernelspec": {"name": BAD, "display_name": BAD},
    }
    notebook["metadata"]["language_info"] = {"name": BAD, "pygments_lexer": BAD, "file_extension": "/../../x"}
    notebook["metadata"]["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"x": "</script>" + BAD}, "version_major": 2}
    }
    shown = {"output_type": "display_data", "metadata": {}, "data": {"text/html": BAD, "image/svg+xml": BAD}}
    notebook["cells"] += [
        text(
            BAD + " [a](javascript:alert(4)) ![b](data:text/html,x) <a href=' javascript:x'>c</a>", id="words"
        ),
        {"cell_type": "raw", "source": BAD, "metadata": {"format": "text/html", "raw_mimetype": "text/html"}},
        dict(code("%%html\n" + BAD), id="x" * 64),
        dict(code("%%javascript\nalert(6)"), outputs=[shown]),
        dict(code("%%latex\n\\href{javascript:alert(7)}{x}"), metadata={"collapsed": BAD, "tags": [BAD]}),
        dict(code("%%svg\n<svg onload=alert(8)>"), id="a"),
        dict(code("%%markdown\n" + BAD), id="b"),
    ]
    for cell in notebook["cells"]:
        cell["metadata"]["name"] = BAD


@change()
def hostile_attachments(notebook: Notebook) -> None:
    held = {
        'x" onerror="alert(1)': {'image/png" onerror="alert(2)': 'x" onerror="alert(3)'},
        "page": {"text/html": "PHNjcmlwdD5hbGVydCg0KTwvc2NyaXB0Pg=="},
        "drawing": {"image/svg+xml": "<svg onload='alert(5)'/>"},
        "../../../../etc/passwd": {"image/png": "iVBORw0KGgo="},
    }
    words = "".join(
        f"![x](attachment:{name}) <img src='attachment:{name}'> [x](attachment:{name})\n" for name in held
    )
    notebook["cells"].append(text(words, attachments=held))


@change()
def slow_words(notebook: Notebook) -> None:
    """Each of these takes some renderer, lexer or parser longer than linear time."""
    long = [
        "[" * 70_000,
        "*a " * 30_000,
        "<div>" * 19_000,
        "![" * 30_000,
        "> " * 30_000,
        "- " * 30_000,
        "|a" * 30_000,
    ]
    long += [
        "`" * 70_000,
        "$" * 70_000,
        "_a_ " * 20_000,
        "[a](" * 20_000,
        "<!--" * 20_000,
        "&#" * 30_000,
        "a\\" * 30_000,
    ]
    notebook["cells"] += [text(words) for words in long]


@change()
def slow_words_in_short_cells(notebook: Notebook) -> None:
    """Nine cells of a kind that takes the square of its length, each as long as is rendered."""
    notebook["cells"] += [text(words * (10_000 // len(words))) for words in 3 * ["\\\\[", "\\\\(", "![a](b"]]


@change()
def a_picture_many_times(notebook: Notebook) -> None:
    held = {"a": {"image/png": "AAAA" * 1_000_000}}
    notebook["cells"] += [text("![x](attachment:a)" * 500, attachments=held)]


@change()
def slow_code(notebook: Notebook) -> None:
    long = [
        "(" * 70_000,
        "a = " * 20_000 + "1",
        "f'{" * 20_000,
        "-" * 70_000 + "1",
        "'" * 70_001,
        "1;" * 45_000,
        "?" * 70_000,
    ]
    long += [
        "%" * 70_000,
        "!" * 70_000,
        "if x:\n" + " " * 60_000 + "y",
        "\\\n" * 30_000,
        "#" * 70_000,
        "lambda:" * 12_000 + "0",
    ]
    notebook["cells"] += [code(words) for words in long]


@change(outcome="unreadable", points=0, says="characters")
def novel_of_code(notebook: Notebook) -> None:
    notebook["cells"].append(code("1;" * 10_000_000))


@change(outcome="unreadable", points=0, says="characters")
def novel_of_words(notebook: Notebook) -> None:
    notebook["cells"].append(text("[" * 20_000_000))


# Form of the file -------------------------------------------------------------------------------------------


@change(outcome="unreadable", points=0, says="cells")
def hundred_thousand_cells(notebook: Notebook) -> None:
    notebook["cells"] += [code("1")] * 100_000


@change()
def nearly_too_many_cells(notebook: Notebook) -> None:
    notebook["cells"] += [text("words")] * 1_500 + [code("x = 1")] * 400


@change(points=None)
def floods_in_many_cells(notebook: Notebook) -> None:
    notebook["cells"] += [code("print('words ' * 700_000)")] * 60


@change()
def huge_metadata(notebook: Notebook) -> None:
    notebook["metadata"]["held"] = {str(number): "x" * 20 for number in range(200_000)}
    notebook["cells"][0]["metadata"]["held"] = ["x" * 1_000_000] * 10


@change(outcome="unreadable", points=0)
def metadata_of_empty_lists(notebook: Notebook) -> bytes:
    notebook["metadata"]["held"] = "HERE"
    return json.dumps(notebook).encode().replace(b'"HERE"', b"[" + b'{"":0},' * 6_900_000 + b"0]")


@change(outcome="unreadable", points=0)
def too_large(notebook: Notebook) -> None:
    notebook["metadata"]["held"] = "x" * 60_000_000


@change(points=None, outcome="unreadable")
def deep_json(notebook: Notebook) -> bytes:
    notebook["metadata"]["held"] = "HERE"
    return json.dumps(notebook).encode().replace(b'"HERE"', b"[" * 100_000 + b"]" * 100_000)


@change(points=None)
def rather_deep_json(notebook: Notebook) -> bytes:
    notebook["metadata"]["held"] = "HERE"
    return json.dumps(notebook).encode().replace(b'"HERE"', b'{"a":' * 400 + b"1" + b"}" * 400)


@change(outcome="unreadable", points=0)
def million_digits(notebook: Notebook) -> bytes:
    notebook["metadata"]["held"] = "HERE"
    return json.dumps(notebook).encode().replace(b'"HERE"', b"9" * 1_000_000)


@change()
def not_a_number(notebook: Notebook) -> bytes:
    notebook["metadata"]["held"] = [float("nan"), float("inf")]
    find(notebook, "check_preprocess")["metadata"]["nbgrader"]["points"] = float("nan")
    return json.dumps(notebook).encode()


@change(points=None)
def the_same_key_twice(notebook: Notebook) -> bytes:
    return json.dumps(notebook).encode().replace(b'{"cells"', b'{"cells": [], "cells"', 1)


@change(outcome="unreadable", points=0)
def half_a_file(notebook: Notebook) -> bytes:
    return json.dumps(notebook).encode()[:-20]


@change(outcome="unreadable", points=0)
def not_text(notebook: Notebook) -> bytes:
    return bytes(range(256)) * 100


@change(outcome="unreadable", points=0)
def empty_file(notebook: Notebook) -> bytes:
    return b""


@change(outcome="unreadable", points=0)
def other_encoding(notebook: Notebook) -> bytes:
    return json.dumps(notebook).encode("utf-16")


@change(outcome="unreadable", points=0)
def terminal_commands_in_json(notebook: Notebook) -> None:
    notebook["cells"][0]["cell_type"] = "\x1b[2J\x1b]0;owned\x07[bold red]"


@change(outcome="unreadable", points=0)
def old_format(notebook: Notebook) -> None:
    cells = [{"cell_type": "code", "input": "1", "outputs": [], "language": "python"}] * 100_000
    notebook |= {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
    del notebook["cells"]


@change(points=None)
def future_format(notebook: Notebook) -> None:
    notebook["nbformat_minor"] = 10**6


@change(outcome="unreadable", points=0)
def cells_that_are_none(notebook: Notebook) -> None:
    notebook["cells"][0] = 7


@change(points=None)
def odd_outputs(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [["6.0"]]}, 7, {}]


@change()
def names_in_many_scripts(notebook: Notebook) -> None:
    notebook["cells"].append(code("größe_ßµ = 'Ω≈ç√ 你好 😀'\nprint(größe_ßµ)"))
    notebook["cells"].append(text("Ω≈ç√ 你好 😀 \u202e \x00 \ud800"))


@change()
def foreign_kernel(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "../../../bash", "display_name": "x", "language": "bash"}


@change(points=None)
def shadowing_names(notebook: Notebook) -> None:
    notebook["cells"].insert(1, code("import types\nnp = check = types.SimpleNamespace(float32=7)"))


@change(points=None)
def a_hundred_crashes(notebook: Notebook) -> None:
    notebook["cells"] += [code("import os\nos._exit(1)")] * 100


@change(points=None)
def a_hundred_stuck_cells(notebook: Notebook) -> None:
    notebook["cells"] += [code("while True:\n    pass")] * 100
