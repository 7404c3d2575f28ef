"""Each command of a workflow is run here, in the order of its job, as the runner of the workflow would."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet
from typer.testing import CliRunner, Result

from course_lib.cli import make_app
from course_lib.paths import project_root

ROOT = project_root()
WORKFLOWS = {
    path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # which leaves "on" a word
    for path in sorted(ROOT.joinpath(".github", "workflows").iterdir())
}
JOBS = [(workflow, job) for workflow, content in WORKFLOWS.items() for job in content["jobs"]]
EXPRESSIONS = {"matrix.python": "3.12", "github.token": "a token"}
WALLS = "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
# What each job does, in the words of the programs that it calls.
EXPECTED = {
    ("tests", "tests"): [WALLS, "course doctor", "course test"],
    ("weekly", "tests"): [WALLS, "course doctor", "course test"],
    ("weekly", "packages"): [WALLS, "course lock --upgrade", "gh pr create --fill"],
}
TOOLS = ["bash", "cat", "cp", "date", "dirname", "env", "git", "id", "sh"]
# Stand-ins note how they are called. The course's makes a new lock where it is asked for one.
NOTE = '#!/bin/sh\necho "${0##*/} $*" >>"$CALLS"\n'
COURSE = NOTE + 'if [ "$1" = lock ]; then cp "$NEW_LOCK" requirements.lock; fi\nexit "${COURSE_STATUS:-0}"\n'


@dataclass(frozen=True)
class Runner:
    """A checkout in a folder of its own, a remote that it can push to, and programs on a private PATH."""

    checkout: Path
    remote: Path
    programs: Path
    calls_file: Path

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """One step, by the shell that GitHub takes where a step names none."""
        return subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=self.checkout,
            env={
                "CI": "true",
                "PATH": str(self.programs),
                "HOME": str(self.programs.parent),
                "GIT_CONFIG_NOSYSTEM": "1",
                "CALLS": str(self.calls_file),
                "NEW_LOCK": str(self.programs.parent / "new.lock"),
                **environment,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def run_job(self, workflow: str, job: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """The steps of a job up to the first that fails; what the last of them gave."""
        for script in scripts(workflow, job):
            done = self.run(script, **job_environment(workflow, job), **environment)
            if done.returncode:
                break
        return done

    def calls(self) -> list[str]:
        return self.calls_file.read_text().splitlines() if self.calls_file.exists() else []

    def git(self, *words: str, at: Path | None = None) -> str:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words]
        return subprocess.run(
            command, cwd=at or self.checkout, check=True, capture_output=True, text=True
        ).stdout

    def write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)


def scripts(workflow: str, job: str) -> Iterator[str]:
    """The commands of a job, one text for each step that has some."""
    for step in WORKFLOWS[workflow]["jobs"][job]["steps"]:
        if "run" in step:
            assert "shell" not in step and "working-directory" not in step and "env" not in step
            yield step["run"]


def job_environment(workflow: str, job: str) -> dict[str, str]:
    given: dict[str, str] = WORKFLOWS[workflow]["jobs"][job].get("env", {})
    return {name: filled(value) for name, value in given.items()}


def filled(text: str) -> str:
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: EXPRESSIONS[found[1]], text)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    made = Runner(tmp_path / "checkout", tmp_path / "remote", tmp_path / "programs", tmp_path / "calls")
    for name in ("sudo", "gh", "chromium"):
        made.write(made.programs / name, NOTE)
    for name in TOOLS:
        found = shutil.which(name)
        assert found, f"{name} is not installed"
        made.programs.joinpath(name).symlink_to(found)
    made.write(made.checkout / "course", COURSE)
    made.write(made.checkout / ".ci" / "run", ROOT.joinpath(".ci", "run").read_text())
    made.write(made.checkout / "requirements.lock", "loom==1.0\n")
    made.write(tmp_path / "new.lock", "loom==1.1\n")
    made.git("init", "--quiet", "--bare", "--initial-branch=main", str(made.remote), at=tmp_path)
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("remote", "add", "origin", str(made.remote))
    made.git("add", ".")
    made.git("commit", "--quiet", "--message", "The course")
    made.git("push", "--quiet", "origin", "main")
    return made


def test_all_jobs_are_looked_at_and_run_when_they_should() -> None:
    assert set(JOBS) == set(EXPECTED)
    assert set(WORKFLOWS["tests"]["on"]) == {"push", "pull_request"}
    assert set(WORKFLOWS["weekly"]["on"]) == {"schedule", "workflow_dispatch"}


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_each_command_of_a_job_runs(runner: Runner, workflow: str, job: str) -> None:
    done = runner.run_job(workflow, job)
    assert done.returncode == 0, done.stderr
    assert runner.calls() == EXPECTED[workflow, job]


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_a_failure_of_the_course_fails_the_job(runner: Runner, workflow: str, job: str) -> None:
    assert runner.run_job(workflow, job, COURSE_STATUS="3").returncode == 3
    assert [call for call in runner.calls() if not call.startswith("sudo")] == EXPECTED[workflow, job][1:2]


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_no_command_is_put_together_from_what_others_wrote(workflow: str, job: str) -> None:
    """The title of a pull request, say: such things may come in by variables only."""
    assert not [script for script in scripts(workflow, job) if "${{" in script]


def test_jobs_try_every_python_of_the_course() -> None:
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = SpecifierSet(project["requires-python"])
    pythons = [f"3.{minor}" for minor in range(8, 20) if f"3.{minor}.0" in asked]
    for workflow, job in JOBS:
        content = WORKFLOWS[workflow]["jobs"][job]
        (setup,) = [step for step in content["steps"] if "setup-python" in step.get("uses", "")]
        if "strategy" in content:
            assert content["strategy"]["matrix"] == {"python": pythons}
            assert setup["with"]["python-version"] == "${{ matrix.python }}"
        assert content["env"]["COURSE_PYTHON"] == f"python{setup['with']['python-version']}"


def test_a_new_lock_is_proposed_by_a_branch_that_changes_nothing_else(runner: Runner) -> None:
    runner.run_job("weekly", "packages")
    branches = runner.git("branch", "--format=%(refname:short)", at=runner.remote).split()
    (new,) = {*branches} - {"main"}
    assert re.fullmatch(r"lock-\d{4}-\d\d-\d\d", new)
    assert runner.git("diff", "--name-only", "main", new, at=runner.remote).split() == ["requirements.lock"]
    assert runner.git("show", f"{new}:requirements.lock", at=runner.remote) == "loom==1.1\n"


def test_an_unchanged_lock_is_not_proposed(runner: Runner) -> None:
    runner.write(runner.programs.parent / "new.lock", "loom==1.0\n")
    assert runner.run_job("weekly", "packages").returncode == 0
    assert runner.calls() == EXPECTED["weekly", "packages"][:-1]
    assert runner.git("branch", "--format=%(refname:short)", at=runner.remote).split() == ["main"]


@pytest.mark.parametrize("status", [0, 1])
def test_a_runner_without_chromium_installs_it_or_goes_on_without(runner: Runner, status: int) -> None:
    runner.programs.joinpath("chromium").unlink()
    runner.write(runner.programs / "apt-get", f"{NOTE}exit {status}\n")
    runner.write(runner.programs / "sudo", '#!/bin/sh\nexec "$@"\n')
    done = runner.run(".ci/run")
    install = ["apt-get -q update", "apt-get -qy install --no-install-recommends chromium"]
    assert runner.calls() == [*install[: 2 - status], "course test"]
    assert ("Chromium could not be installed." in done.stderr) == bool(status)


# ---- The stand-in for ./course takes every word; these look at the real one ----


def course(*words: str) -> Result:
    return CliRunner().invoke(make_app(), words)


def test_the_commands_of_the_course_are_those_run_below() -> None:
    called = {call for calls in EXPECTED.values() for call in calls if call.startswith("course ")}
    assert called == {"course doctor", "course test", "course lock --upgrade"}


def test_course_doctor() -> None:
    done = course("doctor")
    assert "Python" in done.stdout
    assert done.exit_code == any(line.startswith("problem") for line in done.stdout.splitlines())


def test_course_test(capfd: pytest.CaptureFixture[str]) -> None:
    """With one word more: all tests would run this one again."""
    assert course("test", "--version").exit_code == 0
    assert capfd.readouterr().out.startswith("pytest ")


def test_course_lock(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the small checkout, with an uv that finds nothing newer: else all tests would run.

    Python is said to lie beside that uv, since the one beside Python is taken first.
    """
    runner.write(runner.programs / "uv", NOTE)
    monkeypatch.setenv("CALLS", str(runner.calls_file))
    monkeypatch.setenv("PATH", str(runner.programs))
    monkeypatch.setattr("sys.executable", str(runner.programs / "python"))
    monkeypatch.setattr("authoring.cli.lock.project_root", lambda: runner.checkout)
    assert course("lock", "--upgrade").stdout == "requirements.lock is up to date.\n"
    (call,) = runner.calls()
    assert call.startswith("uv pip compile") and call.endswith("--upgrade")
