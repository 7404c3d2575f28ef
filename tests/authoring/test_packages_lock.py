"""A new lock takes the old one's place only after a test run with it."""

import subprocess
from pathlib import Path

import pytest

from authoring.packages_lock import changes, refresh_lock
from course_lib.errors import CourseError

OLD = "loom==1.0 \\\n    --hash=sha256:11\nyarn==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:22\n"
NEW = "loom==1.1 \\\n    --hash=sha256:33\nwool==3.0 \\\n    --hash=sha256:44\n"
# Stand-ins for uv, which writes the lock named by its option, and for the launcher.
UV = """#!/bin/sh
echo "$*" >>"$CALLS"
while [ "$1" != --output-file ]; do shift; done
cp "$RESOLVED" "$2"
"""
COURSE = """#!/bin/sh
echo "$PWD: $*" >>"$CALLS"
grep -q 'loom==1.1' requirements.lock || exit 9
echo "what the tests said"
exit "$VERDICT"
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course in git, with a uv that resolves to NEW."""
    root, programs = tmp_path / "course", tmp_path / "programs"
    for path, text in (
        (programs / "uv", UV),
        (root / "course", COURSE),
        (root / "requirements.lock", OLD),
        (root / ".gitignore", "build/\n"),
        (root / "build" / "huge", "not to be copied"),
        (tmp_path / "resolved", NEW),
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setattr(
        "sys.executable", str(programs / "python")
    )  # an uv beside the real one is passed over
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("RESOLVED", str(tmp_path / "resolved"))
    monkeypatch.setenv("VERDICT", "0")
    return root


def test_what_changes_is_told_by_package() -> None:
    assert changes(OLD, NEW) == ["loom: 1.0 → 1.1", "wool: new → 3.0", "yarn: 2.0 → not needed any more"]
    assert changes(OLD, OLD.replace("11", "55")) == []


def test_a_lock_that_passes_is_kept(course: Path, tmp_path: Path) -> None:
    log = course / "build" / "lock.log"
    assert len(refresh_lock(course, True, ["-m", "quick"], log)) == 3
    assert course.joinpath("requirements.lock").read_text() == NEW
    assert log.read_text() == "what the tests said\n"
    resolved, tested = tmp_path.joinpath("calls").read_text().splitlines()
    assert "--universal" in resolved and "--generate-hashes" in resolved and "--upgrade" in resolved
    assert tested.endswith(": test -m quick") and not tested.startswith(str(course))


def test_a_lock_that_fails_is_not(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERDICT", "1")
    with pytest.raises(CourseError, match="stays as it was") as failure:
        refresh_lock(course, False, [], course / "build" / "lock.log")
    assert "lock.log" in str(failure.value)
    assert course.joinpath("requirements.lock").read_text() == OLD


def test_without_a_change_nothing_is_tested(course: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("resolved").write_text(OLD)
    assert refresh_lock(course, False, [], course / "build" / "lock.log") == []
    assert len(tmp_path.joinpath("calls").read_text().splitlines()) == 1


def test_without_uv_the_way_out_is_named(course: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("programs", "uv").unlink()
    with pytest.raises(CourseError, match="uv is not installed"):
        refresh_lock(course, False, [], course / "build" / "lock.log")
