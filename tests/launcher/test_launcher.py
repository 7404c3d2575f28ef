"""The launcher `./course`: first use, later uses, and what can go wrong before the command line starts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import REPOSITORY, UV, Course


def wait_for(condition: object) -> None:
    """Until `condition()` holds; a launcher that never gets there fails the test."""
    deadline = time.monotonic() + 30
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "the launcher did not get there"
        time.sleep(0.02)


# ---- Starting ----


def test_first_use_makes_the_environment_and_hands_over(course: Course) -> None:
    done = course.run("grade", "two words", FAKE_STATUS="7")
    assert (
        done.stdout == f"in {course.root}: -m course_lib.cli grade two words\n"
    )  # nothing of ours on stdout
    assert done.returncode == 7
    assert "first use" in done.stderr
    [install] = course.calls("requirements.lock")
    assert "--require-hashes" in install
    [register] = course.calls(" -e ")
    assert "--no-index --no-deps --no-build-isolation" in register
    assert not list(course.root.glob(".venv.*"))


def test_second_use_starts_at_once(course: Course) -> None:
    course.run()
    before = course.calls_file.read_text()
    done = course.run("doctor")
    assert done.stderr == ""
    assert course.calls_file.read_text() == before + "python -P -m course_lib.cli doctor\n"


def test_works_from_another_folder_and_through_links(course: Course, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "bin").mkdir(parents=True)
    (elsewhere / "first").symlink_to("../my course/course")  # relative to the link, not to where one stands
    (elsewhere / "bin" / "course").symlink_to(elsewhere / "first")
    for program in (course.root / "course", elsewhere / "bin" / "course", Path("../first"), Path("course")):
        cwd = course.root if program == Path("course") else elsewhere / "bin"
        words = ["sh", "course"] if program == Path("course") else [str(program)]
        done = subprocess.run(words, cwd=cwd, env=course.environment(), capture_output=True, text=True)
        assert done.stdout == f"in {cwd}: -m course_lib.cli\n", done.stderr
    assert course.installations() == 1
    assert (course.root / ".venv").is_dir()


def test_settings_of_another_python_project_do_not_leak_in(course: Course) -> None:
    course.program(
        "python3.12", (course.programs / "python3.12").read_text().replace("in $PWD", "${PYTHONPATH-unset}")
    )
    assert course.run(PYTHONPATH="/some/robot").stdout.startswith("unset:")


# ---- Choosing a Python ----


def test_takes_the_first_python_that_really_works(course: Course) -> None:
    course.program("python3.13", "#!/bin/sh\necho 'pyenv: python3.13: command not found' >&2\nexit 127\n")
    course.python("python3", "3.9")
    assert course.run().returncode == 0
    assert (course.root / ".venv/packages.stamp").read_text().splitlines()[1] == "3.12 /opt/3.12"


def test_course_python_comes_first(course: Course, tmp_path: Path) -> None:
    mine = course.python("python3.11", "3.11").rename(tmp_path / "mine")
    course.run(COURSE_PYTHON=str(mine))
    assert "3.11 " in (course.root / ".venv/packages.stamp").read_text()
    course.run()  # without it, what is there stays
    assert course.installations() == 1
    again = course.run(COURSE_PYTHON=str(course.programs / "python3.12"))
    assert "COURSE_PYTHON names another Python" in again.stderr
    assert course.installations() == 2


def test_unsuitable_pythons_are_named_with_the_way_out(bare_course: Course) -> None:
    bare_course.python("python3", "3.9")
    bare_course.python("python", "3.14")
    bare_course.program("python3.13", "#!/bin/sh\nexit 127\n")
    done = bare_course.run()
    assert done.returncode == 1
    assert "python3.13 does not start; python3 is Python 3.9; python is Python 3.14" in done.stderr
    assert "apt install python3" in done.stderr and "uv" in done.stderr
    assert not (bare_course.root / ".venv").exists()


@pytest.mark.parametrize(
    ("version", "found"), [("3.10", "is Python 3.10"), (None, "there is no such program")]
)
def test_unsuitable_course_python_is_not_passed_over(course: Course, version: str | None, found: str) -> None:
    if version:
        course.python("old", version)
    course.run()
    done = course.run(COURSE_PYTHON="old")
    assert done.returncode == 1
    assert "COURSE_PYTHON=old" in done.stderr and found in done.stderr and "unset it" in done.stderr


def test_no_python_at_all(bare_course: Course) -> None:
    done = bare_course.run()
    assert done.returncode == 1
    assert (
        "no suitable Python" in done.stderr and "found: none" in done.stderr and "python.org" in done.stderr
    )


def test_python_without_its_venv_module(bare_course: Course) -> None:
    bare_course.python("python3.11", "3.11", able="no")
    done = bare_course.run()
    assert done.returncode == 1
    assert "sudo apt install python3.11-venv" in done.stderr
    bare_course.python("python3", "3.12")  # a complete one further down the list is taken
    assert bare_course.run().returncode == 0


# ---- uv ----


def test_uv_installs_when_it_is_there(course: Course) -> None:
    course.program("uv", UV)
    done = course.run("doctor", FAKE_PYTHON=str(course.programs / "python3.12"))
    assert done.stdout.endswith("course_lib.cli doctor\n"), done.stderr
    [install] = course.calls("requirements.lock")
    assert install.startswith("uv pip sync") and "--require-hashes" in install
    assert course.calls("--offline --no-deps --no-build-isolation -e")
    assert not course.calls("-m pip")


def test_uv_fetches_a_python_when_there_is_none(bare_course: Course, tmp_path: Path) -> None:
    bare_course.program("uv", UV)
    fetched = bare_course.python("python3.12", "3.12").rename(tmp_path / "fetched")
    done = bare_course.run(FAKE_PYTHON=str(fetched))
    assert done.returncode == 0, done.stderr
    assert bare_course.calls("venv --quiet --allow-existing --python 3.12")
    assert bare_course.run().stderr == ""


def test_uv_that_does_not_start_is_passed_over(course: Course) -> None:
    course.program("uv", "#!/bin/sh\nexit 127\n")
    assert course.run().returncode == 0
    assert course.calls("-m pip")


def test_environment_of_uv_stays_good_when_uv_goes(course: Course) -> None:
    uv = course.program("uv", UV)
    course.run(FAKE_PYTHON=str(course.programs / "python3.12"))
    uv.unlink()
    (course.root / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    done = course.run("doctor")
    assert done.stdout.endswith("course_lib.cli doctor\n"), done.stderr
    assert course.installations() == 1
    assert course.calls("-m pip install --quiet")


# ---- Failures of the installation ----


def test_no_disk(course: Course) -> None:
    course.disk(1500 * 1024)
    done = course.run()
    assert done.returncode == 1
    assert "1500 MB free" in done.stderr and "5 GB" in done.stderr
    assert course.installations() == 0


FAILURES = {
    "WARNING: Retrying after connection broken by 'NewConnectionError(...)'": "Check your connection",
    "ReadTimeoutError: HTTPSConnectionPool: Read timed out.": "Check your connection",
    "error: dns error: failed to lookup address information": "Check your connection",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.": "SHA-256 differs",
    "Hash mismatch for `tiny==1.0`": "SHA-256 differs",
    "OSError: [Errno 28] No space left on device": "the disk became full",
    "ERROR: No matching distribution found for tiny==1.0": "no build for this computer",
    "something that nobody expected": "install.log",
}


@pytest.mark.parametrize("installer", ["pip", "uv"])
@pytest.mark.parametrize(("trouble", "advice"), FAILURES.items())
def test_each_trouble_has_its_own_words_and_a_retry_finishes(
    course: Course, installer: str, trouble: str, advice: str
) -> None:
    if installer == "uv":
        course.program("uv", UV)
    fake = {"FAKE_PYTHON": str(course.programs / "python3.12")}
    done = course.run(FAKE_FAILURE=trouble, **fake)
    assert done.returncode == 1
    assert [words for words in set(FAILURES.values()) if words in done.stderr] == [advice]
    assert "./course again" in done.stderr or "Use one of these" in done.stderr
    retry = course.run("doctor", **fake)
    assert "did not finish" in retry.stderr
    assert retry.stdout.endswith("cli doctor\n")


def test_folder_that_cannot_be_written(course: Course) -> None:
    course.run()
    course.program("mkdir", "#!/bin/sh\necho 'mkdir: Read-only file system' >&2\nexit 1\n")
    assert course.run().returncode == 0  # a finished environment needs no writing
    shutil.rmtree(course.root / ".venv")
    done = course.run()
    assert done.returncode == 1
    assert (
        "cannot be written (mkdir: Read-only file system)" in done.stderr and "Copy the course" in done.stderr
    )


def test_someone_elses_environment_is_left_alone(course: Course) -> None:
    (course.root / ".venv/bin").mkdir(parents=True)
    done = course.run()
    assert done.returncode == 1
    assert "./course did not make it" in done.stderr
    assert (course.root / ".venv/bin").is_dir()


def test_incomplete_copy_of_the_course(course: Course) -> None:
    (course.root / "requirements.lock").unlink()
    done = course.run()
    assert done.returncode == 1
    assert "requirements.lock" in done.stderr and "fresh copy" in done.stderr


# ---- Interrupted, changed, moved ----


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_interrupted_half_way_the_next_run_finishes(
    course: Course, tmp_path: Path, how: signal.Signals
) -> None:
    hold = tmp_path / "hold"
    hold.touch()
    process = course.start(FAKE_HOLD=str(hold))
    wait_for(course.installations)
    os.killpg(process.pid, how)
    _, err = process.communicate(timeout=30)
    if how != signal.SIGKILL:
        assert process.returncode == 130
        assert "Run ./course again to finish" in err
        assert not (course.root / ".venv.lock").exists()
    retry = course.run("doctor")
    assert retry.stdout.endswith("cli doctor\n")
    assert "did not finish" in retry.stderr
    assert course.installations() == 2
    assert course.run().stderr == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            lambda root: (root / "requirements.lock").write_text("tiny==2.0 --hash=sha256:00\n"),
            "lock has changed",
        ),
        (lambda root: (root / ".venv/bin/python").unlink(), "Python it was made with is gone"),
    ],
    ids=["lock", "python"],
)
def test_what_is_out_of_date_is_made_again(course: Course, change: object, why: str) -> None:
    course.run()
    (course.root / ".venv/left-over").touch()
    change(course.root)  # type: ignore[operator]
    done = course.run()
    assert done.returncode == 0
    assert why in done.stderr
    assert course.installations() == 2
    assert not list(course.root.glob(".venv*/left-over"))
    assert course.run().stderr == ""


def test_moved_folder_is_made_again(course: Course, tmp_path: Path) -> None:
    course.run()
    moved = Course(
        course.root.rename(tmp_path / "new place"), course.programs, course.tools, course.calls_file
    )
    done = moved.run()
    assert f"moved from {course.root}" in done.stderr
    assert course.installations() == 2


def test_changed_pyproject_only_registers_the_course_again(course: Course) -> None:
    course.run()
    (course.root / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    course.run()
    assert course.installations() == 1
    assert len(course.calls(" -e ")) == 2


# ---- Two at once ----


def test_two_at_once_install_once(course: Course, tmp_path: Path) -> None:
    hold = tmp_path / "hold"
    hold.touch()
    first = course.start("first", FAKE_HOLD=str(hold))
    wait_for(course.installations)
    second = course.start("second")
    assert second.stderr is not None
    assert f"(process {first.pid} " in second.stderr.readline()
    hold.unlink()
    for process, word in ((first, "first"), (second, "second")):
        out, err = process.communicate(timeout=60)
        assert out == f"in {course.root}: -m course_lib.cli {word}\n", err
    assert course.installations() == 1


def test_lock_of_a_dead_launcher_goes_to_one_heir(course: Course) -> None:
    dead = subprocess.run(["sh", "-c", "echo $$"], capture_output=True, text=True).stdout.strip()
    lock = course.root / ".venv.lock"
    lock.mkdir()
    (lock / "owner").write_text(f"{dead} {os.uname().nodename}\n")
    processes = [course.start(str(number)) for number in range(4)]
    for process in processes:
        assert process.wait(timeout=60) == 0
        process.communicate()
    assert course.installations() == 1
    assert not lock.exists()


# ---- The script itself ----


def test_is_plain_posix_and_names_no_registry() -> None:
    text = (REPOSITORY / "course").read_text()
    assert text.startswith("#!/bin/sh\n")
    assert os.access(REPOSITORY / "course", os.X_OK)
    assert "--index-url" not in text and "--extra-index" not in text and "http" not in text
    shell = shutil.which("dash") or "sh"
    assert subprocess.run([shell, "-n", REPOSITORY / "course"], capture_output=True).returncode == 0
