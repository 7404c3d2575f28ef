"""The command line: help that is quick and complete, and failures that are sentences."""

import errno
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

import course_lib.cli
from authoring.notebook_run import execute_notebook
from autograder.cli.demo import _lab_command
from autograder.course_folder import CourseFolder
from course_lib.cli import READERS, announced, make_app
from course_lib.cli.doctor import Finding, examine
from course_lib.errors import CourseError

COMMANDS = [entry.name for group in READERS for entry in announced(group)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    result = CliRunner().invoke(make_app(), [name, "--help"])
    assert result.exit_code == 0
    assert f"Example: course {name}" in result.output


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['course', '--help']\n"
        "from course_lib.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'tensorflow', 'keras', 'numpy', 'nbgrader', 'nbformat', 'jupytext', 'matplotlib'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))"
    )
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "LOADED []" in output
    assert all(f" {name} " in output for name in COMMANDS)


def test_an_unknown_lesson_is_a_message_with_a_suggestion() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "course_lib.cli", "grade", "chanel_atention"], capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "did you mean 01_channel_attention?" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "read-only"),
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "no permission"),
    ],
)
def test_a_machine_that_refuses_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, words: str
) -> None:
    def refuse() -> Callable[..., None]:
        def run(**_: object) -> None:
            raise OSError(number, "refused", "/some/where")

        return run

    monkeypatch.setattr(course_lib.cli, "make_app", refuse)
    with pytest.raises(SystemExit) as stop:
        course_lib.cli.main()
    assert stop.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
    assert "/some/where" in line


def test_lab_serves_another_course_folder_in_place_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.execve", lambda program, words, environment: seen.append(words))
    refused = CliRunner().invoke(make_app(), ["lab", "--class", str(tmp_path)])
    assert isinstance(refused.exception, CourseError)
    tmp_path.joinpath("nbgrader_config.py").touch()
    assert CliRunner().invoke(make_app(), ["lab", "--class", str(tmp_path)]).exit_code == 0
    assert f"--ServerApp.root_dir={tmp_path}" in seen[0]


def test_demo_names_a_command_that_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "my course"
    root.mkdir()
    monkeypatch.chdir(root)
    checkout, course = CourseFolder(root), CourseFolder(root / "demo")
    assert _lab_command(checkout, course) == "./course lab --class demo"
    monkeypatch.chdir(tmp_path)
    assert shlex.split(_lab_command(checkout, course)) == [
        f"{root}/course",
        "lab",
        "--class",
        f"{root}/demo",
    ]


def test_an_error_has_three_parts() -> None:
    error = CourseError("There is no tea.", where="/kitchen", fix="boil water")
    assert str(error).splitlines() == ["There is no tea.", "  where: /kitchen", "  do: boil water"]


def test_doctor_finds_a_package_that_is_not_the_locked_one(tmp_path: Path) -> None:
    tmp_path.joinpath("requirements.lock").write_text(
        "rich==0.1 \\\n    --hash=sha256:00\n"
        "no-such-package==1.0 ; python_version > '3'\n"
        "other==1 ; python_version < '3'\n"
    )
    findings = {finding.subject: finding for finding in examine(tmp_path)}
    packages = findings["packages"]
    assert "rich is" in packages.found
    assert "no-such-package is missing" in packages.found
    assert "other" not in packages.found
    assert packages.fix


def test_a_finding_without_a_fix_is_no_problem() -> None:
    assert str(Finding("disk", "9 GB free")).startswith("ok")
    assert str(Finding("disk", "0 GB free", "free some")).startswith("problem")


@pytest.mark.parametrize(
    ("last_cell", "said"),
    [("1 / 0", "ZeroDivisionError: division by zero"), ("import os; os._exit(3)", "Kernel died")],
)
def test_a_failing_cell_is_shown_with_number_source_and_error(
    tmp_path: Path, last_cell: str, said: str
) -> None:
    cells = [
        nbformat.v4.new_markdown_cell("# A title"),
        nbformat.v4.new_code_cell(
            "import os, pathlib\npathlib.Path('made').write_text(os.environ['COLOUR'])"
        ),
        nbformat.v4.new_code_cell(last_cell),
    ]
    failure = execute_notebook(nbformat.v4.new_notebook(cells=cells), tmp_path, {"COLOUR": "blue"})
    assert failure.startswith(f"cell 3:\n\n{last_cell}\n")
    assert said in failure
    assert tmp_path.joinpath("made").read_text() == "blue"
