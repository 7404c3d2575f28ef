"""Sources of a short lesson on the course's own exercises."""

from __future__ import annotations

import nbformat

LESSON = "00_short"
MARKS = '"schema_version": 3, "task": false'


def solution(exercise: str, code: str) -> str:
    marks = f'{{"grade": false, "grade_id": "{exercise}", "locked": false, "solution": true, {MARKS}}}'
    return f"# %% nbgrader={marks}\n### BEGIN SOLUTION\n{code.strip()}\n### END SOLUTION\n\n"


def test_cell(exercise: str, answer: str, points: int) -> str:
    marks = (
        f'{{"grade": true, "grade_id": "check_{exercise}", "locked": true, "points": {points}, '
        f'"solution": false, {MARKS}}}'
    )
    return f'# %% nbgrader={marks}\ncheck("{exercise}", {answer})\n\n'


PREPROCESS = """
def preprocess(images):
    return images[..., None].astype(np.float32) / 255
"""
SQUEEZE = """
def squeeze(x, name):
    return keras.layers.GlobalAveragePooling2D(name=name + "_gap")(x)
"""
CHANNEL_ATTENTION = """
def channel_attention(x, name, reduction=16):
    z = keras.layers.GlobalAveragePooling2D(keepdims=True, name=name + "_gap")(x)
    z = keras.layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow")(z)
    return x * keras.layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_wide")(z)
"""


def lesson_source(*cells: str) -> str:
    return "# %%\nimport numpy as np\nfrom course_lib import check\n\n" + "".join(cells)


def fill(notebook: nbformat.NotebookNode, exercise: str, code: str) -> None:
    """Put code into the cell of an exercise."""
    cell = next(
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == exercise
    )
    cell.source = code
