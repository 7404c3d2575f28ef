"""Names taken out of what a class handed in, for a screen that the class sees."""

from __future__ import annotations

import io
import random
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from autograder.report.results import ClassResults, StudentResult

FEWEST = 3  # letters of a name that is looked for within words too
LEFT_OUT = "# Left out: names in this code cannot be told from the rest of it.\n"
# Where remarks of the grading name files; a file's name may hold anything, a full name too.
FILES = (
    r"(?<=files left out: ).*",
    r"(?<=; found ).*(?=: rename it)",
    r"(?<=holds a link \().*(?=\); hand in)",
    r"[^\s,;:()]+\.[A-Za-z]\w*",
)


def without_names(found: ClassResults) -> ClassResults:
    """The same with numbers for names, in an order drawn anew each time.

    Every student's name is replaced wherever a text holds it. Code loses its comments and texts, remarks the
    names of files.
    """
    mixed = random.SystemRandom().sample(found.results, len(found.results))
    width = len(str(len(mixed)))
    aliases = {result.student: f"student {place:0{width}}" for place, result in enumerate(mixed, 1)}
    hidden = _hiding(aliases)
    hidden_in_code = _hiding({name: alias.replace(" ", "_") for name, alias in aliases.items()})

    def renamed(result: StudentResult) -> StudentResult:
        answers = tuple(
            replace(
                answer,
                headline=hidden(answer.headline),
                source=hidden_in_code(code_alone(answer.source)),
            )
            for answer in result.answers
        )
        remarks = hidden(_without_files(result.remarks))
        return replace(result, student=aliases[result.student], remarks=remarks, answers=answers)

    return replace(found, results=tuple(map(renamed, mixed)))


def _hiding(aliases: dict[str, str]) -> Callable[[str], str]:
    """A function that puts aliases for names in a text, and for what stands before the @ of an address."""
    known = {name.casefold(): alias for name, alias in aliases.items()}
    for name, alias in aliases.items():
        known.setdefault(name.partition("@")[0].casefold(), alias)
    longest_first = sorted(filter(None, known), key=len, reverse=True)

    def hidden(text: str) -> str:
        folded = text.casefold()
        there = [_anywhere(name) for name in longest_first if name in folded]  # all at once takes too long
        if not there:
            return text
        return re.sub(
            "|".join(there), lambda name: known.get(name[0].casefold(), "student"), text, flags=re.IGNORECASE
        )

    return hidden


def _anywhere(name: str) -> str:
    """What finds a name, within words too unless it is so short that most words would hold it."""
    escaped = re.escape(name)
    return escaped if len(name) >= FEWEST else rf"(?<![^\W_]){escaped}(?![^\W_])"


def _without_files(remarks: str) -> str:
    for pattern in FILES:
        remarks = re.sub(pattern, "…", remarks, flags=re.DOTALL)
    return remarks


def code_alone(source: str) -> str:
    """Code with its comments left out and its texts emptied; a note in place of what is not Python."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    lines = source.split("\n")
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    try:
        spans = list(_told(tokenize.generate_tokens(io.StringIO(source).readline)))
    except (tokenize.TokenError, SyntaxError):
        return LEFT_OUT
    kept, end = [], 0
    for first, last, instead in spans:
        start = begins[first[0] - 1] + first[1]
        kept += [source[end:start], instead]
        end = begins[last[0] - 1] + last[1]
    return "".join([*kept, source[end:]])


Place = tuple[int, int]


def _told(tokens: Iterable[tokenize.TokenInfo]) -> Iterator[tuple[Place, Place, str]]:
    """Where comments and texts begin and end, what to put there; raises SyntaxError at what is no token."""
    depth, start = 0, (0, 0)
    for token in tokens:
        kind = tokenize.tok_name[token.type]
        if kind == "ERRORTOKEN" and token.string.strip():
            raise SyntaxError(token.string)
        if kind == "FSTRING_START":  # one token up to Python 3.11, many from 3.12
            start = start if depth else token.start
            depth += 1
        elif kind == "FSTRING_END":
            depth -= 1
            if not depth:
                yield start, token.end, '""'
        elif kind in ("STRING", "COMMENT") and not depth:
            yield token.start, token.end, '""' if kind == "STRING" else ""
