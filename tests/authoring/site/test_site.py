"""The finished site: every link, picture and colour, on a desk and on a phone, and no request leaves it."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from authoring.site.block_pages import BLOCKS
from course_lib.lessons import lesson_names
from course_lib.paths import project_root

pytestmark = pytest.mark.slow

ROOT = project_root()
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LESSONS = [f"lessons/{name}/{name}.html" for name in lesson_names()]
LOOKED_AT = [
    "index.html",
    "lessons/index.html",
    *LESSONS,
    "blocks/index.html",
    *(f"blocks/{block.module}.html" for block in BLOCKS),
    "claims.html",
    "benchmarks.html",
    "library.html",
    "instructor-guide.html",
    "author-guide.html",
    "decisions.html",
    "code/course_lib/blocks/bam.py.html",
    "code/benchmarks/data.py.html",
]
# axe takes long over long pages. Lesson 00 has every kind of cell; with COURSE_CHECKS=all it reads them all.
READ = (
    LOOKED_AT
    if os.environ.get("COURSE_CHECKS") == "all"
    else [
        "index.html",
        LESSONS[0],
        "blocks/bam.html",
        "benchmarks.html",
        "library.html",
        "code/benchmarks/data.py.html",
    ]
)


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[Path, BeautifulSoup]:
    """Every page of the site, parsed."""
    return {path: BeautifulSoup(path.read_bytes(), "html.parser") for path in site.rglob("*.html")}


def test_every_link_leads_somewhere(site: Path, pages: dict[Path, BeautifulSoup]) -> None:
    names = {path: {tag["id"] for tag in page.select("[id]")} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for link in page.select("a[href]"):
            target = urlsplit(str(link["href"]))
            if target.scheme in ("http", "https", "mailto"):
                continue
            file = (path.parent / unquote(target.path)).resolve() if target.path else path
            if not file.is_file() or (
                target.fragment and unquote(target.fragment) not in names.get(file, ())
            ):
                broken.append(f"{path.relative_to(site)}: {link['href']}")
    assert not broken


def test_every_picture_is_there_and_says_what_it_shows(site: Path, pages: dict[Path, BeautifulSoup]) -> None:
    pictures = [(path, image) for path, page in pages.items() for image in page.select("img")]
    assert len(pictures) > 90
    for path, image in pictures:
        assert (path.parent / str(image["src"])).is_file()
        assert len(str(image.get("alt", "")).split()) >= 4, f"{path}: {image}"


def test_headings_leave_out_no_level(pages: dict[Path, BeautifulSoup]) -> None:
    for path, page in pages.items():
        levels = [int(tag.name[1]) for tag in page.select("article :is(h1, h2, h3, h4, h5, h6)")]
        assert levels[:1] in ([1], []), path
        assert all(later <= level + 1 for level, later in itertools.pairwise(levels)), path


def test_nothing_is_loaded_from_elsewhere(pages: dict[Path, BeautifulSoup]) -> None:
    for path, page in pages.items():
        loaded = [
            tag.get("src") or tag.get("href") for tag in page.select("script[src], img, link[href], iframe")
        ]
        assert not [address for address in loaded if "//" in str(address)], path


def solution_lines(lesson: str) -> Iterator[str]:
    """Telling lines of the solutions that stand nowhere in the students' notebook."""
    solved = nbformat.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
    released = nbformat.read(ROOT / "notebooks" / lesson / f"{lesson}.ipynb", as_version=4)
    given = " ".join("\n".join(cell.source for cell in released.cells).split())
    for cell in solved.cells:
        for region in re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.DOTALL):
            for line in region.splitlines():
                if len(line.split()) > 2 and " ".join(line.split()) not in given:
                    yield " ".join(line.split())


@pytest.mark.parametrize("lesson", lesson_names())
def test_no_page_of_a_lesson_holds_a_solution(
    lesson: str, site: Path, pages: dict[Path, BeautifulSoup]
) -> None:
    page = pages[site / "lessons" / lesson / f"{lesson}.html"]
    text = " ".join(page.get_text().split())
    lines = list(solution_lines(lesson))
    assert lines
    assert not [line for line in lines if line in text]
    assert "Right. All of it." not in text


