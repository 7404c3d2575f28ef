"""A notebook in JupyterLab, by what a person sees and does there."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager

from playwright.sync_api import Locator, Page, expect

DONE = re.compile(r"^\[\d+\]:$")  # the number beside a cell that has run; a star while it does


def open_notebook(page: Page, address: str, lesson: str) -> None:
    """Go to JupyterLab and open a lesson from its list of files."""
    page.goto(address)
    files = page.get_by_role("region", name="File Browser Section")
    files.get_by_text(lesson, exact=True).dblclick()
    files.get_by_text(f"{lesson}.ipynb", exact=True).dblclick()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("(ipykernel) | Idle")


def put(page: Page, what: str) -> AbstractContextManager[object]:
    """Wait until the page has stored something; `what` is part of the address."""
    return page.expect_response(lambda answer: answer.request.method == "PUT" and what in answer.url)


def cell(page: Page, text: str) -> Locator:
    """The cell of the open notebook with this text in it."""
    return page.locator(".jp-NotebookPanel:visible .jp-Notebook .jp-Cell").filter(has_text=text).first


def choose(page: Page, menu: str, item: str) -> None:
    """Choose from the menus at the top."""
    page.get_by_role("menubar").get_by_text(menu, exact=True).click()
    page.locator(".lm-Menu-item").filter(has_text=re.compile(f"^{re.escape(item)}")).first.click()


def write(page: Page, chosen: Locator, text: str) -> None:
    """Put `text` in place of what a code cell holds."""
    chosen.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(text)


def write_words(page: Page, chosen: Locator, text: str) -> None:
    """Put `text` in place of what a cell of words holds, and show it."""
    chosen.locator(".jp-RenderedMarkdown").dblclick()
    write(page, chosen, text)
    page.keyboard.press("Shift+Enter")
    expect(cell(page, text[:40]).locator(".jp-RenderedMarkdown")).to_be_visible()


def run(page: Page, chosen: Locator) -> Locator:
    """Run a code cell with Shift+Enter; its output."""
    prompt = chosen.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    chosen.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    expect(prompt).not_to_have_text(before)
    expect(prompt).to_have_text(DONE)
    return chosen.locator(".jp-OutputArea")


def run_to(page: Page, chosen: Locator) -> Locator:
    """Run all cells above a code cell, and it; its output."""
    chosen.locator(".cm-content").click()
    choose(page, "Run", "Run All Above Selected Cell")
    return run(page, chosen)


def save(page: Page) -> None:
    """Save with Ctrl+S, and wait until it is on disk."""
    with put(page, "/api/contents/"):
        page.keyboard.press("ControlOrMeta+S")


def validate(page: Page) -> Locator:
    """Press Validate; the box with what it says."""
    page.get_by_role("button", name="Validate").click()
    box = page.locator(".jp-Dialog").filter(has_text="Validation Results")
    expect(box).to_be_visible()
    return box
