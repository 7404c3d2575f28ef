"""A small copy of the course, with stand-ins for Python, uv and df on a private PATH: quick and offline."""

from __future__ import annotations

import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TOOLS = ["awk", "cat", "chmod", "cksum", "cp", "dirname", "grep", "mkdir", "mv", "ps", "readlink"]
TOOLS += ["rm", "rmdir", "sh", "sleep", "tail", "uname"]

# Answers the launcher's question about itself, makes environments (its own copy in bin/), and plays pip and
# the command line of the course. FAKE_FAILURE: the installer says this and fails. FAKE_HOLD: while that file
# exists, the installer works on.
PYTHON = """#!/bin/sh
echo "python $*" >>"$CALLS"
case "$1 $2" in
    "-I -c") printf '%s\\n' VERSION ABLE /opt/VERSION "$0" ;;
    "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$0" "$3/bin/pip" ;;
    "-m ensurepip") cp "$0" "${0%/*}/pip" ;;
    "-m pip")
        if [ ! -e "${0%/*}/pip" ]; then echo "No module named pip" >&2; exit 1; fi
        for word do
            if [ "$previous" = --log ]; then log=$word; fi
            previous=$word
        done
        case "$*" in *requirements.lock*)
            while [ -e "$FAKE_HOLD" ]; do sleep 0.05; done
            if [ -n "$FAKE_FAILURE" ]; then echo "$FAKE_FAILURE" >>"$log"; exit 1; fi
        esac ;;
    "-P -m") shift; echo "in $PWD: $*"; exit "${FAKE_STATUS:-0}" ;;
    *) exit 9 ;;
esac
"""

UV = """#!/bin/sh
echo "uv $*" >>"$CALLS"
for word do last=$word; done
case "$*" in
    --version) echo "uv 1.0" ;;
    *"venv "*) mkdir -p "$last/bin" && cp "$FAKE_PYTHON" "$last/bin/python" ;;
    *"pip sync"*) if [ -n "$FAKE_FAILURE" ]; then echo "$FAKE_FAILURE" >&2; exit 1; fi ;;
esac
"""

DF = """#!/bin/sh
echo "Filesystem 1024-blocks Used Available Capacity Mounted on"
echo "//server/a share 500000000 1 FREE_KB 40% /home"
"""


def heed_signals() -> None:
    """As in a terminal, whatever the tests were started from: a background job, say, ignores Ctrl-C."""
    signals = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    for each in signals:
        signal.signal(each, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)


@dataclass(frozen=True)
class Course:
    """A copy of the course to start, and what it finds on its PATH: first `programs`, with the stand-ins
    and only those, then `tools`, with links to the machine's own programs and is never written to.
    """

    root: Path
    programs: Path
    tools: Path
    calls_file: Path

    def environment(self, **more: str) -> dict[str, str]:
        fake = {"FAKE_HOLD": "", "FAKE_FAILURE": ""}
        path = f"{self.programs}:{self.tools}"
        return {"PATH": path, "HOME": str(self.root.parent), "CALLS": str(self.calls_file)} | fake | more

    def start(
        self, *words: str, program: Path | None = None, cwd: Path | None = None, **env: str
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(program or self.root / "course"), *words],
            cwd=cwd or self.root,
            env=self.environment(**env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a test interrupts it with all its children, as a terminal does
            preexec_fn=heed_signals,
        )

    def run(self, *words: str, **options: object) -> subprocess.CompletedProcess[str]:
        process = self.start(*words, **options)  # type: ignore[arg-type]
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def program(self, name: str, text: str) -> Path:
        path = self.programs / name
        path.unlink(missing_ok=True)  # never write through a link, into a program of the machine
        path.write_text(text)
        path.chmod(0o755)
        return path

    def python(self, name: str, version: str, able: str = "yes") -> Path:
        return self.program(name, PYTHON.replace("VERSION", version).replace("ABLE", able))

    def disk(self, free_kb: int) -> None:
        self.program("df", DF.replace("FREE_KB", str(free_kb)))

    def calls(self, part: str) -> list[str]:
        """The calls so far of the stand-ins that contain these words."""
        lines = self.calls_file.read_text().splitlines() if self.calls_file.exists() else []
        return [line for line in lines if part in line]

    def installations(self) -> int:
        return len(self.calls("requirements.lock"))


@pytest.fixture
def bare_course(tmp_path: Path) -> Course:
    """No Python at all."""
    root = tmp_path / "my course"  # a space, as in many a home folder
    course = Course(root, tmp_path / "programs", tmp_path / "tools", tmp_path / "calls")
    for folder in (root, course.programs, course.tools):
        folder.mkdir()
    shutil.copy(REPOSITORY / "course", root / "course")
    (root / "requirements.lock").write_text("tiny==1.0 --hash=sha256:00\n")
    (root / "pyproject.toml").write_text("[project]\n")
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"the launcher needs the program {tool}"
        (course.tools / tool).symlink_to(found)
    course.disk(100 * 2**20)
    return course


@pytest.fixture
def course(bare_course: Course) -> Course:
    """With a good Python 3.12 on the PATH."""
    bare_course.python("python3.12", "3.12")
    return bare_course
