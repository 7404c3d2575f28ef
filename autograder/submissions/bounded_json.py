"""JSON from people and processes that nobody trusts."""

from __future__ import annotations

import json
import re
from typing import Any

# A string, or what is left of one that is never closed. Possessive: the time is linear in the length.
STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)


def read_json(data: bytes, most: int) -> Any:
    """The value of a JSON text with at most `most` bytes outside of its strings.

    It is in UTF-8, in which halves of characters may pass.
    Strings take about as much memory as they are long. All else can take thirty times as much, so that a
    file of empty lists would fill the memory of whoever reads it.

    Raises ValueError when it is no JSON, has more outside of strings, or is nested too deeply.
    """
    outside = place = 0
    for string in STRING.finditer(data):
        outside += string.start() - place + 1
        place = string.end()
        if outside > most:
            break
    else:
        outside += len(data) - place
    if outside > most:
        raise ValueError(f"more than {most:,} bytes of lists, objects and numbers")
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
