"""The warm parent: has imported TensorFlow, has run none of it, and forks a confined child per request.

After one TensorFlow operation every fork would hang, so the parent makes sure that it has not grown threads.
It holds no secret: neither keys nor solutions nor finished blocks are ever loaded here.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

from autograder.sandbox import fork_server
from autograder.sandbox.confinement import Confinement, confine, load_libraries
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


def _threads() -> int:
    """How many threads this process has."""
    return len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 1


def _warm_up() -> Any:
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
    from autograder.sandbox.child_shell import make_shell
    from course_lib.checks.exercise import all_exercises

    all_exercises()
    load_libraries()
    shell = make_shell()
    from matplotlib_inline.backend_inline import configure_inline_support

    configure_inline_support(shell, ENVIRONMENT["MPLBACKEND"])
    _render_one_traceback(shell)
    _require_warm()
    return shell


def _render_one_traceback(shell: Any) -> None:
    """The first traceback costs 0.3 s of imports: pay it here, once."""
    shell.run_cell("1 / 0")
    from autograder.sandbox.child_shell import OUTPUTS

    OUTPUTS.start(0, 0)


def _require_warm() -> None:
    """Raise NotWarm when a child of this process would hang."""
    from tensorflow.python.eager import context

    if _threads() > MAX_THREADS:
        raise NotWarm(f"{_threads()} threads; {MAX_THREADS} at most can be forked from")
    runtime = getattr(context, "_context", None)
    if runtime is not None and getattr(runtime, "_context_handle", None) is not None:
        raise NotWarm("TensorFlow has run an operation in the warm parent")


def _start(asked: dict[str, Any], descriptors: list[int], shell: Any) -> None:
    """In a child: leave everything of the parent behind and run the cells; never returns."""
    from autograder.sandbox import child_shell

    channel, report = descriptors
    try:
        os.environ.clear()
        os.environ.update(ENVIRONMENT)
        os.environ.update(asked["environment"])
        quiet = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(quiet, standard)
        for name in os.listdir("/proc/self/fd"):
            if int(name) > 2 and int(name) not in (channel, report):
                _try_close(int(name))
        confinement = Confinement(
            layers=frozenset(asked["layers"]),
            readable=tuple(asked["readable"]),
            concealed=tuple(asked["concealed"]),
            hidden=tuple(asked["hidden"]),
            stand_in=asked["stand_in"],
            slot=int(asked["slot"]),
            cores=tuple(asked["cores"]),
            limits=Limits(**asked["limits"]),
        )
        link = socket.socket(fileno=channel)
        confine(confinement, lambda: child_shell.run(link, shell), report)
    except BaseException as error:
        os.write(report, f"failed {error}\n".encode()[:1000])
    finally:
        os._exit(1)


def _try_close(descriptor: int) -> None:
    try:
        os.close(descriptor)
    except OSError:
        return  # the descriptor of the listing itself


def main() -> None:
    """Serve on the socket whose descriptor is the first argument."""
    for name in ("TF_CPP_MIN_LOG_LEVEL", "KERAS_BACKEND", "MPLBACKEND", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = ENVIRONMENT[name]
    os.chdir("/")
    shell = _warm_up()
    fork_server.serve(
        socket.socket(fileno=int(sys.argv[1])),
        _require_warm,
        lambda asked, files: _start(asked, files, shell),
    )


if __name__ == "__main__":
    main()
