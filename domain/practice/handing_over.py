"""Whose practice it is to look after: its named caseworker, whoever covers for them, and how it is handed over."""

from __future__ import annotations

from domain.access.roles import Role
from domain.practice.commands import HandOverPractice
from domain.practice.dates import day_of, not_in_the_future
from domain.practice.events import PracticeHandedOver
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless
from domain.text import is_id


def looks_after(practice: Practice, asked: Asked) -> bool:
    """Whether this person is the named caseworker, or covers for them today."""
    named = practice.caseworker
    return named is not None and (named == asked.person or named in asked.covers)


def hand_over_practice(practice: Practice, command: HandOverPractice, asked: Asked) -> list[Fact]:
    """A caseworker, or whoever covers for them, hands over with a note; a manager all at once when somebody leaves."""
    of_somebody_who_leaves = asked.role == Role.MANAGER and command.hand_over_id is not None
    if not of_somebody_who_leaves:
        refuse_unless(
            looks_after(practice, asked),
            "a-practice-is-handed-over-by-its-caseworker",
            "Only the named caseworker, or whoever covers for them, can hand this over",
        )
    before = practice.caseworker
    if before is None or command.whose not in {None, before}:
        raise RuleBroken(
            "a-practice-is-handed-over-while-it-is-theirs",
            "Somebody else is the caseworker of this practice now",
        )
    refuse_unless(
        is_id(command.caseworker, "person"),
        "a-caseworker-signs-in",
        "Choose a person who signs in to Casebook",
        "caseworker",
    )
    refuse_unless(
        command.hand_over_id is None or is_id(command.hand_over_id, "handover"),
        "ids-are-minted-by-casebook",
        "hand_over_id must look like handover-0123abcd",
        "hand_over_id",
    )
    if command.caseworker == before:
        return []
    day = day_of(command, asked)
    not_in_the_future(command.from_on or day, asked, "from_on")
    return [
        PracticeHandedOver(
            caseworker=command.caseworker,
            before=before,
            from_on=command.from_on or day,
            note=Sealed(command.note),
            hand_over_id=command.hand_over_id,
            occurred_on=day,
        )
    ]


def may_name_anew(practice: Practice, asked: Asked) -> bool:
    """Whether this person may name another caseworker: a manager, and whose it is, or anybody where nobody is named."""
    return asked.role == Role.MANAGER or practice.caseworker is None or looks_after(practice, asked)


def practice_handed_over(practice: Practice, fact: PracticeHandedOver, entry: Recorded) -> None:
    practice.caseworker = fact.caseworker
