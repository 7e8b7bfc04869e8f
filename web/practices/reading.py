"""The practice that a reading page is about, for a person who may read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import g
from werkzeug.exceptions import NotFound

from application.agreements import voided
from domain.access.permissions import GRANTED, may_read, rule_against_reading
from domain.practice.state import Practice
from domain.practice.visible import OF_ACCESS, Withheld
from domain.rules import Asked
from web.contractors import called
from web.names import names_for
from web.practices.entries import Teller
from web.practices.offers import Offers
from web.practices.telling import Telling
from web.practices.told import Names
from web.service import current_asked, looking_back, may, service


@dataclass(frozen=True)
class Looked:
    """A practice that was looked up, who looks, and what may be told and offered of it."""

    practice: Practice
    asked: Asked
    names: Names
    offers: Offers
    teller: Teller

    @property
    def gaps(self) -> bool:
        """Whether the numbers of the facts that are seen tell that there are others."""
        return len(self.practice.history) < self.practice.version


def note_reading(practice: Practice, asked: Asked, telling: Telling) -> None:
    """Note in the access log each restricted entry of which a page told something to somebody who was let in."""
    let_in = service.casebook.read_by_leave(practice, asked)
    if not let_in:
        return
    told = {id(fact) for fact in telling.told}
    read = {
        closure.entry
        for version, closure in let_in.items()
        for entry in (practice.standing.get(version), practice.recorded(version))
        if entry and id(entry.fact) in told and not isinstance(entry.fact, (Withheld, *OF_ACCESS))
    }
    for version in sorted(read):
        subject = f"practice-{practice.code}/{version}"
        service.casebook.log_access(asked, "read", "RestrictedEntry", subject=subject)


def to_be_read(code: str, what: str = "ReadPractice") -> Practice:
    """The practice of a code. Where there is none, or it is not theirs to read, there is no such page.

    Somebody outside a practice's scope is not told that it is there; that they asked is noted. Of a past one there are no
    facts for whoever may not read it today, whoever was responsible then.
    """
    asked = current_asked()
    practice = service.casebook.seen(code.upper(), asked)
    g.contractor = called(practice.kind, asked.on)
    if not practice.registered:
        raise NotFound
    if not may_read(asked, practice, what) and not (looking_back() and asked.role in GRANTED[what]):
        service.casebook.log_access(
            asked,
            "refused",
            what,
            subject=f"practice-{practice.code}",
            rule=rule_against_reading(asked, practice),
        )
        raise NotFound
    return practice


def look_up(code: str, what: str = "ReadPractice") -> Looked:
    """The same, with what is told and offered of it."""
    asked = current_asked()
    practice = to_be_read(code, what)
    names = names_for(practice, asked.on)
    offers = Offers(practice, asked, lambda command: may(command, practice))

    def void(among: Collection[int]) -> set[int]:
        return voided(service.casebook.recorder, practice, among)

    return Looked(practice, asked, names, offers, Teller(practice, names, offers, void))
