"""Whom a reader of the past may know of today: what was kept about somebody then is shown to nobody who may not know it now."""

from __future__ import annotations

from collections.abc import Iterable

from domain.access.permissions import may
from domain.access.roles import Role
from web.past.looking_back import looks
from web.service import looking_back, present


def known_today(people: Iterable[str]) -> set[str]:
    """Of these people, oneself and those who work for one's own organisation today; for an auditor everybody. On a page of
    today it is all of them: who is asked about has been chosen by it.
    """
    asked = looks()
    if not looking_back() or asked.role == Role.AUDITOR:
        return set(people)
    casebook = present().casebook
    return {
        one
        for one in people
        if one == asked.person or casebook.asked_as(one, asked.at).organisation in asked.own
    }


def theirs_today(code: str, what: str) -> bool:
    """Whether they may do this about a practice as it is today too."""
    return not looking_back() or may(looks(), what, present().casebook.practice(code))
