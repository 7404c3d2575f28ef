"""Collects the pages of the site in a folder, for Sphinx to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from PIL import Image

from authoring.measured_numbers import findings_of
from authoring.site import block_pages, claim_pages, lesson_pages
from course_lib.errors import CourseError

_NOT_PAGES = {"first-steps.md"}  # it lies in the zip that students get, and speaks of that
_CODE = ("course_lib/blocks/*.py", "claims/*.py", "benchmarks/*.py")
_NAMED_CODE = re.compile(r"(?<![\[`])`((?:course_lib/blocks|claims|benchmarks)/\w+\.py)`(?!`)")
# A link from docs/ to a file or folder of the repository, which says its path.
_LINKED_CODE = re.compile(r"\[(`[\w./-]+`)\]\(\.\./([\w./-]+)\)")
_FILE = re.compile(r"\]\(/?([\w./-]+\.(?!md\b|ipynb\b)\w+)\)")  # that is no page
_PICTURE = re.compile(r"!\[\]\((figures/[\w/-]+\.png)\)")


def stage(root: Path, place: Path, names: list[str]) -> None:
    """Write every page of the site to `place`, for the lessons `names`, and the files that pages link to."""
    pages = dict(_pages(root, names))
    wanted = {place / name: text.encode() for name, text in pages.items()}
    linked = {path for name, text in pages.items() for path in _FILE.findall(text) if name.endswith(".md")}
    files = {place / path: root / "docs" / path for path in linked}
    wanted |= {path: source.read_bytes() for path, source in files.items() if source.is_file()}
    for path, content in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _pages(root: Path, names: list[str]) -> Iterator[tuple[str, str]]:
    """Name and text of every page."""
    code = _code(root)
    findings = findings_of(root)
    notebooks = {name: lesson_pages.lesson_page(root, name) for name in names}
    headings = {name: lesson_pages.heading(notebook) for name, notebook in notebooks.items()}
    titles = {name: heading.title for name, heading in headings.items()}
    for path in sorted((root / "docs").glob("*.md")):
        if path.name not in _NOT_PAGES:
            yield path.name, _completed(path.read_text(encoding="utf-8"), root, code)
    guide = root / "CONTRIBUTING.md"
    if guide.is_file():
        text = guide.read_text(encoding="utf-8").replace("](docs/", "](")
        yield "contributing.md", _completed(text, root, code)
    for name, notebook in notebooks.items():
        yield f"lessons/{name}/{name}.ipynb", nbformat.writes(notebook)
    yield "lessons/index.md", _lesson_list(headings)
    for block in block_pages.BLOCKS:
        text = block_pages.block_page(block, notebooks[block.lesson], titles[block.lesson], findings)
        yield f"blocks/{block.module}.md", _described(text, root).replace("](figures/", "](/figures/")
    yield "blocks/index.md", _block_list()
    yield "claims.md", claim_pages.claims_page(titles, findings)
    for name, path in code.items():
        yield f"code/{name}.md", f"# `{name}`\n\n``````python\n{path.read_text(encoding='utf-8')}``````\n"
    yield "code/index.md", _code_list(list(code))


def _code(root: Path) -> dict[str, Path]:
    """The files of code that get a page, by their names: those that pages speak of, and that they link to.

    Sources of lessons get none, since they hold the solutions.
    """
    found = {path for pattern in _CODE for path in root.glob(pattern)}
    for page in (root / "docs").glob("*.md"):
        for _, name in _LINKED_CODE.findall(page.read_text(encoding="utf-8")):
            if name.endswith(".py") and not name.startswith("solutions/"):
                found.add(root / name)
    return {path.relative_to(root).as_posix(): path for path in sorted(found)}


def _completed(text: str, root: Path, code: dict[str, Path]) -> str:
    """The text with words for its pictures, and links to the files of code that it names."""
    linked = _NAMED_CODE.sub(
        lambda found: f"[{found[0]}](/code/{found[1]}.md)" if found[1] in code else found[0], text
    )
    linked = _LINKED_CODE.sub(
        lambda found: f"[{found[1]}](/code/{found[2]}.md)" if found[2] in code else found[1], linked
    )
    return _described(linked, root)


def _described(text: str, root: Path) -> str:
    """Each picture without words gets the description that lies inside its file."""

    def described(picture: re.Match[str]) -> str:
        path = root / "docs" / picture[1]
        with Image.open(path) as image:
            words = str(image.info.get("Description", ""))
        if not words:
            raise CourseError("A picture has no description.", where=str(path), fix="write one into the page")
        return f"![{words}]({picture[1]})"

    return _PICTURE.sub(described, text)


def _lesson_list(headings: dict[str, lesson_pages.Heading]) -> str:
    parts = [
        "# The ten lessons",
        "Each lesson is a notebook that you fill in. These pages show the notebooks as you get them. The "
        "exercises are open. Figures and numbers are those of one run, with the solutions filled in.",
    ]
    for name, heading in headings.items():
        facts = ", ".join(
            heading.facts.get(fact, "") for fact in ("Time", "Difficulty") if fact in heading.facts
        )
        parts.append(f"## [{heading.title}]({name}/{name}.ipynb)\n\n{heading.promise}\n\n{facts}")
    parts.append(_toctree(f"{name}/{name}" for name in headings))
    return "\n\n".join(parts) + "\n"


def _block_list() -> str:
    parts = [
        "# The blocks",
        "What each layer of `course_lib.blocks` computes, what it costs, where it was measured to help, and "
        "what people get wrong when they write it. [The library](/library.md) says how to use them.",
        *(
            f"## [{block.title}]({block.module}.md)\n\n{block_pages.summary(block)}"
            for block in block_pages.BLOCKS
        ),
        _toctree(block.module for block in block_pages.BLOCKS),
    ]
    return "\n\n".join(parts) + "\n"


def _code_list(names: list[str]) -> str:
    parts = ["# Code", "The files that these pages speak of."]
    parts += [f"- [`{name}`]({name}.md)" for name in names]
    return "\n\n".join(parts[:2]) + "\n\n" + "\n".join(parts[2:]) + "\n\n" + _toctree(names) + "\n"


def _toctree(names: Iterator[str] | list[str]) -> str:
    return "\n".join(("```{toctree}", ":hidden:", "", *names, "```"))
