"""Draws docs/figures/card.png: the card for an answer whose gates come from a softmax. Needs Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from picture import store, write_index
from PIL import Image

from autograder.keys import lesson_solutions, misconceptions
from course_lib.checks import card
from course_lib.checks.answer_key import public_key
from course_lib.checks.exercise import find_exercise
from course_lib.checks.judge import judge
from course_lib.session import load_tensorflow

PAGE = '<meta charset="utf-8"><body style="margin:12px;background:#fff">{}</body>'


def main() -> None:
    """Probe, judge, photograph."""
    load_tensorflow()
    exercise = find_exercise("channel_attention")
    lesson = lesson_solutions.read(exercise.lesson)
    known, _ = misconceptions.misconceptions_of(exercise.lesson)
    wrong = next(w for w in known if w.exercise == "excitation" and "softmax" in w.misconception.id)
    source = lesson_solutions.wrong_source(lesson, wrong)
    given = lesson_solutions.answer(lesson, exercise.id, {"excitation": source})
    key = public_key(exercise.id)
    verdict = judge(exercise, exercise.probe.run(exercise.id, given, key.seed), key)
    chromium = shutil.which("chromium") or sys.exit("install chromium first")
    with tempfile.TemporaryDirectory() as place:
        page = Path(place, "card.html")
        page.write_text(PAGE.format(card.html(verdict)))
        target = Path(place, "card.png")
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=700,275"]
        quiet = ["--disable-gpu", "--disable-background-networking", "--disable-sync"]
        places = [f"--user-data-dir={place}/profile", f"--screenshot={target}", page.as_uri()]
        subprocess.run(
            [chromium, *options, *quiet, *places],
            check=True,
            capture_output=True,
        )
        headline = verdict.headline.replace("`", "")
        words = f"The card of a check: {verdict.points:g} of {verdict.max_points:g} points. {headline}"
        store(Image.open(target), "card", words)
    write_index()


if __name__ == "__main__":
    main()
