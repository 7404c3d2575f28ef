"""A contact sheet: many small images, each with its caption."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures import style


@style.course_style()
def contact_sheet(images: np.ndarray, captions: Sequence[str] = (), *, columns: int = 5) -> Figure:
    """Lay out grey images (N, H, W) or (N, H, W, 1) row by row, `columns` in a row.

    `captions` names each image, or, when there are fewer captions than images, the first image of each row.
    """
    count = len(images)
    columns = min(columns, count)
    rows = -(-count // columns)
    by_row = 0 < len(captions) < count
    figure, axes = style.grid(rows, columns, width=1.25 * columns + 1.2 * by_row, height=1.2 * rows + 0.1)
    for index, cell in enumerate(axes.flat):
        cell.set_axis_off()
        if index < count:
            style.picture(cell, np.squeeze(images[index]))
        if not by_row and index < len(captions):
            cell.set_title(captions[index], fontsize=11)
    if by_row:
        for row, caption in zip(axes[:, 0], captions, strict=False):
            row.text(-0.1, 0.5, caption, transform=row.transAxes, ha="right", va="center", fontsize=11)
    named = f", {'row by row' if by_row else 'in order'}: {style.listed(captions)}" if captions else ""
    return style.describe(figure, f"{count} images, {columns} in a row{named}.")
