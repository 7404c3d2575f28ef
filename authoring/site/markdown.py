"""Plain words as Markdown."""

import re

_CODE = re.compile(r"(`[^`]+`)")
_SIGNS = re.compile(r"([\\*_<>\[\]|$])")


def escaped(text: str) -> str:
    """The text with `names` as code, and every other sign as it stands."""
    return "".join(part if part.startswith("`") else _SIGNS.sub(r"\\\1", part) for part in _CODE.split(text))


def markdown_table(head: tuple[str, ...], rows: list[tuple[str, ...]], *, numbers: int = 0) -> str:
    """A table of Markdown cells; the last `numbers` columns stand to the right."""
    rule = ["---"] * (len(head) - numbers) + ["---:"] * numbers
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, tuple(rule), *rows))
