"""What tests of several folders share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from chromium import MISSING, chromium, program
from playwright.sync_api import Browser
from small_course import make_small_course, small_course, source

from autograder.grading.worker_pool import WorkerPool
from autograder.sandbox.supervisor import WarmParent

__all__ = ["make_small_course", "small_course", "source"]


@pytest.fixture(scope="session")
def warm_parent() -> Iterator[WarmParent]:
    """One warm parent for all tests that run cells: it takes seconds to start. Uses the walls there are."""
    with WarmParent(trust=True) as parent:
        yield parent


@pytest.fixture(scope="session")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    """One worker pool for all tests that grade."""
    with WorkerPool(1, tmp_path_factory.mktemp("bench")) as pool:
        yield pool


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Closed with each module: while it runs, this process has an event loop."""
    if program() is None and os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    if program() is None:
        pytest.skip(MISSING)
    with chromium() as browser:
        yield browser
