"""Feature maps and attention maps beside the image they belong to."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from course_lib.arguments import positive
from course_lib.figures import style
from course_lib.figures.inputs import count_of, finite, images_of, maps_of, one_each


@style.course_style()
def feature_maps(features: np.ndarray, *, columns: int = 8, captions: Sequence[str] = ()) -> Figure:
    """Draw the channels of one feature map side by side, each on its own grey scale.

    Args:
        features: Shape (H, W, C).
        columns: Pictures in a row, at least 1.
        captions: Empty, or one for each channel.

    Raises:
        ValueError: For other shapes, for NaN, and for another number of captions.
    """
    features = np.asarray(features)
    if features.ndim != 3 or 0 in features.shape:
        raise ValueError(f"features of shape {features.shape} are not allowed; give one map (H, W, C).")
    finite(features=features)
    height, width, channels = features.shape
    positive(columns=columns)
    one_each(channels, captions=captions)
    columns = min(columns, channels)
    rows = -(-channels // columns)
    figure, axes = style.grid(rows, columns, width=1.1 * columns, height=1.35 * rows)
    for channel, cell in enumerate(axes.flat):
        cell.set_axis_off()
        if channel < channels:
            caption = captions[channel] if captions else str(channel)
            style.picture(cell, features[..., channel])
            cell.set_title(caption, fontsize=11)
    named = f": {style.listed(captions)}" if captions else ""
    return style.describe(
        figure, f"{count_of(channels, 'channel')} of {height} × {width}, each on its own grey scale{named}."
    )


@style.course_style()
def attention_over_image(
    images: np.ndarray,
    maps: np.ndarray | Mapping[str, np.ndarray],
    masks: np.ndarray | None = None,
    *,
    captions: Sequence[str] = (),
) -> Figure:
    """Draw each image above its attention map, one column an image; a row for each map where there are many.

    Each map is stretched over its own range, which is written below it.

    Args:
        images: Shape (N, H, W), (N, H, W, 1), or RGB (N, H, W, 3).
        maps: Shape (N, h, w) or (N, h, w, 1), or a dictionary from names to such maps.
        masks: Shape (N, H, W), the true outline, drawn over all; or None.
        captions: Empty, or one for each image.

    Raises:
        ValueError: For other shapes, for NaN, and unless there are as many maps, masks and captions as
            images.
    """
    images = images_of(images)
    count = len(images)
    given = maps.items() if isinstance(maps, Mapping) else [("", maps)]
    rows = {name: maps_of(each, count, f"maps[{name!r}]" if name else "maps") for name, each in given}
    if not rows:
        raise ValueError("maps={} is not allowed; give at least one.")
    masks = None if masks is None else _outlines(masks, images)
    one_each(count, captions=captions)
    figure, axes = style.grid(1 + len(rows), count, width=1.75 * count, height=1.85 + 2.05 * len(rows))
    for column in range(count):
        style.picture(axes[0, column], images[column], title=captions[column] if captions else "")
        outline = None if masks is None else masks[column].astype(float)
        if outline is not None:
            axes[0, column].contour(outline, levels=[0.5], colors=style.ORANGE, linewidths=1.2)
        for plot, attention in zip(axes[1:, column], rows.values(), strict=True):
            style.own_scale(plot, attention[column], images.shape[1:3])
            if outline is not None:
                plot.contour(outline, levels=[0.5], colors="white", linewidths=1.2)
    for plot, name in zip(axes[1:, 0], rows, strict=True):
        _row_name(plot, name)
    return style.describe(figure, _map_words(rows, masks, captions, count))


@style.course_style()
def heat_over_image(images: np.ndarray, maps: np.ndarray, *, captions: Sequence[str] = ()) -> Figure:
    """Draw a map, such as Grad-CAM's, in orange over each image, which is darkened a little.

    Each map is stretched from 0 to its own highest value, which is written below it.

    Args:
        images: Shape (N, H, W), (N, H, W, 1), or RGB (N, H, W, 3).
        maps: Shape (N, h, w) or (N, h, w, 1), not negative.
        captions: Empty, or one for each image.

    Raises:
        ValueError: For other shapes, for negative maps and NaN, and unless there are as many maps and
            captions as images.
    """
    images = images_of(images)
    count = len(images)
    maps = maps_of(maps, count)
    if maps.min() < 0:
        raise ValueError(f"maps hold {maps.min():.3g}, which is not allowed; give none below 0.")
    one_each(count, captions=captions)
    figure, axes = style.grid(1, count, width=1.75 * count, height=2.2)
    for column, plot in enumerate(axes[0]):
        image, heat = images[column], maps[column]
        highest = float(heat.max())
        part = heat / highest if highest > 0 else np.zeros_like(heat)
        title = captions[column] if captions else ""
        if image.ndim == 3:
            style.picture(plot, image / 1.4, title=title)
        else:
            style.picture(plot, image, title=title, vmin=image.min(), vmax=1.4 * image.max())
        orange = np.empty((*part.shape, 4))
        orange[..., :3], orange[..., 3] = to_rgb(style.ORANGE), 0.85 * part
        style.picture(plot, orange, extent=style.extent(image.shape[:2]))
        style.below(plot, f"up to {highest:.2g}")
    named = f" ({style.listed(captions)})" if captions else ""
    peaks = style.listed(map(_place, maps))
    shown = f"{count_of(count, 'image')}{named}, each with a map over it."
    return style.describe(figure, f"{shown} Highest: {peaks}.")


def _outlines(masks: np.ndarray, images: np.ndarray) -> np.ndarray:
    """Return the masks as (N, H, W), as large as the images."""
    masks = maps_of(masks, len(images), "masks")
    if masks.shape != images.shape[:3]:
        raise ValueError(
            f"masks of shape {masks.shape} are not allowed; give {images.shape[:3]}, the size of the images."
        )
    return masks


def _row_name(plot: Axes, name: str) -> None:
    plot.text(-0.08, 0.5, name, transform=plot.transAxes, rotation=90, ha="right", va="center")


def _map_words(
    rows: Mapping[str, np.ndarray], masks: np.ndarray | None, captions: Sequence[str], count: int
) -> str:
    named = f" ({style.listed(captions)})" if captions else ""
    words = [f"{count_of(count, 'image')}{named}, each above its attention map."]
    for name, maps in rows.items():
        subject = f"Maps of {name}" if name else "The maps"
        sentence = f"{subject} hold values from {np.min(maps):.2f} to {np.max(maps):.2f}"
        # The outline is on the image's grid; a coarser map cannot be looked up in it.
        if masks is not None and maps.shape == masks.shape:
            from course_lib.scores import pointing_game

            sentence += f"; their highest lies on the outlined object in {pointing_game(maps, masks):.0%}"
        words.append(f"{sentence}.")
    return " ".join(words)


def _place(heat: np.ndarray) -> str:
    """Say where the highest value of a map lies: "upper left", "middle"; "nowhere" in a constant map."""
    if heat.min() == heat.max():
        return "nowhere, all values are equal"
    row, column = np.unravel_index(np.argmax(heat), heat.shape)
    vertical = ("upper", "middle", "lower")[int(3 * row / heat.shape[0])]
    horizontal = ("left", "middle", "right")[int(3 * column / heat.shape[1])]
    return "middle" if vertical == horizontal else f"{vertical} {horizontal}"
