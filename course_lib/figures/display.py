"""Display a figure with a description that travels in the notebook's own metadata."""

import base64
import io
import sys
from typing import Any

from matplotlib.figure import Figure

_DPI = 160  # sharp on dense screens; the notebook shows the figure at its size in CSS pixels
_CSS_PIXELS_PER_INCH = 80


def alt_text(figure: Figure) -> str:
    """Return what a figure of this package shows, in words and numbers; "" for a figure made elsewhere."""
    return str(figure.get_label())


def show(figure: Figure, alt: str | None = None) -> None:
    """Display a figure with a text description, and close it.

    In a notebook the description is stored at `metadata["image/png"]["alt"]`, where nbconvert and JupyterLab
    look for it. In a terminal, which has no pictures, the description is printed instead.

    Args:
        figure: The figure.
        alt: What the figure shows, which is more than its title; None for the figure's own description.

    Raises:
        ValueError: If there is no description.
    """
    alt = alt_text(figure) if alt is None else alt
    if not alt.strip():
        raise ValueError(
            f"figures.show needs a description: alt={alt!r} is empty. "
            "Say in a sentence what the figure shows."
        )
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    # By name, since importing the terminal's shell takes its time.
    if shell is None or any(kind.__name__ == "TerminalInteractiveShell" for kind in type(shell).__mro__):
        print(f"[figure] {alt}")
    else:
        from IPython.display import display

        data, metadata = picture_of(figure, alt)
        display(data, raw=True, metadata=metadata)
    _close(figure)


def picture_of(figure: Figure, alt: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Return a figure as a notebook stores it: its data by MIME type, and its metadata."""
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=_DPI)
    width = round(figure.get_size_inches()[0] * _CSS_PIXELS_PER_INCH)
    data = {"image/png": base64.b64encode(png.getvalue()).decode("ascii"), "text/plain": f"[figure] {alt}"}
    return data, {"image/png": {"alt": alt, "width": width}}


def _close(figure: Figure) -> None:
    """Close a figure that a reader made with pyplot, so that it is not drawn a second time."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(figure)
