"""Every function that draws has a picture: small, described, and listed."""

from pathlib import Path

import pytest
from PIL import Image

from course_lib import figures

GALLERY = Path(__file__).parents[3] / "docs" / "figures"
HELPERS = {"alt_text", "explore", "grad_cam", "grad_cam_maps", "show"}


@pytest.mark.parametrize("name", sorted(set(figures.__all__) - HELPERS))
def test_every_figure_function_is_drawn_by_the_script(name: str) -> None:
    assert f"save(figures.{name}(" in " ".join((GALLERY / "make_figures.py").read_text().split()).replace(
        "( ", "("
    )


@pytest.mark.parametrize("picture", sorted(GALLERY.glob("*.png")), ids=lambda path: path.stem)
def test_every_picture_is_small_described_and_listed(picture: Path) -> None:
    assert picture.stat().st_size < 60_000
    description = Image.open(picture).text["Description"]
    assert f"![{description}]({picture.name})" in (GALLERY / "README.md").read_text()
