"""What tests of several folders share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.grading.workbench import Workbench
from autograder.sandbox.supervise import WarmParent


@pytest.fixture(scope="session")
def warm_parent() -> Iterator[WarmParent]:
    """One warm parent for all tests that run cells: it takes seconds to start. Uses the walls there are."""
    with WarmParent(trust=True) as parent:
        yield parent


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """One workbench for all tests that grade."""
    with Workbench(1, tmp_path_factory.mktemp("bench")) as bench:
        yield bench
