"""Controls below a picture, in a real JupyterLab and a real browser."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from chromium import visit
from playwright.sync_api import Browser, expect

import course_lib

pytestmark = pytest.mark.slow

SOURCE = """
from course_lib import figures

def draw(r, layer):
    return figures.bottlenecks(16 if layer == "first" else 32, {r: 32 // r})

overview = figures.bottlenecks(16, {2: 16, 4: 8})
figures.explore(overview, draw, r=[2, 4, 8], layer={"first": "first", "second": "second"})
"""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a notebook in JupyterLab, with settings, logs and runtime files of its own."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(SOURCE)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}},
    )
    nbformat.write(notebook, tmp_path / "widgets.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex()
    own = {name: str(tmp_path / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    root = str(Path(course_lib.__file__).parents[1])
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.root_dir={tmp_path}"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command += ["--ServerApp.allow_root=True", "--LabApp.news_url=", "--LabApp.check_for_updates_class="]
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            command,
            env=os.environ | own | {"HOME": str(tmp_path), "PYTHONPATH": root, "JUPYTER_TOKEN": token},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/api?token={token}", server)
            yield f"http://127.0.0.1:{port}/lab/tree/widgets.ipynb?token={token}"
        finally:
            server.terminate()  # which also ends its kernels
            server.wait(20)


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail("JupyterLab does not answer.")


def test_a_moved_slider_and_a_picked_entry_change_the_picture(lab: str, browser: Browser) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(lab)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        live = page.locator(".jupyter-widgets.widget-output img")
        expect(live).to_have_attribute("alt", says(16, 2, 16))
        overview = page.locator(".jp-RenderedImage img")
        before = overview.get_attribute("src")  # strict: there is one
        page.locator(".noUi-handle").focus()
        page.keyboard.press("ArrowRight")
        expect(live).to_have_attribute("alt", says(16, 4, 8))
        page.locator(".widget-dropdown select").select_option("second")
        expect(live).to_have_attribute("alt", says(32, 4, 8))
        assert overview.get_attribute("src") == before
    assert seen.elsewhere == []


def says(channels: int, ratio: int, count: int) -> str:
    return (
        f"The middle of an excitation of {channels} channels: "
        f"r = {ratio}, {channels // ratio} units and {count} parameters."
    )
