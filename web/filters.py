"""The questions above a list by which its reader chooses what stands in it."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    value: str
    text: str
    chosen: bool


class Filter(NamedTuple):
    """One question of the filter form."""

    name: str
    label: str
    anything: str
    options: list[Option]
