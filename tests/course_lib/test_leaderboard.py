"""The leaderboard takes whole entries, refuses the others with a reason, and draws what it has."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from course_lib import leaderboard
from course_lib.cli import make_app
from course_lib.errors import CourseError
from course_lib.figures import alt_text
from course_lib.leaderboard import BadEntry
from course_lib.training.trials import Registration, Run

SEEDS = (3, 4, 5, 6, 7)
GAINS = (1.0, 2.0, 1.5, 1.0, 2.5)


def registration(metric: str = "accuracy", **changes: Any) -> Registration:
    said = {
        "hypothesis": "It helps.",
        "variant": "block",
        "control": "blind",
        "metric": metric,
        "seeds": SEEDS,
    }
    said |= changes
    digest = hashlib.sha256(json.dumps([*list(said.values())[:4], list(said["seeds"])]).encode()).hexdigest()
    return Registration(**said, digest=digest)


def runs(profile: str = "quick") -> list[Run]:
    """The block is above its control by GAINS; where it points goes the other way."""
    return [
        Run(variant, seed, profile, {"accuracy": 60 + seed + up, "pointing": 40 - up}, 1.0, "", {}, "", {})
        for seed, gain in zip(SEEDS, GAINS, strict=True)
        for variant, up in (("block", gain), ("blind", 0.0))
    ]


def written(folder: Path, name: str = "ada", **changes: Any) -> Path:
    path = folder / f"{name}.json"
    given: dict[str, Any] = {"block": "a gate", "registration": registration(), "runs": runs()}
    given |= {"parameters": {"block": 900, "blind": 900}} | changes
    leaderboard.write(path, name=name, **given)
    return path


def test_an_entry_is_read_as_it_was_written(tmp_path: Path) -> None:
    entry = leaderboard.read_entry(written(tmp_path))
    assert (entry.name, entry.block, entry.parameters) == ("ada", "a gate", 900)
    assert entry.registration == registration()
    assert entry.runs["block", 3] == {"accuracy": 64.0, "pointing": 39.0}


def test_means_and_differences_come_from_the_runs(tmp_path: Path) -> None:
    entry = leaderboard.read_entry(written(tmp_path))
    assert entry.mean("blind").value == pytest.approx(65)
    assert entry.comparison().difference == pytest.approx(1.6)
    assert entry.comparison().verdict == "higher"


def test_the_registered_metric_decides(tmp_path: Path) -> None:
    entry = leaderboard.read_entry(written(tmp_path, registration=registration("pointing")))
    assert entry.comparison().metric == "pointing"
    assert entry.comparison().verdict == "lower"


def changed(**parts: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda said: said | parts


def planned(**parts: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda said: said | {"registration": said["registration"] | parts}


def replanned(**parts: Any) -> Callable[[dict[str, Any]], Any]:
    """A registration with a digest that fits, but a plan that nobody should have registered."""

    def change(said: dict[str, Any]) -> dict[str, Any]:
        plan = registration(**parts)
        return said | {"registration": {**plan.__dict__, "seeds": list(plan.seeds)}}

    return change


def run_changed(**parts: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda said: said | {"runs": [said["runs"][0] | parts, *said["runs"][1:]]}


BAD = {
    "another format": (changed(format="2"), "format"),
    "a list": (lambda said: [said], "format"),
    "no name": (changed(name=""), "name"),
    "a name of two lines": (changed(name="a\nb"), "name"),
    "a long block": (changed(block="b" * 61), "block"),
    "metric changed after the fact": (planned(metric="pointing"), "digest"),
    "seed left out after the fact": (planned(seeds=list(SEEDS[1:])), "digest"),
    "a profile that is a path": (changed(profile="../a"), "profile"),
    "a metric that moves the cursor": (replanned(metric="\x1b[2J"), "registration is not whole"),
    "an endless hypothesis": (replanned(hypothesis="x" * 5_000), "registration is not whole"),
    "no registration": (changed(registration=None), "registration is not whole"),
    "seeds as text": (planned(seeds=["3"]), "registration is not whole"),
    "itself as control": (replanned(control="block"), "control"),
    "no control": (replanned(control=""), "control"),
    "too few seeds": (replanned(seeds=SEEDS[:4]), "seeds"),
    "a seed twice": (replanned(seeds=(*SEEDS, 3)), "seeds"),
    "a run dropped": (lambda said: said | {"runs": said["runs"][1:]}, "missing"),
    "no runs": (changed(runs=None), "missing"),
    "a run too many": (
        lambda said: said | {"runs": [*said["runs"], said["runs"][0] | {"seed": 99}]},
        "not registered",
    ),
    "a run twice": (lambda said: said | {"runs": [*said["runs"], said["runs"][0]]}, "twice"),
    "not a number": (run_changed(measures={"accuracy": float("nan")}), "accuracy = nan"),
    "accuracy as text": (run_changed(measures={"accuracy": "99"}), "accuracy"),
    "no measures": (run_changed(measures=3), "accuracy"),
    "more than all": (run_changed(measures={"accuracy": 101.0}), "accuracy 101"),
    "a run without a seed": (lambda said: said | {"runs": [{"variant": "block"}]}, "is not a run"),
    "a control of other cost": (changed(parameters={"block": 900, "blind": 850}), "900"),
    "no parameters": (changed(parameters={"block": 900}), "parameters"),
    "a number beyond all sums": (run_changed(measures={"accuracy": 1e308}), "accuracy = 1e+308"),
    "parameters beyond all": (changed(parameters={"block": 10**400, "blind": 10**400}), "parameters"),
    "parameters as text": (changed(parameters={"block": "900", "blind": "900"}), "parameters"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_entry_is_refused_with_its_reason(case: str, tmp_path: Path) -> None:
    change, word = BAD[case]
    path = written(tmp_path)
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    with pytest.raises(BadEntry) as refused:
        leaderboard.read_entry(path)
    assert word in refused.value.what
    assert str(path) in str(refused.value) and "do:" in str(refused.value)


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    for content in (b"{", b"\xff\xfe", b"[" * 100_000, b" " * 300_000):
        path = tmp_path / "torn.json"
        path.write_bytes(content)
        with pytest.raises(BadEntry):
            leaderboard.read_entry(path)


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(written(tmp_path))
    with pytest.raises(BadEntry, match="not a file"):
        leaderboard.read_entry(link)


def test_nothing_is_written_that_would_be_refused(tmp_path: Path) -> None:
    with pytest.raises(BadEntry, match="850"):
        written(tmp_path, parameters={"block": 900, "blind": 850})
    assert list(tmp_path.iterdir()) == []


def test_a_smoke_run_leaves_a_longer_entry_alone(tmp_path: Path) -> None:
    """As when `course submit` runs the notebook beside the student's entry."""
    path = written(tmp_path, "me")
    before = path.read_bytes()
    written(tmp_path, "me", runs=runs("smoke"))
    assert path.read_bytes() == before
    written(tmp_path, "me", runs=runs("full"))
    assert leaderboard.read_entry(path).profile == "full"


