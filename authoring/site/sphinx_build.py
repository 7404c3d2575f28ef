"""Makes the site: collects its pages and has Sphinx turn them into HTML."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from authoring.site.staging import stage
from authoring.site.stored_outputs import stale
from course_lib.errors import CourseError
from course_lib.lessons import lesson_names


def build_site(root: Path, out: Path) -> Path:
    """Make the site in `out` and return its first page.

    CourseError if an output that is stored for a lesson is out of date, or Sphinx finds a mistake in a page.
    """
    names = lesson_names(root)
    old = {name: cells for name in names if (cells := stale(root, name))}
    if old:
        raise CourseError(
            "Stored outputs are missing or older than their lesson:\n"
            + "\n".join(f"  {name}, {_first(cells)}" for name, cells in old.items()),
            fix=f"run `course run {' '.join(name[:2] for name in old)}`, then "
            f"`course book {' '.join(f'--refresh {name[:2]}' for name in old)}`",
        )
    if (out / ".buildinfo").is_file():  # an older site, with pages that may be gone
        shutil.rmtree(out)
    place = root / "build" / "book-pages"
    shutil.rmtree(place, ignore_errors=True)
    stage(root, place, names)
    # In a process of its own: it works on several pages at once, and the claims have loaded TensorFlow here.
    command = [sys.executable, "-m", "sphinx", "--builder", "html", "--conf-dir", str(root / "docs")]
    command += ["--fail-on-warning", "--keep-going", "--nitpicky", "--quiet", "--jobs", "auto", "--fresh-env"]
    with tempfile.TemporaryDirectory(prefix="course-book-") as cache:
        made = subprocess.run([*command, "--doctree-dir", cache, str(place), str(out)], cwd=root)
    if made.returncode:
        raise CourseError(
            "Sphinx found mistakes in the pages; they stand above.",
            where=f"{place} (made from docs/, notebooks/, claims/ and course_lib/blocks/)",
            fix="mend the file that the page was made from",
        )
    return out / "index.html"


def _first(cells: list[str]) -> str:
    return cells[0] if len(cells) == 1 else f"{cells[0]} and {len(cells) - 1} more"
