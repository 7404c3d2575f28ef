"""Saves the pictures of this folder: small, with their description inside, and listed in README.md."""

import io
from pathlib import Path

from matplotlib.figure import Figure
from PIL import Image, PngImagePlugin

from course_lib import figures

HERE = Path(__file__).parent
_LARGEST = 60_000  # bytes
_HEAD = """# Figures

Every function that draws has a picture here. `make_figures.py` draws those of `course_lib.figures`,
`make_data_figures.py` those of `course_lib.data`, `make_card_figure.py` the card. `make_walk_figures.py`
keeps what a student and an instructor see on their day. This page is made by them and holds the description
that each picture carries for readers who cannot see it.
"""


def save(figure: Figure, name: str, *, dpi: int = 80) -> None:
    """Write the figure to `name`.png with its description, in as many of 256 colours as fit into 60 kB."""
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=dpi)
    store(Image.open(drawn), name, figures.alt_text(figure))


def store(image: Image.Image, name: str, alt: str) -> None:
    """Write the image to `name`.png with its description `alt`; see `save`."""
    described = PngImagePlugin.PngInfo()
    described.add_itxt("Description", alt)
    target = HERE / f"{name}.png"
    for colours in (256, 128, 64, 40, 24):
        image.convert("RGB").quantize(colours).save(target, optimize=True, pnginfo=described)
        if target.stat().st_size < _LARGEST:
            break
    print(f"{target.name}: {target.stat().st_size / 1e3:.0f} kB")


def write_index() -> None:
    """Write README.md: each picture that carries a description, with it."""
    described = {
        path.relative_to(HERE).as_posix(): Image.open(path).info.get("Description")
        for path in sorted(HERE.rglob("*.png"))
    }
    parts = [f"## {name}\n\n![{alt}]({name})\n" for name, alt in described.items() if alt]
    (HERE / "README.md").write_text("\n".join([_HEAD, *parts]))
