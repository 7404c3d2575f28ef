"""What tests with a browser share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from chromium import MISSING, chromium, program
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Closed with each module: while it runs, this process has an event loop."""
    if program() is None and os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    if program() is None:
        pytest.skip(MISSING)
    with chromium() as browser:
        yield browser
