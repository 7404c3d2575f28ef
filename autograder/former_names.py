"""Names from version 0.1 that a class's nbgrader_config.py may still hold.

An instructor's file is theirs and is never edited for them. So modules can be imported by the names they had,
and settings that name them are brought up to date when the course reads them. Either way one note on standard
error says so.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType
from typing import Any

MODULES = {
    "autograder.grading.feedback": "autograder.pages.feedback",
    "autograder.harmless": "autograder.pages.sanitising",
    "autograder.page_templates": "autograder.pages.templates",
    "autograder.pipeline": "autograder.grading.nbgrader_steps",
    "autograder.release": "autograder.notebooks.named_stub",
    "autograder.sandbox.execute": "autograder.sandbox.execute_step",
}
# Functions whose place has been taken by another one.
FUNCTIONS = {"autograder.harmless.clean_text": "autograder.pages.markdown.clean_unmarked_text"}
_FORMER = re.compile(rf"({'|'.join(map(re.escape, MODULES))})(?=\.\w+$)")
_warned = False


def up_to_date(setting: Any) -> Any:
    """A setting, or all those in a list, dict or Config, with today's names in place of former ones."""
    if isinstance(setting, str):
        if found := _FORMER.match(setting):
            warn_of(found[1])
        return FUNCTIONS.get(setting) or _FORMER.sub(lambda name: MODULES[name[1]], setting)
    if isinstance(setting, dict):
        for name in setting:
            setting[name] = up_to_date(setting[name])
    elif isinstance(setting, list):
        return [up_to_date(each) for each in setting]
    return setting


def warn_of(name: str) -> None:
    """Say that a former name is in use; only once, however many there are."""
    global _warned
    if not _warned:
        _warned = True
        print(
            f"Note: nbgrader_config.py has names from version 0.1 of the course, such as {name}. They still "
            "work. To end this note, take this version's nbgrader_config.py and add your own lines to it.",
            file=sys.stderr,
        )


class FormerModules(MetaPathFinder, Loader):
    """Finds modules by the names they had; each gives what is in today's module."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Called by Python for every import."""
        return spec_from_loader(fullname, self) if fullname in MODULES else None

    def exec_module(self, module: ModuleType) -> None:
        """Called by Python to fill the new module."""
        warn_of(module.__name__)

        def find(name: str) -> Any:
            module_today, _, name_today = FUNCTIONS.get(
                f"{module.__name__}.{name}", f"{MODULES[module.__name__]}.{name}"
            ).rpartition(".")
            return getattr(importlib.import_module(module_today), name_today)

        module.__getattr__ = find  # type: ignore[method-assign]


def install() -> None:
    """Let Python look here first: an emptied folder of a former package would be taken for a package."""
    if not any(isinstance(finder, FormerModules) for finder in sys.meta_path):
        sys.meta_path.insert(0, FormerModules())