def test_a_folder_gives_its_entries_and_says_what_it_refused(tmp_path: Path) -> None:
    written(tmp_path, "emmy")
    written(tmp_path, "ada")
    (tmp_path / "torn.json").write_text("{")
    (tmp_path / "z_copy.json").write_bytes((tmp_path / "ada.json").read_bytes())
    (tmp_path / "notes.txt").write_text("no entry")
    said: list[str] = []
    entries = leaderboard.read(tmp_path, say=said.append)
    assert [entry.name for entry in entries] == ["ada", "emmy"]
    assert len(said) == 2 and "torn.json" in said[0] and "another entry by 'ada'" in said[1]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no such folder"):
        leaderboard.read(tmp_path / "nowhere")


def hand_in(course: Path, student: str, **changes: Any) -> None:
    """An entry as `course collect` puts it in its place; the file itself says "me"."""
    written(course / "submitted" / student / "09_attention_on_trial" / "leaderboard", "me", **changes)


def test_submitted_entries_stand_under_their_students(tmp_path: Path) -> None:
    for student in ("emmy", "ada", "torn"):
        hand_in(tmp_path, student)
    torn = tmp_path / "submitted/torn/09_attention_on_trial/leaderboard/me.json"
    torn.write_text("{")
    said: list[str] = []
    entries = leaderboard.read_submitted(tmp_path / "submitted", say=said.append)
    assert [entry.name for entry in entries] == ["ada", "emmy"]
    assert len(said) == 1 and str(torn) in said[0]


def test_a_class_is_compared_in_a_table_and_a_picture_for_each_profile(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", block="$\\frac{x$ [red]gate[/red]")  # neither a formula nor a colour
    hand_in(tmp_path, "emmy", runs=runs("full"))
    hand_in(tmp_path, "torn")
    (tmp_path / "submitted/torn/09_attention_on_trial/leaderboard/me.json").write_text("{")
    wide = {"COLUMNS": "160"}
    shown = CliRunner().invoke(make_app(), ["leaderboard", "--class", str(tmp_path)], env=wide)
    assert shown.exit_code == 0, shown.output
    assert "[red]gate[/red]" in shown.output and "+1.6" in shown.output and "not JSON" in shown.output
    pictures = {path.name for path in (tmp_path / "report").iterdir()}
    assert pictures == {"leaderboard_quick_1.png", "leaderboard_full_1.png"}
    as_json = CliRunner().invoke(make_app(), ["leaderboard", "--class", str(tmp_path), "--json"])
    rows = json.loads(as_json.stdout)
    assert [(row["student"], row["profile"]) for row in rows] == [("ada", "quick"), ("emmy", "full")]
    assert rows[0]["difference"] == pytest.approx(1.6)


def test_a_class_without_entries_is_told_how_to_get_some(tmp_path: Path) -> None:
    empty = CliRunner().invoke(make_app(), ["leaderboard", "--class", str(tmp_path)])
    assert isinstance(empty.exception, CourseError) and "course submit 09" in empty.exception.fix


def test_the_picture_shows_every_entry_with_its_intervals(tmp_path: Path) -> None:
    written(tmp_path, "ada")
    written(tmp_path, "emmy", parameters={"block": 1200, "blind": 1200})
    entries = leaderboard.read(tmp_path)
    figure = leaderboard.draw(entries)
    left, right = figure.axes
    low, high = entries[0].comparison().low, entries[0].comparison().high
    assert any(list(line.get_xdata()) == [low, high] for line in right.get_lines())
    mean = entries[1].mean("block")
    assert any(list(line.get_ydata()) == [mean.low, mean.high] for line in left.get_lines())
    assert {900, 1200} <= {x for line in left.get_lines() for x in line.get_xdata()}
    assert "ada" in alt_text(figure) and "1,200 parameters" in alt_text(figure)


def test_entries_of_two_profiles_are_not_drawn_together(tmp_path: Path) -> None:
    written(tmp_path, "ada")
    written(tmp_path, "emmy", runs=runs("full"))
    with pytest.raises(ValueError, match="one profile"):
        leaderboard.draw(leaderboard.read(tmp_path))
    with pytest.raises(ValueError, match="one profile"):
        leaderboard.draw([])
