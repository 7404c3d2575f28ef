"""Chromium under Playwright, and a note of everything that its pages ask for."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

MISSING = "There is no Chromium here, which this test drives. Debian or Ubuntu: sudo apt install chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update"]
LONGEST_WAIT = 120_000  # milliseconds; only for a state that never comes, and for kernels on a busy machine
HERE = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|(data|blob|file|about|chrome):")


def program() -> str | None:
    """The browser's program, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """A page, and all addresses that it and its frames, scripts and sockets asked for."""

    page: Page
    asked: list[str] = field(default_factory=list)

    @property
    def elsewhere(self) -> list[str]:
        """Those of other computers."""
        return [address for address in self.asked if not HERE.match(address)]


@contextlib.contextmanager
def visit(browser: Browser) -> Iterator[Visit]:
    """A page in a fresh profile, in a window of a laptop's size."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(LONGEST_WAIT)
    expect.set_options(timeout=LONGEST_WAIT)
    page = context.new_page()
    seen = Visit(page)

    def note(request: Request) -> None:
        seen.asked.append(request.url)

    context.on("request", note)
    page.on("websocket", lambda socket: seen.asked.append(socket.url))
    try:
        yield seen
    finally:
        context.close()
