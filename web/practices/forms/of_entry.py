"""What forms about one entry have in common: which entry it is, by its version, as an address gives it."""

from __future__ import annotations

from typing import Any

from domain.rules import Command
from domain.text import Words
from web.forms.fields import Hidden
from web.forms.shapes import Shape

ENTRY = Hidden(name="version", label="Entry")
VERSION = {"version": Shape("version", str, True, False, Words(12, lines=False), None)}


def of_entry(command: type[Command]) -> Any:
    """An address gives a version as text."""
    return lambda _drawing, given: command(**{**given, "version": whole(given["version"])})


def whole(text: str) -> int:
    """The version that a text gives; 0, which no entry has, where it gives none."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else 0
