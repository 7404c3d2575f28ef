"""What a child says a cell gave, brought into a form that a notebook, a message and a file can hold."""

from __future__ import annotations

import json
import math
from typing import Any

from autograder.pages.sanitising import encodable
from course_lib.checks.evidence import MIME

OUTCOME = "attention_course.outcome"  # key in an output's metadata; only the supervisor may set it
MOST_LEVELS = 8  # of nested lists and objects


def as_outputs(value: Any, most: int) -> list[dict[str, Any]]:
    """The first `most` outputs that nbformat knows; anything else is left out, and our own mark with it."""
    kept: list[dict[str, Any]] = []
    for output in value if isinstance(value, list) else []:
        if len(kept) == most:
            break
        match output:
            case {"output_type": "stream" as kind, "name": "stdout" | "stderr" as name, "text": str(text)}:
                kept.append({"output_type": kind, "name": name, "text": encodable(text)})
            case {"output_type": "display_data" as kind, "data": dict(data), "metadata": dict(about)}:
                kept.append(
                    {"output_type": kind, "data": _mime_bundle(data), "metadata": _without_our_mark(about)}
                )
            case {"output_type": "execute_result" as kind, "data": dict(data), "metadata": dict(about)}:
                shown = {"data": _mime_bundle(data), "metadata": _without_our_mark(about)}
                kept.append({"output_type": kind, "execution_count": None, **shown})
            case {"output_type": "error" as kind, "ename": str(), "evalue": str(), "traceback": list(lines)}:
                words = {part: encodable(output[part]) for part in ("ename", "evalue")}
                told = [encodable(line) for line in lines if isinstance(line, str)]
                kept.append({"output_type": kind, **words, "traceback": told})
    return kept


def _mime_bundle(data: dict[str, Any]) -> dict[str, Any]:
    """A MIME bundle: text, and plain data where the type says JSON."""
    return {
        encodable(kind): _json_safe(value)
        for kind, value in data.items()
        if isinstance(value, str) or (isinstance(value, dict) and kind.endswith("+json"))
    }


def _without_our_mark(about: dict[str, Any]) -> dict[str, Any]:
    """An output's metadata without our mark."""
    return {encodable(key): _json_safe(value) for key, value in about.items() if key != OUTCOME}


def _json_safe(value: Any, levels: int = MOST_LEVELS) -> Any:
    """JSON as others read it too: what is nested too deep, and numbers that JSON lacks, become null."""
    match value:
        case str():
            return encodable(value)
        case dict() if levels:
            return {encodable(key): _json_safe(item, levels - 1) for key, item in value.items()}
        case list() if levels:
            return [_json_safe(item, levels - 1) for item in value]
        case dict() | list():
            return None
        case float() if not math.isfinite(value):
            return None
    return value


class OutputBudget:
    """Bytes that outputs of a run may still take; evidence has its own, so that a flood leaves it some."""

    def __init__(self, shown: int, evidence: int) -> None:
        self._shown, self._evidence = shown, evidence

    def fit(self, outputs: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
        """The outputs that there is room for, and the bytes of those left out."""
        kept, left_out = [], 0
        for output in outputs:
            size = len(json.dumps(output, ensure_ascii=False))
            is_evidence = MIME in output.get("data", {})
            if size > (self._evidence if is_evidence else self._shown):
                left_out += size
                continue
            kept.append(output)
            if is_evidence:
                self._evidence -= size
            else:
                self._shown -= size
        return kept, left_out
