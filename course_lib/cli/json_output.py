"""The option `--json` of commands, and the JSON they print: the same facts as on the screen, for programs."""

import dataclasses
import json
from pathlib import Path
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")]


def print_json(result: Any) -> None:
    """Print dataclasses, paths and plain data as JSON; fields that a dataclass hides from `repr` stay out."""
    print(json.dumps(result, indent=1, ensure_ascii=False, default=_as_plain_data))


def _as_plain_data(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.repr}
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
