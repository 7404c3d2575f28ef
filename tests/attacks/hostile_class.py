"""A class in which nearly everybody attacks the grader, graded by `course grade` as one user or another."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from folders import PRANKS, STUDENTS, UNPRINTABLE
from nbgrader.api import Gradebook
from short_course import LESSON, PREPROCESS, lesson_source, solution, test_cell

from authoring.building import build_lessons
from autograder.course_folder import CourseFolder
from autograder.grading.worker_pool import MOST_WORKERS
from autograder.keys import class_keys
from autograder.sandbox.confinement import FIRST_UID
from autograder.sandbox.limits import MB
from course_lib.paths import project_root
from notebooks import CHANGES, HALF, Notebook

HERE = Path(__file__).parent
ANSWERS = sorted((HERE / "preprocess").rglob("*.*py"))
RIGHT = {"preprocess": PREPROCESS.strip(), "quiz_pixels": "quiz_pixels = 47_040_000"}
ORDINARY_UID = 3_000_000_000 + os.getpid()  # nobody else's
USERS = ["root", "an ordinary user"] if os.getuid() == 0 else ["an ordinary user"]
HONEST = ("aa_first_honest", "zz_last_honest")
# One or two of every kind, since nbgrader takes seconds for each.
PLAIN = frozenset(
    (
        *HONEST,
        *("forge_frames_ahead", "forge_forged_verdict", "forge_hooks_of_the_shell", "forge_npz_bombs"),
        *("escape_sockets", "escape_system_calls", "escape_files_of_others", "escape_environment_in_memory"),
        *(
            "escape_signals_to_everybody",
            "exhaust_endless_loop",
            "exhaust_exit_at_once",
            "exhaust_fork_storm",
        ),
        *("exhaust_memory_of_many_processes", "exhaust_printed_flood", "exhaust_many_displays"),
        *("exhaust_frame_of_empty_lists", "outlive_daemon", "outlive_no_death_signal", "show_scripts"),
        *("show_slow_to_render", "skipped_tests", "more_points", "tests_thrice", "no_tests", "other_tests"),
        *("scripts_everywhere", "hostile_attachments", "modules_beside", "other_notebooks"),
    )
)
# Short, so that the suite is quick; large enough for an honest answer on a busy machine.
LIMITS: dict[str, float] = {
    "cell_seconds": 4.0,
    "total_seconds": 30.0,
    "memory": 1_000 * MB,
    "output": 1 * MB,
    "all_output": 4 * MB,
}


@dataclass
class Graded:
    """What came out: rows and files by student, and what was found outside afterwards."""

    root: Path
    rows: dict[str, dict[str, Any]]
    secrets: dict[str, str]
    callers: list[str]
    left: list[str] = field(default_factory=list)

    def page(self, student: str) -> str:
        return (self.root / "feedback" / student / LESSON / f"{LESSON}.html").read_text()

    def texts(self, student: str) -> str:
        """Everything that was written about a student."""
        folders = [self.root / step / student / LESSON for step in ("feedback", "autograded")]
        files = [
            path for folder in folders for path in folder.glob("*") if path.suffix in (".ipynb", ".html")
        ]
        return "\n".join([json.dumps(self.rows[student]), *(path.read_text() for path in files)])


def expectation(answer: Path) -> dict[str, str]:
    """Exercise → outcomes, from a line like `# expect: time|memory` or `# expect: quiz_pixels=right`."""
    found = re.search(r"^# expect: (?:(\w+)=)?(.+)$", answer.read_text(), re.M)
    return {found[1] or "preprocess": found[2]} if found else {}


def name_of(answer: Path) -> str:
    return f"{answer.parent.name}_{answer.stem}"


def make_course(root: Path, canaries: dict[str, str]) -> None:
    """A copy of the course with one short lesson, and a secret in every place that students must not read."""
    for package in ("authoring", "autograder", "course_lib"):
        shutil.copytree(
            project_root() / package, root / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(project_root() / "nbgrader_config.py", root)
    with (root / "nbgrader_config.py").open("a") as settings:
        settings.write(f"\nc.SandboxExecute.limits = {LIMITS!r}\n")
    source = root / "solutions" / LESSON / f"{LESSON}.py"
    source.parent.mkdir(parents=True)
    secret_answer = f"{PREPROCESS}\n# {canaries['solution']}\n"
    source.write_text(
        lesson_source(
            solution("preprocess", secret_answer),
            test_cell("preprocess", "preprocess", 6),
            solution("quiz_pixels", RIGHT["quiz_pixels"]),
            test_cell("quiz_pixels", "quiz_pixels", 3),
        )
    )
    build_lessons(root, check=False)
    for lesson in sorted((project_root() / "solutions").glob("*/*.py")):
        (root / "solutions" / lesson.stem).mkdir()
        shutil.copy(lesson, root / "solutions" / lesson.stem)  # from which the class's keys are made
    course, checkout = CourseFolder(root), CourseFolder(project_root())
    class_keys.share_public_secret(course)
    keys = class_keys.key_files(course, list(RIGHT))
    shutil.copytree(keys[0].parent, course.private / keys[0].parent.relative_to(checkout.private))
    (root / ".course" / "secret").write_text(canaries["course"])
    (root / "secret.txt").write_text(canaries["root"])
    (root / "home").mkdir()
    (root / "home" / "secret.txt").write_text(canaries["home"])


def answered(released: bytes, answers: dict[str, str]) -> Notebook:
    notebook: Notebook = json.loads(released)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, cell["source"])
    return notebook


def hand_in_all(root: Path, port: int, canaries: dict[str, str], only: frozenset[str] | None = None) -> None:
    """One student for every attack, and two honest ones; with `only`, just those of them."""
    released = (root / "notebooks" / LESSON / f"{LESSON}.ipynb").read_bytes()

    def put(student: str, content: Notebook | bytes) -> Path:
        place = "submitted" if only is None or student in only else "not-submitted"
        path = root / place / student / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    right = answered(released, RIGHT)
    noisy = (
        f"# {canaries['peer']}\nimport sys\nprint('careful', file=sys.stderr)\nprint('words ' * 100_000)\n"
    )
    for student in HONEST:
        put(student, answered(released, RIGHT | {"preprocess": noisy + RIGHT["preprocess"]}))
    places = {"COURSE_ROOT": str(root), "HOME_FOLDER": str(root / "home"), "12345": str(port)}
    for answer in ANSWERS:
        text = answer.read_text()
        for word, place in places.items():
            text = text.replace(word, place)
        put(name_of(answer), answered(released, RIGHT | {"preprocess": text}))
    for name, change in CHANGES.items():
        notebook = answered(released, HALF)
        instead = change.change(notebook)
        put(name, notebook if instead is None else instead)
    for name, prank in PRANKS.items():
        prank.act(put(name, right))
    for student in (*STUDENTS, *UNPRINTABLE):
        put(student, right)


@contextlib.contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """Ears on this machine's own addresses; gives the port, and who called."""
    callers: list[str] = []
    open_ears = [socket.create_server(("127.0.0.1", 0))]
    port = int(open_ears[0].getsockname()[1])
    for family, kind, address in (
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", port)),
        (socket.AF_UNIX, socket.SOCK_STREAM, f"\0course-attack-{port}"),
    ):
        ear = socket.socket(family, kind)
        ear.bind(address)
        if kind == socket.SOCK_STREAM:
            ear.listen()
        open_ears.append(ear)

    def hear(ear: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if ear.type == socket.SOCK_DGRAM:
                callers.append(str(ear.recvfrom(100)))
            else:
                callers.append(str(ear.accept()))

    for ear in open_ears:
        threading.Thread(target=hear, args=(ear,), daemon=True).start()
    try:
        yield port, callers
    finally:
        for ear in open_ears:
            ear.close()


def traces(uids: range, temporary: Path) -> list[str]:
    """What a run could leave behind: processes, mounts, shared memory, temporary files."""
    found = [f"shared memory {path}" for path in Path("/dev/shm").iterdir() if path.stat().st_uid in uids]
    found += [f"temporary {path}" for path in temporary.rglob("*")]
    found += [f"mount {line.split()[4]}" for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.stat().st_uid in uids:
                found.append(f"process {process.joinpath('cmdline').read_bytes()!r}")
    return sorted(found)


def as_another(user: str) -> bool:
    """Must the class be graded by another user than this one?"""
    return user != "root" and os.getuid() == 0


def grade_hostile_class(root: Path, ordinary: bool = False, plain: bool = False) -> Graded:
    """Make, hand in and grade the class below `root`.

    ordinary: as an ordinary user, not as this one. plain: only those named in PLAIN, by nbgrader itself.
    """
    places = ("solution", "course", "root", "home", "peer", "environment")
    canaries = {place: f"CANARY-{place}-{secrets.token_hex(8)}" for place in places}
    make_course(root, canaries)
    temporary = root / "temporary"
    temporary.mkdir()
    steps = [["course_lib.cli", "grade", LESSON, "--json", "--workers", "2"]]
    if plain:
        steps = [["nbgrader", "generate_assignment", LESSON, "--force"]]
        steps += [["nbgrader", step, LESSON] for step in ("autograde", "generate_feedback")]
    as_user = [sys.executable, str(HERE / "ordinary_user.py"), str(root), str(ORDINARY_UID)]
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(root),
        "HOME": str(root / "home"),
        "TMPDIR": str(temporary),
        "COURSE_TEST_SECRET": canaries["environment"],
    }
    with listening() as (port, callers):
        hand_in_all(root, port, canaries, PLAIN if plain else None)
        before = traces(range(0), temporary)
        for step in steps:
            command = [*(as_user if ordinary else []), sys.executable, "-m", *step]
            grader = subprocess.Popen(
                command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            printed, said = grader.communicate(timeout=1200)
        # Others on this machine may be grading too.
        first = FIRST_UID + grader.pid * MOST_WORKERS
        uids = range(ORDINARY_UID, ORDINARY_UID + 1) if ordinary else range(first, first + MOST_WORKERS)
        left = sorted(set(traces(uids, temporary)) - set(before))
    rows = points_in(root) if plain else json.loads(printed or "[]")
    assert rows, said
    return Graded(root, {row["student"]: row for row in rows}, canaries, callers, left)


def points_in(root: Path) -> list[dict[str, Any]]:
    """What the gradebook says, as rows."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        found = gradebook.assignment_submissions(LESSON)
        return [{"student": submission.student.id, "points": submission.score} for submission in found]


class Acting(HTMLParser):
    """Collects what acts in a page: elements and attributes that run, load, submit or cover."""

    ELEMENTS = re.compile(
        "script|style|link|meta|base|i?frame|form|input|button|textarea|object|embed|svg|math|template|video"
        "|audio|applet|portal|dialog"
    )
    COLOURS = re.compile(r"((background-)?color: rgb\([\d, ]+\);? ?)*")  # those of a terminal
    ADDRESSES = re.compile("href|src|action|formaction|background|data|poster|srcset|srcdoc|xlink:href")
    PICTURE = re.compile(r"data:image/(png|jpeg);base64,[\w+/=]*")

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._inside = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        if self.ELEMENTS.fullmatch(tag):
            self.found.add(f"<{tag} {sorted(attributes, key=str)}")
        for name, value in attributes:
            address = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            outside = re.match(r"[a-z]+:|//", address) and not (
                tag == "img" and self.PICTURE.fullmatch(address)
            )
            followed = tag == "a" and address.startswith(("http:", "https:", "mailto:"))
            styled = name == "style" and not self.COLOURS.fullmatch(value or "")
            acts = name.startswith("on") or name == "srcdoc" or styled
            if acts or (self.ADDRESSES.fullmatch(name) and outside and not followed):
                self.found.add(f"<{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style"):
            self.found.add(f"{self._inside} {hashlib.sha256(data.encode()).hexdigest()}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def what_acts(page: str) -> set[str]:
    parser = Acting()
    parser.feed(page)
    parser.close()
    return parser.found
