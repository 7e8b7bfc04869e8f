"""What the next page says first: what was just recorded, and what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import flash, get_flashed_messages

from application.outcomes import Outcome

NOTHING_CHANGED = "Nothing was changed, so nothing was recorded"


class Link(NamedTuple):
    text: str
    href: str


def notify(
    text: str, *, success: bool = True, heading: str | None = None, links: Sequence[Link] = ()
) -> None:
    """Say this on the next page that the person sees: `heading` where what was done is no fact of the record."""
    # What flash keeps is signed, not hidden: a title is short, and the person's own.
    heading = heading or ("Recorded" if success else "Please note")
    told = {"text": text[:200], "success": success, "links": [link._asdict() for link in links]}
    flash({**told, "heading": heading})  # type: ignore[arg-type]


def notify_done(outcome: Outcome, text: str) -> None:
    """Say this where anything was recorded; where nothing was, say that."""
    if outcome.recorded:
        notify(text)
    else:
        notify(NOTHING_CHANGED, success=False)


def notices() -> list[Any]:
    return [notice for notice in get_flashed_messages() if isinstance(notice, dict)]
