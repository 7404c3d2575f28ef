"""A class compares its blocks: one small JSON file for each of them, and one picture of all.

A file holds what was registered, every registered run, and the costs. It holds no mean and no interval: these
are computed from the runs, by `training.trials`, whenever files are read. So a file cannot claim more than
was measured, and one that lacks a run, or has one too many, is refused.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.errors import CourseError
from course_lib.profiles import PROFILES
from course_lib.submission_format import ENTRY
from course_lib.training.trials.comparison import FEWEST, Comparison, Mean, compare, mean_of
from course_lib.training.trials.registration import Registration
from course_lib.training.trials.store import Run

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FORMAT = "attention on trial, 1"
_ACCURACY = "accuracy"  # in percent; every entry has it, whatever its registered metric is
_LARGEST = 200_000  # bytes of one file
_LONGEST = 60  # characters of a name
_LONGEST_TEXT = 2_000  # of a hypothesis, and of all other words of a registration
_HUGE = 1e12  # neither weights nor measures come near; sums and pictures still can be made of smaller ones


class BadEntry(CourseError):
    """A file that cannot stand on the leaderboard; the message says why."""


@dataclass(frozen=True)
class Entry:
    """What one file holds.

    Attributes:
        name: Name of the person who made it.
        block: What was tried.
        profile: "smoke", "quick" or "full"; entries of different profiles cannot be compared.
        registration: What was fixed before the first run.
        runs: The measures of every registered run, by (variant, seed).
        parameters: Trainable parameters of the network with the block; its control has as many.
    """

    name: str
    block: str
    profile: str
    registration: Registration
    runs: Mapping[tuple[str, int], Mapping[str, float]]
    parameters: int

    def mean(self, variant: str) -> Mean:
        """Return the mean accuracy of a variant over the seeds, with its interval."""
        return mean_of(self._trial(), variant, _ACCURACY)

    def comparison(self) -> Comparison:
        """Compare the block with its control, by the registered metric."""
        registered = self.registration
        return compare(self._trial(), registered.variant, registered.control, registered.metric)

    def _trial(self) -> list[Run]:
        return [
            Run(variant, seed, self.profile, measures, 0.0, "", {}, "", {})
            for (variant, seed), measures in self.runs.items()
        ]


def write(
    path: str | Path,
    *,
    name: str,
    block: str,
    registration: Registration,
    runs: Iterable[Run],
    parameters: Mapping[str, int],
) -> Entry:
    """Write an entry, and return it as `read_entry` reads it. The folder is made if it does not exist.

    An entry of smoke runs never takes the place of a longer one, which is then returned: Validate and
    `course submit` run the notebook with that profile, beside the student's own entry.

    Args:
        path: The file.
        name: Name of the person who made it.
        block: What was tried.
        registration: What was fixed before the first run.
        runs: As `training.trials.run_variants` returns them.
        parameters: Trainable parameters, by variant.

    Raises:
        BadEntry: Before anything is written, for what `read_entry` would refuse.
    """
    runs, path = list(runs), Path(path)
    content = {
        "format": _FORMAT,
        "name": name,
        "block": block,
        "profile": runs[0].profile if runs else "",
        "registration": dataclasses.asdict(registration),
        "parameters": dict(parameters),
        "runs": [{"variant": run.variant, "seed": run.seed, "measures": dict(run.metrics)} for run in runs],
    }
    text = json.dumps(content, indent=1)
    entry = _entry(json.loads(text), path)
    if entry.profile == "smoke":
        with contextlib.suppress(BadEntry):
            if (longer := read_entry(path)).profile != "smoke":
                return longer
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
    return entry


def read(folder: str | Path, *, say: Callable[[str], None] = print) -> list[Entry]:
    """Return the entries of all `*.json` files in a folder, in the order of their names.

    Args:
        folder: The folder.
        say: Called with a line for each file that was refused, and why.

    Raises:
        CourseError: If there is no such folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CourseError(
            "There is no such folder.", where=str(folder), fix="give the folder that holds the entries"
        )
    found: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            entry = read_entry(path)
            if entry.name in found:
                raise _bad(path, f"There is another entry by {entry.name!r}.", "give each file its own name")
        except BadEntry as problem:
            say(f"refused: {problem}")
        else:
            found[entry.name] = entry
    return [found[name] for name in sorted(found)]