# A colour in the middle of a transition is nobody's colour.
STILL = "Promise.all(document.getAnimations().map(animation => animation.finished))"


def test_no_source_of_a_lesson_is_a_page(site: Path, pages: dict[Path, BeautifulSoup]) -> None:
    code = [path.relative_to(site / "code").as_posix() for path in pages if site / "code" in path.parents]
    assert "course_lib/earlier.py.html" in code  # decisions link to it, and to sources of lessons
    assert not [name for name in code if name.startswith("solutions/")]


def opened(
    browser: Browser, size: dict[str, int], address: str, colours: Literal["light", "dark"] = "light"
) -> tuple[Page, list[str]]:
    """A new page, and the addresses outside the site that it asks for."""
    page = browser.new_page(viewport=size, color_scheme=colours, reduced_motion="reduce")
    strange: list[str] = []
    page.on(
        "request", lambda request: strange.append(request.url) if not inside(request.url, address) else None
    )
    return page, strange


def inside(url: str, address: str) -> bool:
    return url.startswith((f"{address}/", "data:", "blob:"))


def test_pages_fit_a_phone(browser: Browser, address: str) -> None:
    page, strange = opened(browser, PHONE, address)
    wider = {}
    for name in LOOKED_AT:
        page.goto(f"{address}/{name}")
        wider[name] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    assert {name: pixels for name, pixels in wider.items() if pixels > 0} == {}
    assert strange == []
    page.close()


@pytest.mark.parametrize(("size", "colours"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def test_everybody_can_read_the_pages(
    browser: Browser, address: str, size: dict[str, int], colours: Literal["light", "dark"]
) -> None:
    page, strange = opened(browser, size, address, colours)
    problems = []
    for name in READ:
        page.goto(f"{address}/{name}")
        page.evaluate(STILL)
        for problem in Axe().run(page).response["violations"]:
            found = [node["html"] for node in problem["nodes"]]
            if problem["id"] == "empty-table-header":  # axe does not see MathML
                found = [html for html in found if "<math" not in html]
            if found:
                problems.append(f"{name}: {problem['id']}, {problem['help']}: {found[:3]}")
    assert not problems, "\n".join(problems)
    assert strange == []
    page.close()


def test_a_reader_finds_the_way(browser: Browser, address: str) -> None:
    page, strange = opened(browser, DESK, address)
    page.goto(address)
    page.get_by_role("article").get_by_role("link", name="the ten lessons").click()
    page.get_by_role("article").get_by_role("link", name=re.compile("Lesson 01")).click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Lesson 01")
    assert page.locator("math").count() > 20
    figure = page.locator(".cell_output img").first
    assert figure.evaluate("image => image.complete && image.naturalWidth") > 300
    page.get_by_role("navigation").get_by_role("link", name="The blocks").first.click()
    page.get_by_role("article").get_by_role("link", name="Squeeze-and-excitation").first.click()
    assert page.locator(".equation math").count() == 1
    page.get_by_role("article").get_by_role("link", name="course_lib/blocks/squeeze_excitation.py").click()
    assert "class SqueezeExcitation" in page.get_by_role("main").inner_text()
    page.go_back()
    page.get_by_role("article").get_by_role("link", name="Claims").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Claims")
    page.goto(f"{address}/search.html?q=softmax")
    page.locator("#search-results li").first.wait_for()
    assert page.locator("#search-results a[href*='lessons/']").count() > 0
    assert strange == []
    page.close()


def test_what_is_said_of_a_claim_is_what_was_measured(site: Path, pages: dict[Path, BeautifulSoup]) -> None:
    """A line of the claims page, worked out anew from the stored runs."""
    runs = [
        json.loads(line) for line in (ROOT / "claims/results/lesson_01/gates.jsonl").read_text().splitlines()
    ]
    values = [run["metrics"]["training_accuracy"] for run in runs if run["variant"] == "memoriser"]
    row = next(
        row
        for row in pages[site / "claims.html"].select("tr")
        if "The memoriser gets nearly all training images right" in row.get_text()
    )
    assert f"{100 * sum(values) / len(values):.0f} %" in row.get_text()
