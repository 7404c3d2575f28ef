"""The warm parent: has imported TensorFlow, has run none of it, and forks a confined child per request.

After one TensorFlow operation every fork would hang, so the parent makes sure that it has not grown threads.
It holds no secret: neither keys nor solutions are ever loaded here.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from typing import Any

from autograder.sandbox.layers import Confinement, confine, load_libraries
from autograder.sandbox.limits import Limits

MAX_THREADS = 2
ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "KERAS_BACKEND": "tensorflow",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MPLCONFIGDIR": "/tmp",
    "OPENBLAS_NUM_THREADS": "1",
    "COURSE_PROFILE": "smoke",
    "COURSE_OFFLINE": "1",
}


class NotWarm(RuntimeError):
    """The parent is in no state to fork from."""


def threads() -> int:
    """How many threads this process has."""
    return len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 1


def warm_up() -> Any:
    """Import what lessons import; returns the shell that children run cells in."""
    import importlib

    for module in (
        "keras",
        "keras.src.backend.tensorflow",
        "matplotlib.pyplot",
        "matplotlib_inline.backend_inline",
    ):
        importlib.import_module(module)
    for module in ("session", "data", "figures", "scores", "training", "checks.probe", "checks.card"):
        importlib.import_module(f"course_lib.{module}")
    from autograder.sandbox.cells import make_shell
    from course_lib.checks.exercise import all_exercises

    all_exercises()
    load_libraries()
    shell = make_shell()
    from matplotlib_inline.backend_inline import configure_inline_support

    configure_inline_support(shell, ENVIRONMENT["MPLBACKEND"])
    render_one_traceback(shell)
    if threads() > MAX_THREADS:
        raise NotWarm(f"{threads()} threads after importing; {MAX_THREADS} at most can be forked from")
    return shell


def render_one_traceback(shell: Any) -> None:
    """The first traceback costs 0.3 s of imports: pay it here, once."""
    shell.run_cell("1 / 0")
    from autograder.sandbox.cells import OUTPUTS

    OUTPUTS.start(0)


def serve(requests: socket.socket) -> None:
    """Fork a child for every request until the other side closes.

    A request is JSON with two descriptors, the child's channel and the pipe its fate is reported on.
    """
    shell = warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    requests.send(b"ready")
    while True:
        data, descriptors, _, _ = socket.recv_fds(requests, 65536, 2)
        if not data:
            return
        asked = json.loads(data)
        if threads() > MAX_THREADS:
            raise NotWarm("the warm parent has grown threads")
        if os.fork() == 0:
            start(asked, descriptors, requests, shell)
        for descriptor in descriptors:
            os.close(descriptor)


def start(asked: dict[str, Any], descriptors: list[int], requests: socket.socket, shell: Any) -> None:
    """In the child: leave everything of the parent behind and run the cells; never returns."""
    from autograder.sandbox import cells

    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        requests.close()
        channel, report = descriptors
        os.environ.clear()
        os.environ.update(ENVIRONMENT)
        os.environ.update(asked["environment"])
        quiet = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(quiet, standard)
        for name in os.listdir("/proc/self/fd"):
            if int(name) > 2 and int(name) not in (channel, report):
                try_close(int(name))
        confinement = Confinement(
            layers=frozenset(asked["layers"]),
            readable=tuple(asked["readable"]),
            slot=int(asked["slot"]),
            limits=Limits(**asked["limits"]),
        )
        link = socket.socket(fileno=channel)
        confine(confinement, lambda: cells.run(link, shell), report)
    except BaseException as error:
        os.write(descriptors[1], f"failed {error}\n".encode()[:1000])
    finally:
        os._exit(1)


def try_close(descriptor: int) -> None:
    try:
        os.close(descriptor)
    except OSError:
        return  # the descriptor of the listing itself


def main() -> None:
    """Serve on the socket whose descriptor is the first argument."""
    for name in ("TF_CPP_MIN_LOG_LEVEL", "KERAS_BACKEND", "MPLBACKEND", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = ENVIRONMENT[name]
    os.chdir("/")
    serve(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
