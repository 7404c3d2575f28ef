"""Jupyter kernels that need no network."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from traitlets.config import Config


@contextmanager
def private_kernels() -> Iterator["Config"]:
    """Give settings for kernels that are reached by sockets in a folder of this user alone.

    Jupyter's own way, TCP on the loopback interface, fails where that interface is down, and lets every
    user of the machine connect.
    """
    from traitlets.config import Config

    # The path of a socket may have about 100 characters, so it is kept short.
    with tempfile.TemporaryDirectory(prefix="k-") as place:
        settings = Config()
        settings.KernelManager.transport = "ipc"
        settings.KernelManager.ip = f"{place}/k"
        yield settings
