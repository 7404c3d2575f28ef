"""Images beside what autoencoders make of them."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from course_lib.figures import style
from course_lib.figures.inputs import at_least_one, count_of, images_of, one_each


@style.course_style()
def reconstructions(
    originals: np.ndarray, rows: Mapping[str, np.ndarray], *, captions: Sequence[str] = ()
) -> Figure:
    """Draw originals in the first row, and in each further row another version of them with its error.

    Below each image stands its mean squared error, on the scale of [0, 1].

    Args:
        originals: Shape (N, H, W), (N, H, W, 1), or RGB (N, H, W, 3), in [0, 1] or uint8.
        rows: From a name to images of that shape: the noisy input, or the reconstructions of a network.
        captions: Empty, or one for each image.

    Raises:
        ValueError: If there is no row or one has another shape than the originals, for NaN, and for another
            number of captions.
    """
    at_least_one(rows=rows)
    originals = images_of(originals, "originals")
    one_each(len(originals), captions=captions)
    count = len(originals)
    figure, axes = style.grid(1 + len(rows), count, width=1.3 * count + 1.3, height=1.2 + 1.55 * len(rows))
    words = []
    for place, (name, given) in enumerate([("original", originals), *rows.items()]):
        plots, versions = axes[place], images_of(given, f"rows[{name!r}]")
        if versions.shape != originals.shape:
            raise ValueError(
                f"rows[{name!r}] has shape {versions.shape}, which is not allowed; "
                f"give {originals.shape}, as the originals."
            )
        errors = [float(np.mean((a - b) ** 2)) for a, b in zip(versions, originals, strict=True)]
        for plot, version, error in zip(plots, versions, errors, strict=True):
            style.picture(plot, version, vmin=0, vmax=1)
            if place:
                style.below(plot, f"{error:.4f}")
        plots[0].text(-0.1, 0.5, name, transform=plots[0].transAxes, ha="right", va="center")
        if place:
            words.append(f"{name}, mean squared error {np.mean(errors):.4f}")
    for plot, caption in zip(axes[0], captions, strict=bool(captions)):
        plot.set_title(caption, fontsize=11)
    named = f" ({style.listed(captions)})" if captions else ""
    return style.describe(figure, f"{count_of(count, 'original')}{named}; below them {'; '.join(words)}.")
