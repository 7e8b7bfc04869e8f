"""Who sees an entry, and how somebody comes to read it."""

from __future__ import annotations

from domain.access.roles import SIDE_OF
from domain.practice import events as e
from domain.practice.kinds import Visibility
from domain.practice.visible import BEGINS_AN_ENTRY, SIDES, Withheld, visibility_of
from domain.rules import Recorded
from web.practices.offers import Offer, Offers


def to_change_visibility(offers: Offers, entry: Recorded) -> list[Offer]:
    """To say who sees an entry of one's own organisation. What both took part in, both see."""
    fact = entry.fact
    if not isinstance(fact, BEGINS_AN_ENTRY) or entry.organisation not in offers.asked.own:
        return []
    others = SIDES - {SIDE_OF.get(offers.asked.role)}
    together = isinstance(fact, e.ConversationRecorded) and fact.sides & others
    if together and visibility_of(offers.practice.closed, entry.version) == Visibility.BOTH:
        return []
    return list(offers.allowed(Offer("Change who sees it", "ChangeVisibility", {"version": entry.version})))


def on_withheld(offers: Offers, version: int, fact: Withheld) -> list[Offer]:
    """How somebody may come to read a restricted entry."""
    if version != fact.entry:
        return []
    given: dict[str, str | int] = {"version": version}
    waits = any(
        one.entry == version and one.person == offers.asked.person and one.status == "asked"
        for one in offers.practice.access.values()
    )
    ask = [] if waits else [Offer("Ask to read it", "RequestAccess", given)]
    return list(offers.allowed(*ask, Offer("Emergency access", "TakeEmergencyAccess", given)))


def on_access(offers: Offers, access_id: str) -> list[Offer]:
    access = offers.practice.access.get(access_id)
    if access is None:
        return []
    given: dict[str, str | int] = {"access_id": access_id}
    if access.status == "emergency" and access.person != offers.asked.person:
        return list(offers.allowed(Offer("Review", "ReviewEmergencyAccess", given, main=True)))
    closure = offers.practice.closed.get(access.entry)
    if access.status == "asked" and closure and closure.organisation in offers.asked.own:
        grant = Offer("Let them read it", "GrantAccess", given, main=True)
        return list(offers.allowed(grant, Offer("Decline", "DeclineAccess", given)))
    return []
