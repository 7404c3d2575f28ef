"""What a cell can do behind the walls, and what it cannot."""

from __future__ import annotations

import contextlib
import secrets
import time
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.sandbox import confinement, limits, supervisor
from autograder.sandbox.limits import MB, Limits, limits_of_lesson, require_known_names
from autograder.sandbox.supervisor import CellResult, SubmissionRun, WarmParent, run_notebook
from course_lib.errors import CourseError
from course_lib.paths import project_root

PR_SET_NAME = 15
QUICK = Limits(cell_seconds=3)


def run(parent: WarmParent, *sources: str, limits: Limits = QUICK) -> list[CellResult]:
    return list(run_notebook(parent.sandboxes(), dict(enumerate(sources)), limits).values())


def text(result: CellResult) -> str:
    return "".join(output.get("text", "") or output.get("evalue", "") for output in result.outputs)


def test_cells_run_as_in_a_notebook(warm_parent: WarmParent) -> None:
    first, second, third = run(warm_parent, "x = 20\nprint('hello')", "x + 1", "1 / 0")
    assert text(first) == "hello\n"
    assert second.outputs[0]["data"]["text/plain"] == "21"
    assert (third.outputs[0]["ename"], third.outcome) == ("ZeroDivisionError", "done")


def test_keras_and_figures_work_in_a_fork(warm_parent: WarmParent) -> None:
    keras = "import keras, numpy as np\nx = keras.Input((4,))\nm = keras.Model(x, keras.layers.Dense(2)(x))\n"
    fit = (
        "m.compile('sgd', 'mse')\n"
        "m.fit(np.ones((8, 4)), np.ones((8, 2)), verbose=0)\n"
        "m(np.ones((3, 4))).shape"
    )
    trained, drawn = run(
        warm_parent,
        keras + fit,
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        limits=Limits(),
    )
    assert trained.outputs[-1]["data"]["text/plain"] == "TensorShape([3, 2])"
    assert "image/png" in drawn.outputs[-1]["data"]


FORBIDDEN = {
    "solutions": f"open({str(project_root() / 'pyproject.toml')!r})",
    "shadow": "open('/etc/shadow')",
    "home": f"open({str(Path.home() / '.profile')!r})",
    "write": "open('/usr/lib/mine', 'w')",
    "packages": "import keras\nopen(keras.__file__, 'a')",
    "internet": "import socket\nsocket.socket()",
    "namespace": "import ctypes\nif ctypes.CDLL(None).unshare(0x10000000): raise OSError('refused')",
    "other processes": "import os\nos.kill(1 if os.getpid() != 1 else 2, 9)",
    "memory": "bytearray(50 * 10**9)",
    "disk": "open('/tmp/big', 'wb').write(bytes(500 * 10**6))",
    "set-uid": "import os\nos.setuid(0)",
    "lease": "import fcntl\nfcntl.fcntl(open('/tmp/mine', 'w'), fcntl.F_SETLEASE, fcntl.F_WRLCK)",
    "everybody's disk": "import ctypes\nif ctypes.CDLL(None).syncfs(0): raise OSError('refused')",
}


