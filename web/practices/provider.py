"""What a practice's page says of its provider: who it is, and who it will be."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from flask import url_for

from domain.practice.provider import in_turn, provider_on
from domain.practice.state import Practice
from web.practices.fields import words_or_why
from web.words import day


class ProviderLine(NamedTuple):
    """The provider of today, with the entry that names it; `next` says who follows, if that is recorded already."""

    name: str
    version: int | None
    href: str
    next: str


def provider_line(practice: Practice, today: date) -> ProviderLine | None:
    """None where no provider is recorded, of today or a later day."""
    now = provider_on(practice, today)
    coming = next((one for one in in_turn(practice) if one.from_on > today), None)
    if now is None and coming is None:
        return None
    return ProviderLine(
        name=words_or_why(now.name) if now else "not recorded",
        version=now.version if now else None,
        href=url_for("providers.page", code=practice.code) if now else "",
        next=f"{words_or_why(coming.name)} from {day(coming.from_on)}" if coming else "",
    )
