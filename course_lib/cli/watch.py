"""`course watch`"""

import subprocess
import sys
from pathlib import Path

from course_lib.paths import project_root

_SOURCES = ("solutions", "autograder", "course_lib", "claims")  # what notebooks and keys are made from


def command() -> None:
    """Build again whenever a source is saved.

    Watches the Python files that notebooks and answer keys are made from, and runs `course build` after each
    change: what was rebuilt, what no longer fits, and what must be measured again. A mistake is shown and
    the watching goes on. Stop it with Ctrl-C.

    Example: `course watch`
    """
    from watchfiles import PythonFilter, watch

    root = project_root()
    print(f"Watching {', '.join(_SOURCES)} in {root}; stop with Ctrl-C.", flush=True)
    _build(root)
    places = [root / name for name in _SOURCES]
    for changes in watch(*places, watch_filter=PythonFilter(), raise_interrupt=False):
        changed = sorted({str(Path(path).relative_to(root)) for _, path in changes})
        print(f"\nchanged: {', '.join(changed)}", flush=True)
        _build(root)


def _build(root: Path) -> None:
    """In a process of its own, which reads the sources anew."""
    subprocess.run([sys.executable, "-m", "course_lib.cli", "build"], cwd=root)
    print("Waiting for the next change.", flush=True)
