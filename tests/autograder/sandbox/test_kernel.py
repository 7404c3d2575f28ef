"""The sandbox as a Jupyter kernel, as its clients see it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager
from nbgrader.preprocessors import Execute
from nbgrader.validator import Validator
from traitlets.config import Config

from autograder.course_folder import CourseFolder
from autograder.notebooks.nbgrader_settings import load_settings
from autograder.sandbox import confinement, limits, provisioner
from autograder.sandbox.confinement import Layer
from autograder.sandbox.supervisor import NoSandbox, Sandboxes, WarmParent
from course_lib.errors import CourseError
from course_lib.paths import project_root

NAME = "attention-course-sandbox"
QUICK = Config({"SandboxExecute": {"limits": {"cell_seconds": 3.0}}})


@pytest.fixture(scope="module")
def launcher(warm_parent: WarmParent) -> Iterator[provisioner.KernelLauncher]:
    """Kernels around the tests' own warm parent."""
    launcher = provisioner.KernelLauncher()
    launcher._parent = warm_parent
    yield launcher
    launcher._parent = None  # not ours to end
    launcher.close()


@pytest.fixture
def manager(launcher: provisioner.KernelLauncher, monkeypatch: pytest.MonkeyPatch) -> Iterator[KernelManager]:
    monkeypatch.setattr(provisioner, "_launcher", launcher)
    manager = KernelManager(kernel_name=NAME, config=QUICK)
    manager.start_kernel()
    yield manager
    if manager.is_alive():
        manager.shutdown_kernel(now=True)
    manager.cleanup_resources()


@pytest.fixture
def client(manager: KernelManager) -> Iterator[BlockingKernelClient]:
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield client
    client.stop_channels()


def run(client: BlockingKernelClient, source: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The reply to one cell, and its outputs."""
    outputs: list[dict[str, Any]] = []

    def keep(message: dict[str, Any]) -> None:
        if message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
            outputs.append({"output_type": message["msg_type"], **message["content"]})

    reply = client.execute_interactive(source, output_hook=keep, timeout=60)
    return reply["content"], outputs


def test_outputs_arrive_as_from_any_kernel(client: BlockingKernelClient) -> None:
    reply, outputs = run(client, "import sys\nprint('a\\ud800')\nprint('b', file=sys.stderr)\n6 * 7")
    assert [output["output_type"] for output in outputs] == ["stream", "stream", "execute_result"]
    assert outputs[0]["text"] == "a?\n"
    assert outputs[2]["data"]["text/plain"] == "42"
    assert (reply["status"], outputs[2]["execution_count"]) == ("ok", reply["execution_count"])
    reply, (error,) = run(client, "1 / 0")
    assert (reply["status"], error["ename"]) == ("error", "ZeroDivisionError")


def test_a_finished_block_is_not_there(client: BlockingKernelClient) -> None:
    _, (error,) = run(client, "from course_lib.blocks import CBAM\nCBAM()")
    assert "here you write it yourself" in error["evalue"]


def test_a_cell_that_ends_or_blocks_its_process_leaves_the_kernel_alive(client: BlockingKernelClient) -> None:
    run(client, "kept = 5")
    _, (crash,) = run(client, "import os\nos._exit(0)")
    _, stuck = run(client, "while True:\n    try:\n        while True: pass\n    except BaseException: pass")
    _, (after,) = run(client, "kept")
    assert "ended its own kernel" in crash["data"]["text/plain"]
    assert "longer than its limit" in stuck[-1]["data"]["text/plain"]
    assert after["data"]["text/plain"] == "5"


def test_a_flood_of_outputs_loses_no_message_that_counts(client: BlockingKernelClient) -> None:
    flood = "import sys\nfor _ in range(10_000):\n    print(1)\n    print(2, file=sys.stderr)"
    reply, outputs = run(client, flood)
    assert reply["status"] == "ok"
    assert len(outputs) == 2_001
    assert "more output than its limit" in outputs[-1]["data"]["text/plain"]


def test_an_interrupt_ends_the_cell_and_keeps_the_earlier_ones(
    manager: KernelManager, client: BlockingKernelClient
) -> None:
    run(client, "kept = 6")
    asked = client.execute("import time\ntime.sleep(600)")
    wait_until_busy(client, asked)
    manager.interrupt_kernel()
    assert client.get_shell_msg(timeout=60)["content"]["ename"] == "KeyboardInterrupt"
    _, (after,) = run(client, "kept")
    assert after["data"]["text/plain"] == "6"


def wait_until_busy(client: BlockingKernelClient, asked: str) -> None:
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["msg_type"] == "execute_input" and message["parent_header"]["msg_id"] == asked:
            time.sleep(0.2)
            return


@pytest.mark.parametrize("now", [False, True])
def test_shutting_down_ends_a_busy_child(
    now: bool, warm_parent: WarmParent, manager: KernelManager, client: BlockingKernelClient
) -> None:
    run(client, "1")
    client.execute("while True: pass")
    inside = psutil.Process(warm_parent.server.pid).children(recursive=True)
    assert inside
    manager.shutdown_kernel(now=now)
    assert psutil.wait_procs(inside, timeout=30)[1] == []
    assert not manager.is_alive()


class LostParent:
    """A warm parent that nobody has noticed to be gone."""

    server = SimpleNamespace(alive=True)

    def sandboxes(self) -> Sandboxes:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        theirs.close()
        return Sandboxes(ours, ())


def test_a_kernel_without_its_sandbox_ends_and_says_why(
    launcher: provisioner.KernelLauncher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer may be judged by what did not happen."""
    monkeypatch.setattr(launcher, "_parent", LostParent())
    monkeypatch.setattr(provisioner, "_launcher", launcher)
    manager = KernelManager(kernel_name=NAME)
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    told: list[str] = []
    monkeypatch.setattr(manager.provisioner.log, "error", told.append)
    process = psutil.Process(manager.provisioner.pid)
    client.execute("1")
    assert psutil.wait_procs([process], timeout=60)[1] == []
    client.stop_channels()
    assert not manager.is_alive()
    manager.cleanup_resources()
    assert "no fault of the submission" in told[0]


def test_no_bare_run_where_the_walls_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "probe", lambda: [Layer("files", "other files", "no room for it here")])
    monkeypatch.setattr(provisioner, "_launcher", provisioner.KernelLauncher())
    with pytest.raises(NoSandbox, match="no room for it here") as refusal:
        KernelManager(kernel_name=NAME).start_kernel()
    assert "--Execute.kernel_name=python3" in str(refusal.value)


def test_a_misspelt_exercise_among_the_limits_is_named_before_a_kernel_starts(
    launcher: provisioner.KernelLauncher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("no kernel was to be started")

    monkeypatch.setattr(launcher, "kernel", refuse)
    monkeypatch.setattr(provisioner, "_launcher", launcher)
    monkeypatch.setitem(limits.EXERCISES, "descibe", {"cell_seconds": 60.0})
    with pytest.raises(CourseError, match="no exercise called 'descibe'"):
        KernelManager(kernel_name=NAME).start_kernel()


def test_who_uses_which_kernel() -> None:
    """Grading takes the sandbox, validating one's own work the ordinary kernel, which exists everywhere."""
    settings = load_settings(CourseFolder(project_root()))
    grading = Execute(config=settings)
    assert grading.kernel_name == NAME
    assert grading.timeout > limits.Limits().total_seconds + 60
    assert Execute(parent=Validator(config=settings)).kernel_name == "python3"
