"""Feature maps and attention maps, drawn beside the image they belong to."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures import style


def feature_maps(features: np.ndarray, *, columns: int = 8, captions: Sequence[str] = ()) -> Figure:
    """Draw the channels of one feature map (H, W, C) side by side, each on its own grey scale."""
    channels = features.shape[-1]
    columns = min(columns, channels)
    rows = -(-channels // columns)
    figure, axes = style.grid(rows, columns, width=1.1 * columns, height=1.35 * rows)
    for channel, cell in enumerate(axes.flat):
        cell.set_axis_off()
        if channel < channels:
            caption = captions[channel] if captions else str(channel)
            style.picture(cell, features[..., channel])
            cell.set_title(caption, fontsize=11)
    return figure


def attention_over_image(
    images: np.ndarray, maps: np.ndarray, masks: np.ndarray | None = None, *, captions: Sequence[str] = ()
) -> Figure:
    """Draw each image above its attention map, one column an image.

    images and maps: (N, H, W) or (N, H, W, 1), maps in [0, 1]. masks: (N, H, W), the true outline, drawn
    over both. Each map is stretched over its own range, which is written below it.
    """
    count = len(images)
    figure, axes = style.grid(2, count, width=1.75 * count, height=3.9)
    for column in range(count):
        image, attention = np.squeeze(images[column]), np.squeeze(maps[column])
        style.picture(axes[0, column], image, title=captions[column] if captions else "")
        style.picture(axes[1, column], attention, cmap=style.SEQUENTIAL)
        low, high = float(attention.min()), float(attention.max())
        axes[1, column].text(
            0.5, -0.04, f"{low:.2f} to {high:.2f}", transform=axes[1, column].transAxes, ha="center", va="top"
        )
        if masks is not None:
            outline = np.squeeze(masks[column]).astype(float)
            axes[0, column].contour(outline, levels=[0.5], colors=style.ORANGE, linewidths=1.2)
            axes[1, column].contour(outline, levels=[0.5], colors="white", linewidths=1.2)
    return figure
