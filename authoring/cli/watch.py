"""`course watch`"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from course_lib.paths import project_root

# What notebooks and answer keys are made from.
_SOURCES = ("solutions", "course_lib", "autograder", "authoring", "claims")


def command() -> None:
    """Build again whenever a source is saved.

    Watches the Python files that notebooks and answer keys are made from, and runs `course build` after each
    change: what was rebuilt, what no longer fits, and what must be measured again. A mistake is shown and
    the watching goes on. Stop it with Ctrl-C.

    Example: `course watch`
    """
    root = project_root()
    print(f"Watching {', '.join(_SOURCES)} in {root}; stop with Ctrl-C.", flush=True)
    _build(root)
    for changed in saved(root):
        print(f"\nchanged: {', '.join(changed)}", flush=True)
        _build(root)


def saved(root: Path, stop: Event | None = None) -> Iterator[list[str]]:
    """Each time sources are saved, their paths below `root`; until Ctrl-C, or `stop` is set."""
    from watchfiles import PythonFilter, watch

    places = [root / name for name in _SOURCES]
    for changes in watch(*places, watch_filter=PythonFilter(), stop_event=stop, raise_interrupt=False):
        yield sorted({str(Path(path).relative_to(root)) for _, path in changes})


def _build(root: Path) -> None:
    """In a process of its own, which reads the sources anew."""
    subprocess.run([sys.executable, "-m", "course_lib.cli", "build"], cwd=root)
    print("Waiting for the next change.", flush=True)
