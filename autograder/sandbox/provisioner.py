"""Starts sandbox kernels for whoever asks Jupyter for one: `nbgrader autograde`, the formgrader's button.

All kernels of one process share a warm parent, and are forked from one server. jupyter_client finds the
provisioner by its name in the kernelspec.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import select
import signal
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from autograder.notebooks.nbgrader_settings import class_of
from autograder.sandbox import fork_server
from autograder.sandbox.fork_server import ForkServer, ServerGone
from autograder.sandbox.limits import require_known_names
from autograder.sandbox.supervisor import NoSandbox, WarmParent


class KernelLauncher:
    """The warm parent and the server of kernels; each is started when first needed, or lost since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parent: WarmParent | None = None
        self._server: ForkServer | None = None

    def kernel(
        self, arguments: Sequence[str], lesson: str, limits: Mapping[str, Any], folder: str
    ) -> ForkedKernel:
        """Start a kernel with command-line arguments, the limits of a lesson and those a class sets itself.

        folder: the class's, of which its cells may see nothing.

        Raises Untrusted when no sandbox can be had here, ServerGone when one was ended meanwhile.
        """
        with self._lock:
            if self._parent is None or not self._parent.server.alive:
                self._parent = _warm_parent()
            if self._server is None or not self._server.alive:
                self._server = ForkServer(
                    "autograder.sandbox.kernel", environment={"OPENBLAS_NUM_THREADS": "1"}
                )
            sandboxes = self._parent.sandboxes()
            asked = {
                "arguments": list(arguments),
                "lesson": lesson,
                "limits": dict(limits),
                "folder": folder,
                "layers": sandboxes.layers,
            }
            reader, writer = os.pipe()
            try:
                fork_server.request(self._server.requests, asked, [writer, sandboxes.requests.fileno()])
            finally:
                os.close(writer)
            return ForkedKernel(reader)

    def close(self) -> None:
        """End both, and so all kernels."""
        for started in (self._server, self._parent):
            if started:
                started.close()


def _warm_parent() -> WarmParent:
    try:
        return WarmParent()
    except NoSandbox as error:
        raise NoSandbox(
            error.what,
            fix="grade on Linux, outside a strict container, or trust the submissions with "
            "`nbgrader autograde --Execute.kernel_name=python3`, which runs them with your rights",
        ) from None


class ForkedKernel:
    """A kernel's process, which is not this one's child; offers what LocalProvisioner needs of a Popen."""

    stdin = stdout = stderr = None

    def __init__(self, report: int) -> None:
        self._report = os.fdopen(report)
        try:
            self.pid = int(self._report.readline())
            self._handle = os.pidfd_open(self.pid)
        except (ValueError, ProcessLookupError) as error:
            with self._report:
                raise ServerGone(f"a kernel did not start: {self._report.read()}") from error

    def poll(self) -> int | None:
        """0 when it has ended, None while it runs."""
        waiting = select.poll()
        waiting.register(self._handle, select.POLLIN)
        return 0 if waiting.poll(0) else None

    def wait(self) -> int:
        """Wait for its end and let go of it."""
        waiting = select.poll()
        waiting.register(self._handle, select.POLLIN)
        waiting.poll()
        os.close(self._handle)
        self._report.close()
        return 0

    def reason(self) -> str:
        """Why it ended itself; the empty string when it did not."""
        return self._report.read()

    def send_signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


_launcher = KernelLauncher()
atexit.register(_launcher.close)


class SandboxProvisioner(LocalProvisioner):
    """Forks a kernel in place of starting a program; whatever else becomes of it is as for a local one."""

    process: ForkedKernel | None = None  # type: ignore[assignment]

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Called by the kernel manager, with the kernelspec's command line.

        nbgrader's working folder for a submission has the name of the lesson.

        Raises:
            CourseError: The limits name what is not there, or no sandbox can be had here (Untrusted).
        """
        lesson = Path(kwargs.get("cwd") or "").name
        limits = self.config.SandboxExecute.get("limits", {})
        require_known_names(lesson, limits)  # here whoever grades sees why, in the forked kernel nobody does
        folder = str(class_of(self.config).root)
        self.process = await asyncio.to_thread(_launcher.kernel, cmd[1:], lesson, limits, folder)
        self.pid = self.process.pid
        return self.connection_info

    async def poll(self) -> int | None:
        """Called again and again; None while the kernel runs."""
        ended = await super().poll()
        if ended is not None and self.process and (reason := self.process.reason()):
            self.log.error(reason)
        return ended
