"""What the generated pages of docs/ share: where they are, and how a type and a table are written.

`python -m tests.architecture.facts_page`, `rules_page` and `commands_page` each write their page anew.
"""

from __future__ import annotations

import enum
import inspect
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

PLAIN = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "yes or no",
    "date": "day",
    "bytes": "bytes, in base64",
}


def told(kind: object) -> str:
    """A class's docstring as one paragraph; nothing where it has none of its own."""
    text = getattr(kind, "__doc__", None) or ""
    # A dataclass without a docstring is given its own signature as one.
    if text.startswith(f"{getattr(kind, '__name__', '')}("):
        return ""
    return " ".join(inspect.cleandoc(text).split())


def type_words(hint: Any) -> str:
    """A type as a reader knows it: `Sealed` words are text, `str | None` is text that may be left out."""
    if get_origin(hint) is Annotated:
        return type_words(get_args(hint)[0])
    parts = get_args(hint)
    if NoneType in parts:
        inner = [part for part in parts if part is not NoneType]
        return f"{type_words(inner[0])}, or none"
    if get_origin(hint) is tuple:
        if parts[-1] is Ellipsis:
            return f"list of {type_words(parts[0])}"
        return " and ".join(type_words(part) for part in parts)
    if get_origin(hint) is dict:
        return "values by name"
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return f"[{hint.__name__}](facts.md#{hint.__name__.lower()})"
    name = hint.__name__
    of_commands = "commands" in hint.__module__ or hint.__module__.endswith(".signals")
    page = "commands.md" if of_commands else "facts.md"
    return PLAIN.get(name, "text" if name == "Sealed" else f"[{name}]({page}#{name.lower()})")


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table, with a bar in a cell written so that it stays in it."""
    lines = [_row(heading), f"|{'---|' * len(heading)}"]
    return [*lines, *map(_row, rows), ""]


def _row(cells: Sequence[str]) -> str:
    written = " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {written} |"


def write(name: str, page: str) -> None:
    (DOCS / name).write_text(page, encoding="utf-8")
