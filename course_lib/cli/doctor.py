"""The command `course doctor`, which looks for what could keep the course from running, and its findings."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from course_lib.cli import announced
from course_lib.cli.json_output import AsJson, print_json
from course_lib.paths import project_root

_NEEDED_DISK = 2e9  # bytes: executed notebooks, feedback and the download of the data set fit well


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    Attributes:
        subject: What was looked at.
        found: What was found.
        fix: What to do where it is a problem; else "".
    """

    subject: str
    found: str
    fix: str = ""

    def __str__(self) -> str:
        mark = "problem" if self.fix else "ok     "
        return f"{mark}  {self.subject}: {self.found}" + (f"\n         do: {self.fix}" if self.fix else "")


def command(as_json: AsJson = False) -> None:
    """Look for what could keep the course from running here.

    Prints one line each for Python, packages, disk, data set, Jupyter's port, kernel, nbgrader's extensions
    and the walls that graded notebooks run behind, with a fix beside every problem. Changes nothing.

    Example: `course doctor`
    """
    findings = list(examine(project_root()))
    if as_json:
        print_json(findings)
    for finding in findings if not as_json else ():
        print(finding)
    if any(finding.fix for finding in findings):
        raise typer.Exit(1)


def examine(root: Path) -> Iterator[Finding]:
    """Yield every finding about the course in `root` and the environment that runs this.

    The packages of the course announce what they look at in the entry-point group `course.doctor`: functions
    that take the course's folder and yield findings.
    """
    for entry in announced("course.doctor"):
        yield from entry.load()(root)


def examine_computer(root: Path) -> Iterator[Finding]:
    """Yield what everybody needs: Python, packages, disk, data, and what JupyterLab runs on."""
    yield _python()
    yield _packages(root / "requirements.lock")
    yield _disk(root)
    yield _data()
    yield _port(8888)
    yield _kernel()
    yield _extensions()


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding("Python", f"{version} at {sys.prefix}", "" if fits else "use Python 3.11, 3.12 or 3.13")


def _packages(lock: Path) -> Finding:
    from importlib.metadata import PackageNotFoundError, version

    from packaging.requirements import Requirement

    if not lock.is_file():
        return Finding("packages", f"{lock} is missing", "get a fresh copy of the course")
    wrong = []
    pins = [line.rstrip("\\ ") for line in lock.read_text().splitlines() if line[:1].isalnum()]
    wanted = [pin for pin in map(Requirement, pins) if pin.marker is None or pin.marker.evaluate()]
    for pin in wanted:
        try:
            if not pin.specifier.contains(version(pin.name), prereleases=True):
                wrong.append(f"{pin.name} is {version(pin.name)}, not {pin.specifier}")
        except PackageNotFoundError:
            wrong.append(f"{pin.name} is missing")
    if wrong:
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        return Finding("packages", "; ".join(wrong[:3]) + more, "remove .venv and run ./course again")
    return Finding("packages", f"all {len(wanted)} as in {lock.name}")


def _disk(root: Path) -> Finding:
    free = shutil.disk_usage(root).free
    fix = "" if free >= _NEEDED_DISK else f"free at least {_NEEDED_DISK / 1e9:.0f} GB there"
    return Finding("disk", f"{free / 1e9:.1f} GB free at {root}", fix)


def _data() -> Finding:
    from course_lib.data.fashion_mnist import keras_cache

    named = os.environ.get("FASHION_MNIST_DIR")
    places = [Path(named)] if named else []
    for place in [*places, keras_cache()]:
        if place.joinpath("train-images-idx3-ubyte.gz").is_file():
            return Finding("data set", f"Fashion-MNIST at {place}")
        if str(place) == named:
            return Finding("data set", f"none in {place}", "correct FASHION_MNIST_DIR, or unset it")
    # Not a problem: without the real images the course draws its own.
    return Finding("data set", "Fashion-MNIST is not here yet; it is fetched when first needed")


def _port(port: int) -> Finding:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            # JupyterLab then takes the next free one by itself.
            return Finding("port", f"{port} is in use; course lab will take the next free one")
    return Finding("port", f"{port} is free")


def _kernel() -> Finding:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        return Finding("kernel", f"python3 at {KernelSpecManager().get_kernel_spec('python3').resource_dir}")
    except NoSuchKernel:
        return Finding("kernel", "python3 is not installed", "run: python -m ipykernel install --sys-prefix")


def _extensions() -> Finding:
    from jupyter_core.paths import jupyter_config_path, jupyter_path

    places = [Path(place, "jupyter_server_config.d") for place in jupyter_config_path()]
    server = any(place.glob("nbgrader*.json") for place in places)
    lab = any(
        Path(place, "@jupyter/nbgrader/package.json").is_file() for place in jupyter_path("labextensions")
    )
    if server and lab:
        return Finding("nbgrader", "Validate and formgrader are enabled in JupyterLab")
    return Finding(
        "nbgrader",
        "its JupyterLab extensions are not enabled",
        "run: jupyter server extension enable --sys-prefix --py nbgrader",
    )
