"""The practice that a reading page is about, for a person who may read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from werkzeug.exceptions import NotFound

from application.agreements import voided
from domain.access.permissions import may_read, rule_against_reading
from domain.practice.state import Practice
from domain.rules import Asked
from web.names import names_for
from web.practices.entries import Teller
from web.practices.offers import Offers
from web.practices.told import Names
from web.service import current_asked, may, service


@dataclass(frozen=True)
class Looked:
    """A practice that was looked up, who looks, and what may be told and offered of it."""

    practice: Practice
    asked: Asked
    names: Names
    offers: Offers
    teller: Teller


def look_up(code: str, what: str = "ReadPractice") -> Looked:
    """The practice of a code. Where there is none, or it is not theirs to read, there is no such page.

    Somebody outside a practice's scope is not told that it is there; that they asked is noted.
    """
    asked = current_asked()
    practice = service.casebook.practice(code.upper())
    if not practice.registered:
        raise NotFound
    if not may_read(asked, practice, what):
        service.casebook.log_access(
            asked,
            "refused",
            what,
            subject=f"practice-{practice.code}",
            rule=rule_against_reading(asked, practice),
        )
        raise NotFound
    names = names_for(practice, asked.on)
    offers = Offers(practice, asked, lambda command: may(command, practice))
    def void(among: Collection[int]) -> set[int]:
        return voided(service.casebook.recorder, practice, among)

    return Looked(practice, asked, names, offers, Teller(practice, names, offers, void))
