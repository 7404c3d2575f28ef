"""What a student wrote stays readable, and takes no renderer long."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_markdown_cell, new_notebook, new_output

from autograder.pages.markdown import markdown_to_html
from autograder.pages.sanitising import (
    ALL_MARKDOWN,
    MAX_MARKDOWN,
    MAX_PICTURES,
    Cleaner,
    clean_attachments,
    clean_html,
    clean_text,
)

SLOW = (
    *("[", "![", "[]", "[](", "[a](<b ", '[a](b "', "[a][b] ", "![a](b", "[a](b(", "[^1]", "[a]: <"),
    *("\\\\(", "\\\\[", "\\[", "\\\\(a ", "\\begin{a}", "\\begin{equation} ", "$", "$\n\n", "$$a\n"),
    *("<div>$a", "<div>\\begin{a}", "<div>\n$$a\n\n", "<var>$", "<var>$a$</var>", "\\begin{", "$\\frac{"),
    *("***a", "**a ", "_a", "<![CDATA[ ", "<!--", "<a ", '" \n', " \n", "# a\n", "> ", "- a\n", "`a ``b "),
)


def render(text: str) -> str:
    return clean_text(markdown_to_html(Cleaner().words(text, {})))


def seconds(text: str) -> float:
    """Processor time to render it, the least of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        render(text)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("piece", SLOW)
def test_four_times_the_words_take_no_square_of_the_time(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (25_000, 100_000))
    assert seconds(long) < 8 * seconds(short)


@pytest.mark.parametrize("piece", ["[", "![", "[]", "![a](b", "<![CDATA["])
def test_the_last_filter_takes_no_square_of_the_time(piece: str) -> None:
    """Also of what is rendered without the words' own limits."""

    def work(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        clean_text(text)
        return time.process_time() - start

    assert min(work(100_000) for _ in range(3)) < 8 * min(work(25_000) for _ in range(3))


def test_usual_words_are_rendered() -> None:
    assert "<strong>right</strong>" in render("It is **right**, see $x < 1$ and <b>this</b>.\n" * 100)


@pytest.mark.parametrize("text", ["**a** " * MAX_MARKDOWN, "<b>" * 3_001], ids=["long", "tags"])
def test_too_much_is_shown_as_it_was_typed(text: str) -> None:
    page = render(f"{text}</pre><script>alert(1)</script>\n\n# head")
    assert "as it was typed" in page
    assert "<strong>" not in page and "<b>" not in page and "<script" not in page and "<h1" not in page
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page


def test_all_cells_share_one_room() -> None:
    cleaner, text = Cleaner(), "**a** " * (MAX_MARKDOWN // 6)
    cells = [cleaner.words(text, {}) for _ in range(2 * ALL_MARKDOWN // MAX_MARKDOWN)]
    assert 0 < cells.count(text) * len(text) <= ALL_MARKDOWN
    assert cells[0] == text and "as it was typed" in cells[-1]


def test_a_picture_shown_a_thousand_times_is_not_shown() -> None:
    text, picture = "![x](attachment:a.png)" * 400, {"a.png": {"image/png": "A" * 1_000_000}}
    assert "as it was typed" in Cleaner().words(text, picture)
    assert Cleaner().words("![x](attachment:a.png)", picture) == "![x](attachment:a.png)"


@pytest.mark.parametrize(
    "name", ["a.png", "é.png", "my picture (1).png", "a%20b;*.png", "a&b.png", 'x"y.png']
)
@pytest.mark.parametrize("form", ["![x](<attachment:{}>)", "![x](attachment:{})"])
def test_an_attached_picture_is_found(name: str, form: str) -> None:
    cell = new_markdown_cell()
    cell["attachments"] = clean_attachments({name: {"image/png": "AAAA"}})
    written = quote(name, safe="()") if " " in name and "<" not in form else name
    cell.source = Cleaner().words(form.format(written), cell["attachments"])
    page = HTMLExporter().from_notebook_node(new_notebook(cells=[cell]))[0]
    assert 'src="data:image/png;base64,AAAA"' in page


def test_of_many_attached_pictures_the_first_are_kept() -> None:
    assert len(clean_attachments({f"{n}.png": {"image/png": "AAAA"} for n in range(1_000)})) == MAX_PICTURES


def test_long_markdown_that_is_displayed_is_shown_as_it_was_typed() -> None:
    shown = Cleaner().output(new_output("display_data", {"text/markdown": "\\\\[" * 50_000}))
    assert shown and "as it was typed" in shown.data["text/html"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("figures/a b.png", True),
        ("a.png", True),
        ("../../b/secret.png", False),
        ("a/..", False),
        ("%2E%2e/b.png", False),
        (".%2e/b.png", False),
        ("/formgrader/x.png", False),
        ("//elsewhere/x.png", False),
        ("http://elsewhere/x.png", False),
    ],
)
def test_pictures_come_from_beside_the_page(address: str, kept: bool) -> None:
    assert ("src=" in clean_html(f'<img src="{address}">')) == kept
