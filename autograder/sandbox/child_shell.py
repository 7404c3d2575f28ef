"""What a child does: run a notebook's cells one by one, as a kernel would, and send their outputs.

All of this runs beside the student's code and may be changed by it; nobody trusts what it sends.
"""

from __future__ import annotations

import base64
import io
import socket
import subprocess
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.sandbox import messages


class Outputs:
    """The outputs of the cell that runs, in nbformat's form, up to a number of bytes and of outputs."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []
        self.whole_room = self.room = 0
        self.most = 0
        self.dropped = 0

    def start(self, room: int, most: int) -> None:
        self.whole_room, self.most = room, most
        self.clear()

    def clear(self) -> None:
        self.kept, self.room, self.dropped = [], self.whole_room, 0

    def add(self, output: dict[str, Any], size: int) -> None:
        if size > self.room or len(self.kept) == self.most:
            self.dropped += max(size, 1)
            return
        self.room -= size
        self.kept.append(output)

    def stream(self, name: str, text: str) -> None:
        """Text written to stdout or stderr; joined with what was written just before."""
        last = self.kept[-1] if self.kept else {}
        goes_on = last.get("output_type") == "stream" and last["name"] == name
        part = text[: max(self.room, 0)] if goes_on or len(self.kept) < self.most else ""
        self.dropped += len(text) - len(part)
        if not part:
            return
        self.room -= len(part)
        if goes_on:
            last["text"].append(part)
        else:
            self.kept.append({"output_type": "stream", "name": name, "text": [part]})

    def finished(self) -> list[dict[str, Any]]:
        """All that is kept. Text is joined only here: joining it at each write would take its square."""
        return [
            output | {"text": "".join(output["text"])} if output["output_type"] == "stream" else output
            for output in self.kept
        ]


OUTPUTS = Outputs()


class Publisher(DisplayPublisher):
    """Keeps what is displayed."""

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        bundle, about = _mime_as_json(data), metadata if isinstance(metadata, dict) else {}
        output = {"output_type": "display_data", "data": bundle, "metadata": about}
        OUTPUTS.add(output, sum(len(str(value)) for value in bundle.values()))

    def clear_output(self, wait: bool = False) -> None:
        OUTPUTS.clear()


class CellDisplayHook(DisplayHook):
    """Keeps the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        bundle = _mime_as_json(format_dict)
        output = {
            "output_type": "execute_result",
            "data": bundle,
            "metadata": md_dict or {},
            "execution_count": self.prompt_count,
        }
        OUTPUTS.add(output, sum(len(str(value)) for value in bundle.values()))

    def finish_displayhook(self) -> None:
        pass


def _mime_as_json(data: Any) -> dict[str, Any]:
    """A MIME bundle as JSON can carry it: bytes as base64."""
    return {
        str(kind): base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for kind, value in dict(data).items()
    }


class Writer(io.TextIOBase):
    """Stands for stdout or stderr. Like a kernel's it has a descriptor for programs, which leads nowhere."""

    encoding = "utf-8"

    def __init__(self, name: str, descriptor: int) -> None:
        self.stream, self._descriptor = name, descriptor
        self.buffer = WriterOfBytes(self)

    def fileno(self) -> int:
        return self._descriptor

    def reconfigure(self, **_: Any) -> None:
        pass

    def write(self, text: str) -> int:
        OUTPUTS.stream(self.stream, str(text))
        return len(text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False


class WriterOfBytes(io.RawIOBase):
    """Takes bytes for a Writer."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def write(self, data: Any) -> int:
        self._writer.write(bytes(data).decode("utf-8", "replace"))
        return len(data)

    def writable(self) -> bool:
        return True


class Shell(InteractiveShell):
    """An IPython shell whose outputs are kept, as a notebook's are."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(CellDisplayHook)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        lines = [str(line) for line in stb]
        output = {
            "output_type": "error",
            "ename": str(getattr(etype, "__name__", etype)),
            "evalue": str(evalue),
            "traceback": lines,
        }
        OUTPUTS.add(output, sum(map(len, lines)))

    def enable_gui(self, gui: Any = None) -> None:
        pass

    def system(self, cmd: str) -> None:
        """`!command`: prints what the command prints. IPython's own needs terminals, which are closed off."""
        words = self.var_expand(cmd, depth=1)  # type: ignore[no-untyped-call]
        done = subprocess.run(
            words, shell=True, stdin=subprocess.DEVNULL, capture_output=True, errors="replace"
        )
        print(done.stdout, end="")
        print(done.stderr, end="", file=sys.stderr)
        self.user_ns["_exit_code"] = done.returncode


def make_shell() -> Shell:
    """The shell, made once in the warm parent: no history, no threads."""
    config = Config()
    config.HistoryManager.enabled = False
    shell: Shell = Shell.instance(config=config)
    shell.db = {}  # what %cd and others note down; IPython would write to the home of whoever grades
    return shell


def run(channel: socket.socket, shell: Shell) -> None:
    """Receive `{"cell": n, "source": …, "output": bytes, "outputs": number}`, run it, answer what it gave."""
    sys.stdout, sys.stderr = Writer("stdout", 1), Writer("stderr", 2)
    sys.path.insert(0, "")  # as in a notebook: what %%writefile wrote can be imported
    while True:
        try:
            work = messages.receive_message(channel)
        except messages.ChannelBroken:
            return
        OUTPUTS.start(work["output"], work["outputs"])
        try:
            shell.run_cell(work["source"], store_history=True)  # type: ignore[no-untyped-call]
        except BaseException as error:  # SystemExit among them
            shell._showtraceback(type(error), error, [repr(error)])
        try:
            messages.send_message(
                channel, {"cell": work["cell"], "outputs": OUTPUTS.finished(), "dropped": OUTPUTS.dropped}
            )
        except (TypeError, ValueError, RecursionError):
            messages.send_message(channel, {"cell": work["cell"], "outputs": [], "dropped": 0})
