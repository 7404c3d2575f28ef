"""From a claim to its result, and the states in between."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import course_lib.data
from authoring.claims import Finding, examine, from_lesson, ledgers, run_experiment
from authoring.claims.wording import FORMS, result_words
from course_lib.cli import make_app
from course_lib.errors import CourseError
from course_lib.session import Session

# The package's attribute of this name is the function.
fashion_mnist = sys.modules[course_lib.data.fashion_mnist.__module__]


def quiet(_: str) -> None:
    pass


def measure(course: Path) -> None:
    (ledger,) = ledgers(course)
    for experiment in ledger.experiments:
        run_experiment(ledger, experiment, say=quiet)


def found(course: Path) -> Finding:
    (ledger,) = ledgers(course)
    (finding,) = examine(ledger)
    return finding


def edit(course: Path, old: str, new: str) -> None:
    file = course / "claims/lesson_01.py"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def store(course: Path) -> Path:
    return course / "claims/results/lesson_01/sums.jsonl"


def test_a_claim_is_missing_then_fresh_then_stale_then_fresh_again(course: Path) -> None:
    assert found(course).state == "missing"
    assert "0 of 10 runs are there; run `course claims run 01 sums`" in found(course).why

    measure(course)
    fresh = found(course)
    assert (fresh.state, fresh.why, len(fresh.runs)) == ("fresh", "", 10)
    assert result_words(fresh, "mean") == "0.83"

    edit(course, "STEP = 0.01", "STEP = 0.02")
    stale = found(course)
    assert stale.state == "stale"
    assert "has changed" in stale.why
    assert result_words(stale, "mean") == "0.83"  # what was measured is still shown

    measure(course)
    assert found(course).state == "fresh"
    assert result_words(found(course), "mean") == "0.86"
    assert len(store(course).read_text().splitlines()) == 10  # the older runs are gone


def test_a_result_of_other_data_is_stale(course: Path) -> None:
    measure(course)
    edit(course, '"the data"', '"more data"')
    assert found(course).state == "stale"
    assert "measured on other data; run `course claims run 01 sums`" in found(course).why
    assert result_words(found(course), "mean") == "0.83"
    measure(course)
    assert found(course).state == "fresh"


@pytest.mark.parametrize("damaged", [False, True])
def test_data_that_is_not_here_is_neither_compared_nor_downloaded_nor_touched(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], damaged: bool
) -> None:
    measure(course)
    cache = course / "keras/datasets/fashion-mnist"
    cache.mkdir(parents=True)
    if damaged:
        cache.joinpath("train-images-idx3-ubyte.gz").write_bytes(b"no images")
    monkeypatch.setattr(fashion_mnist, "_download", lambda cache, file: pytest.fail("a download"))
    monkeypatch.setenv("FASHION_MNIST_DIR", str(cache))
    monkeypatch.setenv("KERAS_HOME", str(course / "keras"))
    edit(course, 'lambda: "the data"', "lambda: data.fashion_mnist().source")
    edit(course, "STEP =", "from course_lib import data\n\nSTEP =")
    before = sorted(cache.iterdir())
    assert found(course).state == "fresh"
    assert sorted(cache.iterdir()) == before
    assert capsys.readouterr().out == ""


def test_more_seeds_only_add_runs(course: Path) -> None:
    measure(course)
    before = store(course).read_text()
    edit(course, "(1, 2, 3, 4, 5)", "(1, 2, 3, 4, 5, 6)")
    assert found(course).state == "missing"
    measure(course)
    assert store(course).read_text().startswith(before)
    assert result_words(found(course), "seeds") == "6"


def test_a_result_that_says_something_else_contradicts_the_lesson(course: Path) -> None:
    edit(course, "0.8 if", "0.2 if")
    measure(course)
    assert found(course).state == "contradicted"
    assert "the lesson says 'higher', the runs say 'lower'" in found(course).why


@pytest.mark.parametrize(
    ("bound", "state", "why"),
    [
        ("at_least=0.8", "fresh", ""),
        ("at_most=0.9", "fresh", ""),
        # The mean, 0.83, keeps to these bounds; its interval does not.
        ("at_least=0.825", "contradicted", "the lesson says at least 0.825, the runs say 0.8"),
        ("at_most=0.835", "contradicted", "the lesson says at most 0.835, the runs say 0.8"),
    ],
)
def test_a_mean_alone_can_be_contradicted(course: Path, bound: str, state: str, why: str) -> None:
    edit(course, '"guess"),)', f"{bound}),)")
    measure(course)
    assert found(course).state == state
    assert why in found(course).why


def test_two_results_of_one_seed_that_differ_count_neither_and_are_measured_again(course: Path) -> None:
    measure(course)
    before = store(course).read_text()
    line = before.splitlines()[2]  # "sum" with seed 2
    store(course).write_text(before + line.replace('"seconds": ', '"seconds": 1') + "\n")
    assert found(course).state == "fresh"  # the same result twice makes no doubt
    store(course).write_text(before + line.replace("0.82", "0.99") + "\n")
    assert found(course).state == "missing"
    assert (
        "'sum' with seed 2 has two results that differ in claims/results/lesson_01/sums.jsonl; "
        "run `course claims run 01 sums`: it measures again"
    ) in found(course).why
    measure(course)
    assert found(course).state == "fresh"
    assert result_words(found(course), "mean") == "0.83"
    assert len(store(course).read_text().splitlines()) == 10


def test_a_damaged_result_is_named_kept_and_measured_again(course: Path) -> None:
    measure(course)
    torn = store(course).read_bytes()[:-30]
    store(course).write_bytes(torn)
    assert found(course).state == "missing"
    assert "line 10 of claims/results/lesson_01/sums.jsonl is not a run" in found(course).why
    assert store(course).read_bytes() == torn  # looking changes nothing
    measure(course)
    assert found(course).state == "fresh"
    assert store(course).with_name("sums.jsonl.damaged").read_bytes() == torn.splitlines()[-1] + b"\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"score", "sum", "guess"', '"score", "sum", "gues"', "has no variant 'gues'"),
        ("(1, 2, 3, 4, 5)", "(1, 2, 3, 4, 4)", "has 4 different seeds; give 5 or more"),
        ('"sums_win"', '"sums win"', "Claim 'sums win'"),
        ("from authoring", "from authorong", "ModuleNotFoundError"),
        ('"guess"),)', '"guess", "up"),)', "expected is 'up'"),
        ('"guess"),)', "None),)", "at_least or at_most belongs to a mean alone, which needs one of them"),
        ('"guess"),)', '"guess", at_most=1),)', "a comparison has `expected`"),
        ('"the data")', '"the data", "slow")', "'slow' is not one of smoke, quick, full"),
        ('"score", "sum"', '"scope", "sum"', "metric 'scope' was not measured"),
        ("(1, 2, 3, 4, 5)", "(1, 1, 2, 3, 4, 5)", "'sums': seeds=[1, 1, 2, 3, 4, 5] is not allowed"),
        ("(1, 2, 3, 4, 5)", "(-1, 1, 2, 3, 4)", "'sums': seeds=[-1, 1, 2, 3, 4] is not allowed"),
        ("5), run,", '5), __import__("functools").partial(run),', "'sums': run=functools.partial(<function"),
        ("5), run,", "5), lambda *each: run(*each),", "has no name here; write it with `def`"),
    ],
)
def test_a_claim_that_is_not_well_formed_is_named(course: Path, old: str, new: str, message: str) -> None:
    measure(course)
    edit(course, old, new)
    with pytest.raises(CourseError) as caught:
        found(course)
    assert message in str(caught.value)
    assert "lesson_01.py" in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ("", ["0.83", "0.53", "0.30", "0.30 to 0.30", "5 of 5", "0.062", "5"]),
        (
            ', unit="%", digits=1',
            ["83.0 %", "53.0 %", "30.0 points", "30.0 to 30.0 points", "5 of 5", "0.062", "5"],
        ),
        (', digits=0, unit="%"', ["83 %", "53 %", "30 points", "30 to 30 points", "5 of 5", "0.062", "5"]),
    ],
)
def test_the_forms_of_a_result(course: Path, arguments: str, shown: list[str]) -> None:
    edit(course, '"guess"),)', f'"guess"{arguments}),)')
    measure(course)
    assert [result_words(found(course), form) for form in FORMS[:-1]] == shown
    mean, against, difference, interval = shown[:4]
    assert result_words(found(course), "result") == (
        f"{mean} against {against}, a difference of {difference} (95 % interval {interval}, 5 paired seeds)"
    )


def test_no_difference_is_written_as_such_and_a_mean_stands_alone(course: Path) -> None:
    edit(course, '(0.8 if variant == "sum" else 0.5)', '(seed % 2 if variant == "sum" else 0.5)')
    edit(course, '"guess"),)', '"guess", "no detectable difference"),)')
    measure(course)
    assert found(course).state == "fresh"
    assert ": no detectable difference (95 % interval of the difference −0." in result_words(
        found(course), "result"
    )
    edit(course, '"guess", "no detectable difference"),)', "at_least=-1),)")
    assert result_words(found(course), "result").startswith("0.63 (95 % interval 0.")
    with pytest.raises(LookupError, match="compares nothing, so it has no 'difference'"):
        result_words(found(course), "difference")


def test_the_command_measures_shows_and_says_by_its_status_whether_all_is_fresh(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("authoring.cli.claims.project_root", lambda: course)
    course_command = make_app()

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(course_command, ["claims", *arguments], env={"COLUMNS": "150"})
        return result.exit_code, result.output

    code, shown = run("status")
    assert (code, "01.sums_win" in shown, "0 of 1 claims are fresh" in shown) == (1, True, True)
    code, shown = run("run", "01", "sums_win")
    assert code == 0
    assert "10 of 10 · guess, seed 5" in shown
    assert "1 of 1 claims are fresh" in shown
    narrow = CliRunner().invoke(course_command, ["claims", "status"], env={"COLUMNS": "50"})
    assert "01.sums_win " in narrow.output  # an id is one word, to be found and copied
    assert "0.062" in shown  # the sign test, beside the interval
    code, shown = run("status", "--json")
    (entry,) = json.loads(shown)
    assert code == 0
    assert (entry["id"], entry["state"], entry["result"]["seeds"]) == (
        "01.sums_win",
        "fresh",
        [1, 2, 3, 4, 5],
    )
    assert any(version.startswith("keras ") for version in entry["versions"])
    result = CliRunner().invoke(course_command, ["claims", "status", "01", "sums_loose"])
    assert isinstance(result.exception, CourseError)
    assert "choose one of sums, sums_win" in str(result.exception)


def test_a_lesson_lends_what_is_asked_for_without_the_rest_of_it(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("authoring.claims.claim.project_root", lambda: course)
    source = course / "solutions/01_small/01_small.py"
    source.write_text(
        source.read_text()
        + """

