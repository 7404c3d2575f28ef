"""How attention changes with depth: the maps of several stages, from fine to coarse."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures import style
from course_lib.figures.inputs import count_of, finite, images_of, maps_of


@style.course_style()
def mask_hierarchy(images: np.ndarray, stages: Mapping[str, np.ndarray]) -> Figure:
    """Draw each image, and beside it the map of each stage at that stage's own resolution.

    Each map is stretched over its own range, which is written below it.

    Args:
        images: Shape (N, H, W), (N, H, W, 1), or RGB (N, H, W, 3).
        stages: From a name to maps (N, h, w) or (N, h, w, C), first stage first; a map with channels is drawn
            as their mean.

    Raises:
        ValueError: For other shapes, for NaN, without a stage, and unless each stage has as many maps as
            images.
    """
    if not stages:
        raise ValueError("stages={} is not allowed; give the maps of at least one stage.")
    images = images_of(images)
    count = len(images)
    figure, axes = style.grid(
        count, 1 + len(stages), width=1.9 * (1 + len(stages)), height=2.05 * count + 0.4
    )
    for image, plots in zip(images, axes, strict=True):
        style.picture(plots[0], image)
    axes[0, 0].set_title("image")
    words = []
    for column, (name, given) in enumerate(stages.items(), start=1):
        finite(**{f"stages[{name!r}]": given})
        mean = given.mean(axis=-1) if given.ndim == 4 and given.shape[-1] else given
        maps = maps_of(mean, count, f"stages[{name!r}]")  # (N, h, w)
        size = f"{maps.shape[1]} × {maps.shape[2]}"
        for attention, plot in zip(maps, axes[:, column], strict=True):
            style.own_scale(plot, attention)
        axes[0, column].set_title(f"{name}\n{size}")
        words.append(f"{name}, {size}, from {maps.min():.2f} to {maps.max():.2f}")
    return style.describe(
        figure,
        f"{count_of(count, 'image')}, each beside the attention maps of {count_of(len(stages), 'stage')}: "
        f"{'; '.join(words)}.",
    )
