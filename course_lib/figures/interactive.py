"""Controls below a picture, where somebody can use them; a picture for every other place.

Controls (ipywidgets) are drawn by a page that talks to a kernel. Saved output, HTML, feedback and the site
have no kernel, and a program that executes notebooks would store the controls' state, with ids that differ
each time. So the picture is shown everywhere as an ordinary figure, and controls only if two things hold:

- Somebody is there. Each request to run a cell says whether its sender can ask a person for input
  (`allow_stdin` in Jupyter's message protocol). JupyterLab, Notebook and VS Code can. nbclient cannot, and
  with it nbgrader, nbconvert, MyST-NB and `course run`. In a terminal and in the grader's sandbox there is
  no request at all.
- The page can draw them. That is left to the page: of the kinds of data it is sent, it takes the richest that
  it knows. One that knows no controls has the picture already, and shows nothing more.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from matplotlib.figure import Figure

from course_lib.figures.display import alt_text, picture_of, show

Choices = Sequence[object] | Mapping[str, object]


def explore(
    overview: Figure,
    draw: Callable[..., Figure],
    *,
    alt: str | None = None,
    start: Mapping[str, object] | None = None,
    **choices: Choices,
) -> None:
    """Show `overview`, and on a live page, below it, what `draw` makes of the values that a reader picks.

    Args:
        overview: A figure that says by itself what there is to see; print and the site show it alone.
        draw: Called with one keyword argument for each of `choices`; returns a figure of this package. It
            runs at every pick, so do beforehand whatever takes long.
        alt: As in `show`, for `overview`.
        start: The values to begin with; the first value of a choice that it does not name.
        choices: A sequence becomes a slider over its values, in their order; a mapping from labels to values
            a drop-down list.

    Raises:
        ValueError: Without any choice, for a choice without values, and for a start that is not among the
            values.
    """
    values = _start(choices, start or {})
    first = draw(**values)  # everywhere, so that a mistake in `draw` does not wait for a reader
    show(overview, alt)
    if _someone_is_there():
        from IPython.display import display

        view = _controls(draw, choices, values, first)
        # Without text, so that an export of a notebook that was saved on a live page shows nothing here.
        display({**view._repr_mimebundle_(), "text/plain": ""}, raw=True)


def _start(choices: Mapping[str, Choices], start: Mapping[str, object]) -> dict[str, object]:
    """Return the value that each choice begins with."""
    if not choices:
        raise ValueError("explore got nothing to choose; give at least one choice, such as reduction=[2, 4].")
    if unknown := sorted(set(start) - set(choices)):
        raise ValueError(f"start names {unknown[0]!r}, which is no choice; there is {', '.join(choices)}.")
    chosen = {}
    for name, given in choices.items():
        values = list(given.values() if isinstance(given, Mapping) else given)
        if not values:
            raise ValueError(f"{name}={given!r} holds nothing to choose; give at least one value.")
        chosen[name] = start.get(name, values[0])
        if chosen[name] not in values:
            raise ValueError(
                f"start has {name}={chosen[name]!r}, which is not among the choices; give one of "
                f"{', '.join(map(repr, values))}."
            )
    return chosen


def _someone_is_there() -> bool:
    """Whether this cell was run from where a person can be asked for input."""
    from IPython.core.getipython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    return kernel is not None and bool(kernel.get_parent().get("content", {}).get("allow_stdin"))


def _controls(
    draw: Callable[..., Figure], choices: Mapping[str, Choices], values: Mapping[str, object], first: Figure
) -> Any:
    """Return the controls, and below them the picture of what they are set to."""
    from ipywidgets import HBox, Output, VBox

    controls = {name: _control(name, given, values[name]) for name, given in choices.items()}
    place = Output()

    def put(figure: Figure) -> None:
        data, about = picture_of(figure, alt_text(figure))
        alt, width = escape(about["image/png"]["alt"]), about["image/png"]["width"]
        # As HTML, since JupyterLab leaves out the description of a plain picture.
        image = f'<img alt="{alt}" width="{width}" src="data:image/png;base64,{data["image/png"]}">'
        # All at once: with `clear_output` the page would jump at every pick.
        place.outputs = ({"output_type": "display_data", "data": {"text/html": image}, "metadata": {}},)

    def redraw(_: Any) -> None:
        with place:  # so that what goes wrong is seen on the page
            put(draw(**{name: control.value for name, control in controls.items()}))

    for control in controls.values():
        control.observe(redraw, "value")
    put(first)
    return VBox([HBox(list(controls.values()), layout={"flex_flow": "row wrap"}), place])


def _control(name: str, given: Choices, value: object) -> Any:
    from ipywidgets import Dropdown, SelectionSlider

    if isinstance(given, Mapping):
        return Dropdown(options=list(given.items()), value=value, description=name)
    options = [(str(each), each) for each in given]
    return SelectionSlider(options=options, value=value, description=name, continuous_update=False)