import math

half = offset / math.sqrt(4)


def shifted(numbers, by=1):
    model = total(numbers) + offset
    return model + half + by


model = exit()
model = 2
offset = 3
for step in (1, 2):
    math.sqrt(model)
step = {by: model for by in (1, 2)}
by = 3
"""
    )
    shifted, half = from_lesson("01_small", "shifted", "half", offset=10)
    assert (shifted([1, 2]), half) == (19, 5)
    assert from_lesson("01_small", "by") == (3,)
    with pytest.raises(LookupError, match="does not define shift"):
        from_lesson("01_small", "shift")
    with pytest.raises(ValueError, match=r"defines model in lines \d+ and \d+"):
        from_lesson("01_small", "model")


def test_a_lesson_set_up_anew_is_refused(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would give all runs the first weights of the lesson's own seed."""
    monkeypatch.setattr("authoring.claims.claim.project_root", lambda: course)
    source = course / "solutions/01_small/01_small.py"
    session = "import course_lib\nsession = course_lib.setup(seed=1)"
    count = "count = session.pick(smoke=1, quick=2, full=3)"
    source.write_text(f"{source.read_text()}\n{session}\n{count}\n")
    with pytest.raises(ValueError, match="hand one over: `session=session`"):
        from_lesson("01_small", "count")
    assert from_lesson("01_small", "count", session=Session(7, "quick")) == (2,)
