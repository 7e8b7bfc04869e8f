"""Where each organisation stands on the open concerns of a practice: both positions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from domain.practice.kinds import Side
from domain.practice.state import Position, Practice
from domain.practice.threads import is_open
from web.practices.agreement import BOTH_SIDES
from web.practices.fields import words_or_why
from web.practices.offers import Offer, Offers
from web.practices.offers.conversation import on_concern
from web.practices.telling import Telling
from web.practices.tells.agreed import concern as concern_told
from web.practices.told import About
from web.words import day


class Stand(NamedTuple):
    """One organisation's position on a concern; no words where it has not stated any."""

    organisation: str
    side: str
    words: str = ""
    by: str = ""
    version: int | None = None


class Concern(NamedTuple):
    """A concern on which somebody has stated a position, with both of them."""

    about: About
    name: str
    stands: list[Stand]
    offers: list[Offer]


def concerns(practice: Practice, telling: Telling, offers: Offers) -> list[Concern]:
    """The open flags and intelligence on which a side has stated a position, the oldest first."""
    found = []
    for concern, stated in practice.positions.items():
        about = concern_told(telling, concern)
        if stated and about.version and is_open(practice, concern):
            title = about.text[:1].upper() + about.text[1:]
            stands = [_stand(offers, telling, side, stated) for side in BOTH_SIDES]
            found.append(
                Concern(
                    About(title, about.version),
                    title,
                    [one for one in stands if one],
                    on_concern(offers, concern, about.version),
                )
            )
    return sorted(found, key=lambda one: one.about.version or 0)


def _stand(offers: Offers, telling: Telling, side: Side, stated: Mapping[Side, Position]) -> Stand | None:
    """None where the practice has no organisation of this side."""
    position, practice = stated.get(side), offers.practice
    if position is None:
        responsible = practice.responsible_on(offers.asked.on)
        code = getattr(responsible, side.value, None)
        return Stand(telling.names.organisation_now(code), side.value) if code else None
    entry = practice.recorded(position.version)
    who = telling.names.person(entry.person) if entry else ""
    return Stand(
        telling.names.organisation(position.organisation),
        side.value,
        words_or_why(position.words),
        f"{who}, {day(position.stated_on)}",
        position.version,
    )
