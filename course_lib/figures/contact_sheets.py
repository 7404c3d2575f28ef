"""A contact sheet: many small images, each with its caption."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.arguments import positive
from course_lib.figures import style
from course_lib.figures.inputs import count_of, images_of


@style.course_style()
def contact_sheet(images: np.ndarray, captions: Sequence[str] = (), *, columns: int = 5) -> Figure:
    """Lay out images row by row.

    Args:
        images: Shape (N, H, W), (N, H, W, 1) or, in RGB, (N, H, W, 3).
        captions: Empty, one for each image, or one for each row, which names its first image.
        columns: Images in a row, at least 1.

    Raises:
        ValueError: For other shapes, no image, NaN, or another number of captions.
    """
    images = images_of(images)
    positive(columns=columns)
    count = len(images)
    columns = min(columns, count)
    rows = -(-count // columns)
    if len(captions) not in (0, rows, count):
        raise ValueError(
            f"captions has {len(captions)} entries, which is not allowed; give none, {rows} for the rows, or "
            f"{count} for the images."
        )
    by_row = 0 < len(captions) < count
    figure, axes = style.grid(rows, columns, width=1.25 * columns + 1.2 * by_row, height=1.2 * rows + 0.1)
    for index, cell in enumerate(axes.flat):
        cell.set_axis_off()
        if index < count:
            style.picture(cell, images[index])
        if not by_row and index < len(captions):
            cell.set_title(captions[index], fontsize=11)
    if by_row:
        for row, caption in zip(axes[:, 0], captions, strict=True):
            row.text(-0.1, 0.5, caption, transform=row.transAxes, ha="right", va="center", fontsize=11)
    named = f", {'row by row' if by_row else 'in order'}: {style.listed(captions)}" if captions else ""
    return style.describe(figure, f"{count_of(count, 'image')}, {columns} in a row{named}.")
