"""For which purpose a command looks back: its option, and what the access log then has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from application.purposes import state
from domain.access.purposes import OTHER, PURPOSES, stated
from domain.practice.moment import NOW, Moment
from web.commands.opening import Opened
from web.past.address import LooksAt
from web.purposes.noted import as_noted

F = TypeVar("F", bound=Callable[..., Any])


def for_purpose(command: F) -> F:
    """The option of every command that looks back, or takes something out."""
    names = ", ".join(one.name for one in PURPOSES if one.name != OTHER)
    told = f"What it is for, which the access log keeps: {names}, or {OTHER}: and a few words, which are kept sealed."
    return click.option("--purpose", metavar="PURPOSE", help=told)(command)


def looked_back(casebook: Opened, purpose: str | None, moment: Moment, through: str = "") -> dict[str, Any]:
    """The same of a command that may look back: nothing where it does not."""
    looks = LooksAt(moment, through)
    return noted(casebook, purpose, moment, through) if looks or purpose is not None else {}


def noted(casebook: Opened, purpose: str | None, moment: Moment = NOW, through: str = "") -> dict[str, Any]:
    """What the line of the access log says beside what was read. The purpose is kept as it was stated."""
    looked = {"moment": as_noted(LooksAt(moment, through))}
    if purpose is None:
        return looked
    name, _, words = purpose.partition(":")
    on, at = casebook.asked.on, casebook.casebook.clock()
    kept = stated(name.strip(), " ".join(words.split()), on)
    stores = casebook.stores
    state(stores.record_engine, stores.keys, at, casebook.asked, name.strip(), kept)
    return {"purpose": name.strip(), **looked}
