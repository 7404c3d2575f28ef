"""What a lesson imports: `setup`, `check`, and the sub-packages, from blocks to training.

Nothing heavy is loaded until it is used, so `import course_lib` takes only a moment.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.checks import CheckFailed, check
    from course_lib.session import Session, setup

__all__ = ["CheckFailed", "Session", "check", "setup"]

_HOMES = {
    "CheckFailed": "course_lib.checks",
    "check": "course_lib.checks",
    "Session": "course_lib.session",
    "setup": "course_lib.session",
}
_MODULES = ("blocks", "checks", "count", "data", "earlier", "figures", "networks", "scores", "training")


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    if name in _MODULES:
        return importlib.import_module(f"course_lib.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