def read_submitted(folder: str | Path, *, say: Callable[[str], None] = print) -> list[Entry]:
    """Return the entries in a class's submissions, each under the name of the student's folder.

    The name in a file is not used: it could be anybody's.

    Args:
        folder: `submitted/`, where `course collect` puts them.
        say: Called with a line for each file that was refused, and why.
    """
    found = []
    for path in sorted(Path(folder).glob(f"*/09_*/{ENTRY}")):
        student = path.parents[len(Path(ENTRY).parts)].name
        try:
            found.append(dataclasses.replace(read_entry(path), name=student))
        except BadEntry as problem:
            say(f"refused: {problem}")
    return found


def read_entry(path: str | Path) -> Entry:
    """Return the entry in a file.

    Raises:
        BadEntry: If it is none: no JSON, another format, a registration whose digest does not belong to it,
            runs that are not exactly the registered ones, a measure that is missing or not finite, or a
            control with another number of parameters than the block.
    """
    path = Path(path)
    if path.is_symlink() or not path.is_file():
        raise _bad(path, "This is not a file.", "give a file that lies in the folder itself")
    if path.stat().st_size > _LARGEST:
        raise _bad(path, f"It has {path.stat().st_size:,} bytes.", f"an entry has at most {_LARGEST:,}")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise _bad(path, "It is not JSON.", "write it with leaderboard.write") from None
    return _entry(content, path)


def _entry(content: Any, path: Path) -> Entry:
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise _bad(path, f"Its format is not {_FORMAT!r}.", "write it with leaderboard.write")
    name, block, profile = (_text(content, part, path) for part in ("name", "block", "profile"))
    if profile not in PROFILES:
        raise _bad(path, f"Its profile is {profile!r}.", f"one of {', '.join(PROFILES)}")
    registration = _registration(content.get("registration"), path)
    pair = (registration.variant, registration.control)
    parameters = content.get("parameters")
    if not isinstance(parameters, dict) or not all(_is_count(parameters.get(each)) for each in pair):
        raise _bad(path, "The parameters of block and control are not there.", "count both networks")
    if parameters[pair[0]] != parameters[pair[1]]:
        raise _bad(
            path,
            f"The block's network has {parameters[pair[0]]:,} parameters, its control's "
            f"{parameters[pair[1]]:,}.",
            "compare with a control of equal cost",
        )
    return Entry(
        name,
        block,
        profile,
        registration,
        _runs(content.get("runs"), registration, path),
        parameters[pair[0]],
    )


def _registration(content: Any, path: Path) -> Registration:
    texts = ("hypothesis", "variant", "control", "metric", "digest")
    fields = {*texts, "seeds"}
    if (
        not isinstance(content, dict)
        or content.keys() != fields
        or not all(isinstance(content[text], str) and _can_be_shown(content[text]) for text in texts)
        or not isinstance(content["seeds"], list)
        or not all(type(seed) is int and 0 <= seed < 2**32 for seed in content["seeds"])
    ):
        raise _bad(path, "Its registration is not whole.", f"it needs {', '.join(sorted(fields))}")
    found = Registration(**{**content, "seeds": tuple(content["seeds"])})
    if not found.intact:
        raise _bad(
            path,
            f"The digest {found.digest[:12]!r} does not belong to the registration beside it.",
            "hand in the registration as it was before the first run",
        )
    if found.control in ("", found.variant):
        raise _bad(path, f"The control is {found.control!r}.", "compare with something other than the block")
    if len(set(found.seeds)) < max(FEWEST, len(found.seeds)):
        raise _bad(path, f"The seeds are {found.seeds}.", f"register at least {FEWEST}, none twice")
    return found


