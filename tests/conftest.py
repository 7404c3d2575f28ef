"""What tests of several folders share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.sandbox.supervise import WarmParent


@pytest.fixture(scope="session")
def warm_parent() -> Iterator[WarmParent]:
    """One warm parent for all tests that grade: it takes ten seconds to start. Uses the walls there are."""
    with WarmParent(trust=True) as parent:
        yield parent
