"""A practice's references to concerns about performers: where they stand, who may know, and the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.access import permissions
from domain.access.roles import Role
from domain.performers.commands import (
    ClosePerformerReference,
    EndPerformerAccess,
    GrantPerformerAccess,
    PerformerCommand,
    RecordPerformerReference,
)
from domain.performers.events import (
    PerformerAccessEnded,
    PerformerAccessGranted,
    PerformerReferenceClosed,
    PerformerReferenceRecorded,
)
from domain.practice.dates import in_full, in_order, not_in_the_future
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless
from domain.text import check_command, holds_registration_number

LONGEST = timedelta(days=92)
"""For how long an auditor may be let in at once."""


@dataclass(slots=True)
class Reference:
    """A case held elsewhere. `closed` is the fact by which it was closed."""

    recorded: Recorded
    fact: PerformerReferenceRecorded
    closed: Recorded | None = None


@dataclass(slots=True)
class Grant:
    """That an auditor was let in. `ended` is the fact by which it ended before its day."""

    recorded: Recorded
    fact: PerformerAccessGranted
    ended: Recorded | None = None

    def holds_on(self, day: date) -> bool:
        return self.ended is None and day <= self.fact.until_on


@dataclass(slots=True)
class Performers:
    """A practice's references, and who was let in to read them."""

    references: dict[str, Reference] = field(default_factory=dict)
    grants: list[Grant] = field(default_factory=list)

    @property
    def open(self) -> list[Reference]:
        return [one for one in self.references.values() if one.closed is None]

    def let_in(self, person: str, day: date) -> bool:
        return any(one.fact.person == person and one.holds_on(day) for one in self.grants)


def replay(history: list[Recorded]) -> Performers:
    found = Performers()
    for entry in history:
        match entry.fact:
            case PerformerReferenceRecorded() as fact:
                found.references[fact.reference_id] = Reference(entry, fact)
            case PerformerReferenceClosed() as fact:
                found.references[fact.reference_id].closed = entry
            case PerformerAccessGranted() as fact:
                found.grants.append(Grant(entry, fact))
            case PerformerAccessEnded() as fact:
                for grant in found.grants:
                    if grant.fact.person == fact.person and grant.ended is None:
                        grant.ended = entry
    return found


# --- who may know


def may_open(asked: Asked, practice: Practice, performers: Performers) -> bool:
    """Whether there is such a page for this person: an adviser's, a manager's, or an auditor's who was let in."""
    return permissions.may(asked, "ReadPerformers", practice) or may_read(asked, practice, performers)


def may_read(asked: Asked, practice: Practice, performers: Performers) -> bool:
    """Whether they may read the references themselves. A manager learns only whether there are any."""
    if asked.role == Role.ADVISER:
        return permissions.may(asked, "ReadPerformers", practice)
    return (
        asked.role == Role.AUDITOR
        and practice.code not in asked.recused
        and performers.let_in(asked.person, asked.on)
    )


# --- rules


def check_about(asked: Asked, command: PerformerCommand, practice: Practice) -> None:
    """The practice is theirs to answer for; of another, nothing is told."""
    refuse_unless(
        practice.registered and permissions.may_read(asked, practice),
        "a-practice-is-read-by-those-responsible-for-it",
        "This is not a practice that you may read",
    )
    permissions.check(asked, command, practice)


def check_let_in(named: Asked, practice: Practice) -> None:
    """The managers of an organisation know the rest already, or never may."""
    refuse_unless(
        named.role == Role.AUDITOR and practice.code not in named.recused,
        "only-an-auditor-is-let-in-to-performer-references",
        "Choose an auditor",
        "person",
    )


def decide(performers: Performers, command: PerformerCommand, asked: Asked) -> list[Fact]:
    check_command(command)
    day = command.occurred_on or asked.on
    not_in_the_future(day, asked, "occurred_on")
    match command:
        case RecordPerformerReference():
            return [_record(performers, command, day)]
        case ClosePerformerReference():
            return [_close(performers, command, day)]
        case GrantPerformerAccess():
            return [_grant(command, asked, day)]
        case EndPerformerAccess():
            return [_end(performers, command, asked, day)]
    raise AssertionError(command)


def _record(performers: Performers, command: RecordPerformerReference, day: date) -> Fact:
    refuse_unless(
        command.reference_id not in performers.references,
        "performer-reference-ids-are-new",
        "This reference is already recorded",
    )
    no_performer_is_identified(command.reference, "reference")
    return PerformerReferenceRecorded(
        code=command.code,
        reference_id=command.reference_id,
        reference=Sealed(command.reference),
        occurred_on=day,
    )


def no_performer_is_identified(text: str, field: str) -> None:
    """Refuse the number of a professional's registration: whose case it is, is known where the case is held."""
    refuse_unless(
        not holds_registration_number(text),
        "no-performer-is-identified",
        "This has the number of a professional’s registration in it. Take it out: the case has a number of its own",
        field,
    )


def _close(performers: Performers, command: ClosePerformerReference, day: date) -> Fact:
    reference = performers.references.get(command.reference_id)
    if reference is None or reference.closed is not None:
        raise RuleBroken("only-an-open-performer-reference-is-closed", "Choose a reference that is open")
    in_order(reference.fact.occurred_on, day, "occurred_on")
    no_performer_is_identified(command.reason, "reason")
    return PerformerReferenceClosed(
        code=command.code,
        reference_id=command.reference_id,
        reason=Sealed(command.reason),
        occurred_on=day,
    )


def _grant(command: GrantPerformerAccess, asked: Asked, day: date) -> Fact:
    in_order(asked.on, command.until_on, "until_on")
    if command.until_on > asked.on + LONGEST:
        raise RuleBroken(
            "access-is-granted-for-a-time",
            f"Enter a day no later than {in_full(asked.on + LONGEST)}",
            "until_on",
        )
    return PerformerAccessGranted(
        code=command.code,
        person=command.person,
        until_on=command.until_on,
        reason=Sealed(command.reason),
        occurred_on=day,
    )


def _end(performers: Performers, command: EndPerformerAccess, asked: Asked, day: date) -> Fact:
    if not performers.let_in(command.person, asked.on):
        raise RuleBroken("only-access-that-goes-on-is-ended", "They may not read the references", "person")
    return PerformerAccessEnded(
        code=command.code, person=command.person, reason=Sealed(command.reason), occurred_on=day
    )
