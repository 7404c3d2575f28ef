"""`course leaderboard`"""

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.cli.class_option import ClassOption, chosen_class
from course_lib.cli.json_output import AsJson, print_json
from course_lib.errors import CourseError

if TYPE_CHECKING:
    from course_lib.leaderboard import Entry

ON_A_PICTURE = 30  # entries; more cannot be read


def command(
    class_folder: ClassOption = None,
    as_json: AsJson = False,
) -> None:
    """Compare the blocks of a class: the entries of lesson 09, as `course collect` took them in.

    Prints each block's difference to its own control with the 95 % interval, and draws them into report/.
    A file that cannot be true is refused and named. An entry is its student's word, and earns no points.

    Example: `course leaderboard`
    """
    from course_lib.session import load_tensorflow

    load_tensorflow()  # quietly, before the leaderboard imports it
    from course_lib import leaderboard

    course = chosen_class(class_folder)
    refused: list[str] = []
    entries = leaderboard.read_submitted(course.submitted, say=refused.append)
    for problem in refused:
        print(problem, file=sys.stderr)
    if not entries:
        raise CourseError(
            "Nobody has handed in an entry that can stand." if refused else "There is no entry yet.",
            where=f"{course.submitted}/*/09_*/leaderboard/me.json",
            fix="students of lesson 09 make one with `course submit 09`; take it in with `course collect`",
        )
    if as_json:
        print_json([_row(entry) for entry in entries])
        return
    _print(entries)
    for picture in _draw(entries, course.reports):
        print(f"Picture: {picture}")


def _row(entry: "Entry") -> dict[str, Any]:
    result = entry.comparison()
    return {
        "student": entry.name,
        "block": entry.block,
        "profile": entry.profile,
        "metric": result.metric,
        "accuracy": entry.mean(entry.registration.variant).value,
        "difference": result.difference,
        "interval": [result.low, result.high],
        "seeds": len(result.seeds),
        "result": result.verdict,
        "parameters": entry.parameters,
    }


def _print(entries: "list[Entry]") -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("student", "block", "profile", "metric", box=box.SIMPLE)
    table.add_column("difference", justify="right")
    table.add_column("95 % interval", justify="right")
    table.add_column("result")
    for row in map(_row, entries):
        low, high = row["interval"]
        table.add_row(
            escape(row["student"]),
            escape(row["block"]),
            row["profile"],
            escape(row["metric"]),
            f"{row['difference']:+.3g}",
            f"{low:+.3g} to {high:+.3g}",
            row["result"],
        )
    Console().print(table)


def _draw(entries: "list[Entry]", folder: Path) -> list[Path]:
    """Pictures of the entries in the order of their names, those of each profile apart."""
    from matplotlib import pyplot

    from course_lib import leaderboard

    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for profile in sorted({entry.profile for entry in entries}):
        same = [entry for entry in entries if entry.profile == profile]
        for page, start in enumerate(range(0, len(same), ON_A_PICTURE), 1):
            path = folder / f"leaderboard_{profile}_{page}.png"
            figure = leaderboard.draw(same[start : start + ON_A_PICTURE])
            with warnings.catch_warnings():  # a letter that the font lacks is a small box; the table has it
                warnings.filterwarnings("ignore", "Glyph .* missing from font")
                figure.savefig(path, bbox_inches="tight", facecolor="white")
            pyplot.close(figure)
            pictures.append(path)
    return pictures
