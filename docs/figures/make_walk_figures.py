"""Draws docs/figures/walk/: what a student and an instructor see on their day. Needs Chromium and minutes.

The walks are tests, too: PYTHONPATH=tests:tests/browser .venv/bin/python docs/figures/make_walk_figures.py
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import chromium
import days
import places
from picture import HERE, store, write_index
from PIL import Image
from playwright.sync_api import Page


def see(page: Page, name: str, words: str) -> None:
    """Keep what the window shows, at three quarters of its size."""
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    store(image.resize((960, 600), Image.Resampling.LANCZOS), f"walk/{name}", words)


def main() -> None:
    """Walk both days, with pictures."""
    if chromium.program() is None:
        sys.exit(chromium.MISSING)
    HERE.joinpath("walk").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium.chromium() as browser:
        ada, teacher = Path(folder, "ada"), Path(folder, "teacher")
        for beside in (ada, teacher):
            beside.mkdir()
        with chromium.visit(browser) as seen:
            handed_in = days.student_day(seen.page, places.student(ada, days.LESSON), see)
        with chromium.visit(browser) as seen:
            course = places.instructor(teacher, days.LESSON)
            page = days.instructor_day(seen.page, course, handed_in, see)
        with chromium.visit(browser) as seen:
            days.read_feedback(seen.page, page, see)
            days.read_report(seen.page, course, see)
    write_index()


if __name__ == "__main__":
    main()