def _runs(content: Any, registration: Registration, path: Path) -> dict[tuple[str, int], Mapping[str, float]]:
    found: dict[tuple[str, int], Mapping[str, float]] = {}
    for run in content if isinstance(content, list) else ():
        if not isinstance(run, dict) or run.keys() != {"variant", "seed", "measures"}:
            raise _bad(path, f"{str(run)[:80]!r} is not a run.", "it needs measures, seed, variant")
        key, measures = (run["variant"], run["seed"]), run["measures"]
        where = f"The run of {str(key[0])[:_LONGEST]!r} with seed {str(key[1])[:12]}"
        if (
            not (isinstance(key[0], str) and _can_be_shown(key[0]))
            or type(key[1]) is not int
            or not 0 <= key[1] < 2**32
            or key in found
        ):
            raise _bad(path, f"{where} is there twice, or is none.", "keep each registered run once")
        for metric in {_ACCURACY, registration.metric}:
            value = measures.get(metric) if isinstance(measures, dict) else None
            if not isinstance(value, int | float) or isinstance(value, bool) or not -_HUGE < value < _HUGE:
                raise _bad(path, f"{where} has {metric} = {str(value)[:20]}.", "measure a finite number")
        if not 0 <= measures[_ACCURACY] <= 100:
            raise _bad(path, f"{where} has accuracy {measures[_ACCURACY]:g}.", "give it in percent")
        found[key] = measures
    registered = {(v, s) for v in (registration.variant, registration.control) for s in registration.seeds}
    if missing := sorted(registered - found.keys()):
        raise _bad(path, f"{len(missing)} registered runs are missing, {missing[0]} first.", "keep them all")
    if extra := sorted(found.keys() - registered):
        raise _bad(path, f"{len(extra)} runs were not registered, {extra[0]} first.", "leave them out")
    return found


def _text(content: Mapping[str, Any], part: str, path: Path) -> str:
    value = content.get(part)
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= _LONGEST:
        raise _bad(path, f"Its {part} is {str(value)[:20]!r}.", f"give a text of 1 to {_LONGEST} characters")
    return value


def _can_be_shown(text: str) -> bool:
    """Whether a text is short and without characters that move a terminal's cursor, newlines aside."""
    return len(text) <= _LONGEST_TEXT and text.replace("\n", " ").isprintable()


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 < value < _HUGE


def _bad(path: Path, what: str, fix: str) -> BadEntry:
    return BadEntry(what, where=str(path), fix=fix)


def draw(entries: Sequence[Entry]) -> Figure:
    """Draw accuracy against parameters, and every block's difference to its own control, with intervals.

    Raises:
        ValueError: If there is no entry, or the entries are of different profiles.
    """
    from course_lib.figures import style

    profiles = sorted({entry.profile for entry in entries})
    if len(profiles) != 1:
        raise ValueError(f"entries of the profiles {profiles} are not allowed; give entries of one profile.")
    with style.course_style():
        figure, axes = style.grid(1, 2, width=11, height=max(3.2, 0.55 * len(entries) + 1.6))
        left, right = axes[0]
        words = []
        right.axvline(0, color=style.GREY, linewidth=1, linestyle="--")
        for place, entry in enumerate(entries):
            colour = style.CYCLE[place % len(style.CYCLE)]
            words.append(_draw_entry(left, right, entry, place, colour))
        left.set_xlabel("trainable parameters")
        left.set_ylabel("accuracy in percent")
        left.set_title("filled: the block; hollow: its control", loc="left")
        left.margins(x=0.15, y=0.15)
        left.locator_params(axis="x", nbins=4)
        left.xaxis.set_major_formatter("{x:,.0f}")
        # Names are words, not formulas: a single $ in one would be an error.
        right.set_yticks(range(len(entries)), [f"{e.name}: {e.block}" for e in entries], parse_math=False)
        right.set_ylim(len(entries) - 0.4, -0.6)
        right.set_xlabel("registered metric: block minus control")
        return style.describe(figure, f"Accuracy against parameters, with intervals: {'; '.join(words)}.")


def _draw_entry(left: Any, right: Any, entry: Entry, place: int, colour: str) -> str:
    """Draw one entry into both halves, and return it in words."""
    registered, result = entry.registration, entry.comparison()
    for variant, fill in ((registered.variant, "full"), (registered.control, "none")):
        mean = entry.mean(variant)
        left.plot([entry.parameters] * 2, [mean.low, mean.high], color=colour, linewidth=2, alpha=0.5)
        left.plot(entry.parameters, mean.value, "o", color=colour, fillstyle=fill, markersize=9)
    left.annotate(
        entry.name,
        (entry.parameters, entry.mean(registered.variant).value),
        (8, 4),
        textcoords="offset points",
        color=colour,
        parse_math=False,
    )
    right.plot([result.low, result.high], [place, place], color=colour, linewidth=3, solid_capstyle="butt")
    right.plot(result.difference, place, "o", color=colour, markersize=9)
    return (
        f"{entry.name}, {entry.block}: {entry.parameters:,} parameters, accuracy "
        f"{entry.mean(registered.variant).value:.1f}, {registered.metric} {result.difference:.2g} above its "
        f"control, interval {result.low:.2g} to {result.high:.2g}"
    )
