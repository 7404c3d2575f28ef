"""How much one submission may use."""

from __future__ import annotations

import resource
from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Limits of one run.

    cell_seconds: wall time of one cell. cpu_seconds: processor time of the whole run.
    memory: address space, bytes. files: bytes on the work disk. processes: processes and threads together.
    output: bytes of output kept per cell; what a cell prints beyond is counted and dropped.
    """

    cell_seconds: float = 60.0
    cpu_seconds: int = 300
    memory: int = 6_000 * MB
    files: int = 200 * MB
    processes: int = 256
    open_files: int = 512
    output: int = 6 * MB


def apply(limits: Limits) -> None:
    """Set the limits that the kernel keeps; wall time and output are kept by the supervisor."""
    for what, value in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.files),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (value, value))