@pytest.mark.parametrize("source", FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_must_not_work_is_an_error(source: str, warm_parent: WarmParent) -> None:
    if confinement.missing(warm_parent.layers):
        pytest.fail(f"walls are missing here: {confinement.missing(warm_parent.layers)}")
    (result,) = run(warm_parent, source)
    assert [output["output_type"] for output in result.outputs] == ["error"], text(result)


def test_only_the_course_library_is_visible(warm_parent: WarmParent) -> None:
    (result,) = run(warm_parent, f"import os\nprint(sorted(os.listdir({str(project_root())!r})))")
    assert set(eval(text(result))) <= {"course_lib", ".venv"}


def test_the_environment_tells_nothing(warm_parent: WarmParent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hidden")
    (result,) = run(warm_parent, "import os\nprint(dict(os.environ))")
    assert "SECRET_TOKEN" not in text(result) and str(Path.home()) not in text(result)


def test_a_stuck_cell_costs_itself_only(warm_parent: WarmParent) -> None:
    stubborn = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    start = time.monotonic()
    before, stuck, after = run(warm_parent, "a = 1", stubborn, "print(a)", limits=Limits(cell_seconds=1))
    assert (before.outcome, stuck.outcome, after.outcome) == ("done", "time", "done")
    assert text(after) == "1\n"
    assert time.monotonic() - start < 30


def test_a_cell_that_ends_its_kernel_costs_itself_only(warm_parent: WarmParent) -> None:
    outcomes = [r.outcome for r in run(warm_parent, "a = 1", "import os\nos._exit(0)", "print(a)")]
    assert outcomes == ["done", "crash", "done"]


def test_a_flood_is_cut_and_counted(warm_parent: WarmParent) -> None:
    (result,) = run(warm_parent, "print('x' * 10**6)", limits=Limits(output=1000))
    assert len(text(result)) == 1000 and result.dropped >= 10**6 - 1000


def test_output_that_was_cleared_takes_no_room(warm_parent: WarmParent) -> None:
    loop = (
        "from IPython.display import clear_output\n"
        "for _ in range(5):\n"
        "    clear_output(wait=True)\n"
        "    print('x' * 900)"
    )
    (result,) = run(warm_parent, loop, limits=Limits(output=1000))
    assert (result.outcome, text(result)) == ("done", "x" * 900 + "\n")


@pytest.mark.parametrize(
    "source",
    [
        "import faulthandler\nfaulthandler.enable()",
        "import subprocess, sys\nsubprocess.run(['echo'], stdout=sys.stdout, stderr=sys.stderr, check=True)",
        "import sys\nsys.stdout.reconfigure(encoding='utf-8', line_buffering=True)",
        "import sys\nsys.stdout.buffer.write(b'words')\nsys.stdout.buffer.flush()",
    ],
)
def test_what_programs_do_with_stdout_works(source: str, warm_parent: WarmParent) -> None:
    (result,) = run(warm_parent, f"{source}\nprint('done')")
    assert result.outputs[0]["output_type"] == "stream" and text(result).endswith("done\n")


def test_a_good_cell_is_repeated_after_the_time_of_the_others_is_over(warm_parent: WarmParent) -> None:
    most = Limits(cell_seconds=3, total_seconds=8, test_seconds=4)
    good, ends = "import time\ntime.sleep(1.4)\nx = 1", "time.sleep(1.6)\nimport os\nos._exit(0)"
    test_cell = '# "exercise": "squeeze"\nprint(x)'
    done, *_, tested = run(warm_parent, good, ends, "x", test_cell, limits=most)
    assert (done.outcome, tested.outcome, text(tested)) == ("done", "done", "1\n")


def test_stuck_cells_leave_time_for_the_test_cells(warm_parent: WarmParent) -> None:
    most = Limits(cell_seconds=1, total_seconds=5, test_seconds=3)
    stuck = "import time\ntime.sleep(60)"
    test_cell = '# "exercise": "squeeze"\nprint(\'looked at\')'
    *own, tested = run(warm_parent, "x = 1", *6 * [stuck], test_cell, limits=most)
    assert [result.outcome for result in own][:2] == ["done", "time"]
    assert own[-1].outcome == "not run"
    assert (tested.outcome, text(tested)) == ("done", "looked at\n")


def test_a_detached_process_does_not_outlive_the_run(warm_parent: WarmParent) -> None:
    name = f"daemon-{secrets.token_hex(4)}"
    daemon = (
        "import ctypes, os, time\n"
        f"ctypes.CDLL(None).prctl({PR_SET_NAME}, {name.encode()!r}, 0, 0, 0)\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(600)\n"
        "    os._exit(0)\n"
    )
    with SubmissionRun(warm_parent.sandboxes(), Limits()) as going:
        going.cell(daemon)
        assert len(named(name)) == 2  # the cell's own process, and the one it left
    time.sleep(0.3)
    assert not named(name)


def named(name: str) -> list[Path]:
    """The processes of this machine that call themselves so."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            found += [process] if (process / "comm").read_text().strip() == name else []
    return found


def test_nothing_is_left_for_the_next_submission(warm_parent: WarmParent) -> None:
    run(warm_parent, "open('/tmp/left', 'w').write('x')\nopen('/dev/shm/left', 'w').write('x')")
    (result,) = run(warm_parent, "import os\nprint('left' in os.listdir('/tmp') + os.listdir('/dev/shm'))")
    assert text(result) == "False\n"


@pytest.mark.slow
def test_a_hundred_forks_leave_no_child_and_no_descriptor(warm_parent: WarmParent) -> None:
    run(warm_parent, "1")
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(100):
        assert run(warm_parent, "1 + 1", limits=Limits(files=20 * MB))[0].outcome == "done"
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors


def test_honest_output_in_many_small_lines_is_kept(warm_parent: WarmParent) -> None:
    (result,) = run(warm_parent, "for _ in range(100_000): print('x' * 49)", limits=Limits())
    assert (result.outcome, len(text(result))) == ("done", 5_000_000)


def test_processor_time_is_told_from_memory(warm_parent: WarmParent) -> None:
    (result,) = run(warm_parent, "while True: pass", limits=Limits(cpu_seconds=2))
    assert result.outcome == "time"


@pytest.mark.slow
def test_memory_of_quick_cells_is_looked_at_too(warm_parent: WarmParent) -> None:
    grow = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    held = [bytearray(b'x' * 20_000_000) for _ in range(60)]\n"
        "    time.sleep(60)\n"
        "    os._exit(0)\n"
    )
    cells = [grow, *["import time\ntime.sleep(0.4)"] * 20]  # on a busy machine it grows slowly
    outcomes = [result.outcome for result in run(warm_parent, *cells, limits=Limits(memory=900 * MB))]
    assert "memory" in outcomes


def test_what_a_cell_wrote_can_be_imported(warm_parent: WarmParent) -> None:
    written, imported = run(warm_parent, "%%writefile helper.py\nanswer = 42", "import helper\nhelper.answer")
    assert imported.outputs[-1]["data"]["text/plain"] == "42", written


def test_a_course_inside_a_visible_folder_shows_its_library_only(
    warm_parent: WarmParent, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = tmp_path_factory.mktemp("usr-local")
    course = around / "src" / "course"
    for name in ("solutions/01.py", "course_lib/blocks.py", "gradebook.db", ".course/class_secret"):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text("words")
    (around / "python").write_text("visible")
    around.chmod(0o755)  # for the child's own user
    usual = supervisor.readable_places
    shown = [str(around), str(course / "course_lib")]
    monkeypatch.setattr(supervisor, "readable_places", lambda data: usual(data) + shown)
    monkeypatch.setattr(supervisor, "_concealed_places", lambda: [str(course)])
    look = f"import pathlib\nprint(sorted(p.name for p in pathlib.Path({str(around)!r}).rglob('*')))"
    seen, written = run(warm_parent, look, f"open({str(course / 'new')!r}, 'w')")
    assert text(seen) == "['blocks.py', 'course', 'course_lib', 'python', 'src']\n"
    assert written.outputs[0]["output_type"] == "error"


def test_of_the_data_folder_only_the_data_is_visible(
    warm_parent: WarmParent, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("data")
    (folder / "t10k-labels-idx1-ubyte.gz").write_text("labels")
    (folder / "secret.txt").write_text("secret")
    monkeypatch.setenv("FASHION_MNIST_DIR", str(folder))
    (seen,) = run(warm_parent, f"import os\nprint(os.listdir({str(folder)!r}))")
    assert text(seen) == "['t10k-labels-idx1-ubyte.gz']\n"


def test_a_limit_that_is_none_is_named() -> None:
    for refuses in (limits_of_lesson, require_known_names):
        with pytest.raises(CourseError, match="no limit called 'cell_secs'"):
            refuses("01_channel_attention", {"cell_secs": 60.0})


@pytest.mark.parametrize(
    ("table", "entry", "said"),
    [
        ("LESSONS", {"11": {"total_seconds": 600.0}}, "There is no lesson called '11'."),
        ("LESSONS", {"1": {"total_seconds": 600.0}}, "There is no lesson called '1'."),
        ("LESSONS", {"01": {"total_secs": 600.0}}, "There is no limit called 'total_secs'."),
        ("EXERCISES", {"bma": {"cell_seconds": 60.0}}, "There is no exercise called 'bma'."),
        ("EXERCISES", {"bam": {"cells_second": 60.0}}, "There is no limit called 'cells_second'."),
    ],
)
def test_a_name_in_the_tables_that_is_none_is_named(
    monkeypatch: pytest.MonkeyPatch, table: str, entry: dict[str, dict[str, float]], said: str
) -> None:
    monkeypatch.setattr(limits, table, entry)
    with pytest.raises(CourseError) as refused:
        require_known_names("01_channel_attention", {})
    assert refused.value.what == said
    assert refused.value.where.startswith(table)


def test_a_lesson_that_only_the_class_has_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LESSONS", {"01": {"memory": 1}, "42": {"memory": 2}})
    require_known_names("42_of_a_class", {})
    assert limits_of_lesson("42_of_a_class") == Limits(memory=2)


def test_the_tables_set_the_limits_of_lessons_and_exercises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LESSONS", {"01": {"total_seconds": 600.0, "memory": 1}})
    monkeypatch.setattr(limits, "EXERCISES", {"bam": {"cell_seconds": 60.0}})
    require_known_names("01_channel_attention", {})
    most = limits_of_lesson("01_channel_attention", {"memory": 2})
    assert most == Limits(total_seconds=600.0, memory=2)
    assert limits.limits_of_cell('check({"exercise": "bam"})', most) == replace(most, cell_seconds=60.0)
    assert limits.limits_of_cell("1 + 1", most) == most
