"""A Jupyter kernel whose cells run in confined children of a warm parent.

The kernel itself is trusted: it hands each cell to the supervisor and passes the outputs on. So plain
nbgrader and `course grade` share one core, and no submission can end or block the kernel that nbgrader
sees. Kernels are forked from a process that has imported what they need.
"""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import socket
import sys
from typing import Any, NoReturn

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

from autograder.lessons.held_back_files import hidden_in
from autograder.sandbox import fork_server
from autograder.sandbox.execute_step import supervisor_notes
from autograder.sandbox.limits import limits_of_lesson
from autograder.sandbox.supervisor import Sandboxes, SubmissionRun
from autograder.sandbox.syscalls import PR_SET_PDEATHSIG, prctl

INTERRUPTED = {
    "output_type": "error",
    "ename": "KeyboardInterrupt",
    "evalue": "",
    "traceback": ["KeyboardInterrupt"],
}


class SandboxKernel(Kernel):
    """Runs cells through the supervisor.

    run: the submission's run. report: descriptor on which the kernel says why it ends itself.
    """

    implementation = "attention-course-sandbox"
    implementation_version = "1"
    banner = "Cells run in a sandbox, under the limits of grading."
    language_info = {  # noqa: RUF012
        "name": "python",
        "version": platform.python_version(),
        "mimetype": "text/x-python",
        "file_extension": ".py",
        "pygments_lexer": "ipython3",
        "codemirror_mode": {"name": "ipython", "version": 3},
    }

    run: SubmissionRun
    report: int

    async def do_execute(
        self,
        code: str,
        silent: bool,
        store_history: bool = True,
        user_expressions: dict[str, str] | None = None,
        allow_stdin: bool = False,
        *,
        cell_meta: dict[str, Any] | None = None,
        cell_id: str | None = None,
    ) -> dict[str, Any]:
        """Run one cell; the reply says `error` when the last of its outputs does."""
        try:
            outputs = self.outputs_of(code)
        except Exception as error:
            # Nobody may be judged by what did not happen: nbgrader finds a dead kernel, and records nothing.
            _end_with(self.report, f"The sandbox failed, which is no fault of the submission: {error}")
        for output in outputs if not silent else []:
            content = {key: value for key, value in output.items() if key != "output_type"}
            self.send_response(self.iopub_socket, output["output_type"], content)  # type: ignore[no-untyped-call]
        reply = {"execution_count": self.execution_count, "user_expressions": {}, "payload": []}
        last = outputs[-1] if outputs else {}
        if last.get("output_type") != "error":
            return {"status": "ok", **reply}
        return {"status": "error", **reply, **{key: last[key] for key in ("ename", "evalue", "traceback")}}

    def outputs_of(self, code: str) -> list[dict[str, Any]]:
        """A cell's outputs and the supervisor's notes."""
        try:
            result = self.run.cell(code)
        except KeyboardInterrupt:
            self.run.close()  # the cells before it are run again when another follows
            return [INTERRUPTED]
        for output in result.outputs:
            if output["output_type"] == "execute_result":
                output["execution_count"] = self.execution_count
        return [*result.outputs, *supervisor_notes(result)]


class SandboxKernelApp(IPKernelApp):
    """The kernel's process."""

    kernel_class = SandboxKernel
    # What this process itself prints belongs into no notebook.
    outstream_class = None  # type: ignore[assignment]

    def init_iopub(self, context: Any) -> None:
        context.sndhwm = 0  # a slow reader must not lose messages
        super().init_iopub(context)  # type: ignore[no-untyped-call]


def _start(asked: dict[str, Any], descriptors: list[int]) -> None:
    """In a forked kernel: serve until told to shut down.

    asked: the kernel's `arguments`, the `lesson` and the class's own `limits` and
        `folder`, the `layers` that hold here.
    descriptors: where to report the process id and later why it ended itself, and the warm parent's socket.
    """
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # whoever ends the server ends its kernels
    report, requests = descriptors
    try:
        os.write(report, f"{os.getpid()}\n".encode())
        # Like other graders it numbers its children from its process id, so that no two have the same.
        sandboxes = Sandboxes(
            socket.socket(fileno=requests),
            tuple(asked["layers"]),
            os.getpid() << 8,
            concealed=(asked["folder"],),
        )
        app = SandboxKernelApp.instance()
        app.initialize(asked["arguments"])  # type: ignore[no-untyped-call]
        app.kernel.report = report
        lesson = asked["lesson"]
        with SubmissionRun(
            sandboxes, limits_of_lesson(lesson, asked["limits"]), hidden_in(lesson)
        ) as app.kernel.run:
            app.start()  # type: ignore[no-untyped-call]
    except Exception as error:
        _end_with(report, f"The kernel ended: {type(error).__name__}: {error}")


def _end_with(report: int, reason: str) -> NoReturn:
    """End this process and say why."""
    with contextlib.suppress(OSError):
        os.write(report, reason.encode(errors="replace")[:4000])
    os._exit(1)


def main() -> None:
    """Fork kernels for whoever holds the other end of the socket that is the first argument."""
    fork_server.serve(socket.socket(fileno=int(sys.argv[1])), lambda: None, _start)


if __name__ == "__main__":
    main()
