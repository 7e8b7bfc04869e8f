"""Visibility and access: an entry is closed and opened by the organisation that recorded it; others ask to read it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from domain.access.roles import SIDE_OF
from domain.clocks.counting import after
from domain.practice.cites import cite
from domain.practice.commands import (
    ChangeVisibility,
    DeclineAccess,
    GrantAccess,
    RequestAccess,
    ReviewEmergencyAccess,
    TakeEmergencyAccess,
)
from domain.practice.dates import day_of, in_full, in_order
from domain.practice.events import (
    AccessDeclined,
    AccessGranted,
    AccessRequested,
    ConversationRecorded,
    EmergencyAccessReviewed,
    EmergencyAccessTaken,
    IntelligenceRecorded,
    VisibilityChanged,
)
from domain.practice.kinds import Unit, Visibility
from domain.practice.state import Access, Practice
from domain.practice.visible import BEGINS_AN_ENTRY, Withheld, may_be_closed, visibility_of
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

LONGEST = timedelta(days=92)
"""Access is granted for a quarter at most: then it is asked for again."""


def change_visibility(practice: Practice, command: ChangeVisibility, asked: Asked) -> list[Fact]:
    """The organisation that recorded an entry says who sees it, and why."""
    entry = practice.standing.get(command.version)
    if entry is None or not isinstance(entry.fact, BEGINS_AN_ENTRY):
        raise RuleBroken("an-entry-of-the-conversation-has-a-visibility", "Choose an entry of this practice")
    refuse_unless(
        entry.organisation in asked.own,
        "its-own-organisation-closes-an-entry",
        "Only the organisation that recorded it can change who sees it",
    )
    before = visibility_of(practice.closed, command.version)
    if command.visibility == before:
        return []
    if _answered(practice, command.version, entry.fact, asked):
        raise RuleBroken(
            "an-answered-entry-stays-with-both",
            "The other organisation has answered or joined it, so both go on seeing it",
            "visibility",
        )
    if put_to_the_practice(practice, command.version):
        raise RuleBroken(
            "what-was-put-to-the-practice-stays-with-both",
            "The practice was told of it, or has answered it, so both organisations go on seeing it",
            "visibility",
        )
    if command.visibility == Visibility.INTERNAL and _read_in_an_emergency(practice, command.version):
        raise RuleBroken(
            "what-was-read-in-an-emergency-stays-known",
            "The other organisation read it in an emergency, so that it is there stays known: choose another answer",
            "visibility",
        )
    if isinstance(entry.fact, ConversationRecorded):
        may_be_closed(command.visibility, entry.fact.sides, asked, "visibility")
    return [
        VisibilityChanged(
            version=command.version,
            before=before,
            after=command.visibility,
            reason=Sealed(command.reason),
            occurred_on=day_of(command, asked),
        )
    ]


def _answered(practice: Practice, version: int, fact: Fact, asked: Asked) -> bool:
    """Whether the other organisation agreed, disputed or amended it, stated its position on it, or joined it."""
    own = SIDE_OF.get(asked.role)
    if isinstance(fact, IntelligenceRecorded):
        joins = [one for one in practice.joins.values() if one.concern == fact.intelligence_id]
        joined = {side for one in joins for side in (one.side, one.parted_by) if side}
        return bool((practice.positions.get(fact.intelligence_id, {}).keys() | joined) - {own})
    if any(version in join.entries for join in practice.joins.values()):
        return True
    record = practice.records.get(version)
    return record is not None and record.answered


def _read_in_an_emergency(practice: Practice, version: int) -> bool:
    """Whether somebody took emergency access to it: both go on seeing that they did, and a manager reviews it."""
    return any(one.entry == version and one.review_by is not None for one in practice.access.values())


def put_to_the_practice(practice: Practice, version: int) -> bool:
    """Whether the practice was told of an entry, or has said something about it."""
    cited = cite(practice.code, version)
    return (
        any(cited in one.about for one in practice.told.values())
        or any(cited in one.about for one in practice.responses.values())
        or any(cited == one.about for one in practice.challenges.values())
    )


def request_access(practice: Practice, command: RequestAccess, asked: Asked) -> list[Fact]:
    """Somebody who may know that an entry is there, and no more, asks to read it. One request waits at a time."""
    _withheld(practice, command.version)
    waiting = [
        access
        for access in practice.access.values()
        if access.entry == command.version and access.person == asked.person and access.status == "asked"
    ]
    refuse_unless(not waiting, "access-is-asked-for-once", "You have asked already, and wait for an answer")
    return [
        AccessRequested(
            access_id=command.access_id,
            version=command.version,
            reason=Sealed(command.reason),
            occurred_on=day_of(command, asked),
        )
    ]


def grant_access(practice: Practice, command: GrantAccess, asked: Asked) -> list[Fact]:
    """The organisation whose entry it is lets the person read it, for a time."""
    access = _asked_for(practice, command.access_id, asked)
    in_order(asked.on, command.until_on, "until_on")
    if command.until_on > asked.on + LONGEST:
        raise RuleBroken(
            "access-is-granted-for-a-time",
            f"Enter a day no later than {in_full(asked.on + LONGEST)}",
            "until_on",
        )
    return [
        AccessGranted(
            access_id=access.access_id,
            version=access.entry,
            person=access.person,
            until_on=command.until_on,
            reason=sealed(command.reason),
            occurred_on=day_of(command, asked),
        )
    ]


def decline_access(practice: Practice, command: DeclineAccess, asked: Asked) -> list[Fact]:
    """The organisation whose entry it is declines, with its reason."""
    access = _asked_for(practice, command.access_id, asked)
    return [
        AccessDeclined(
            access_id=access.access_id,
            version=access.entry,
            person=access.person,
            reason=Sealed(command.reason),
            occurred_on=day_of(command, asked),
        )
    ]


def take_emergency_access(practice: Practice, command: TakeEmergencyAccess, asked: Asked) -> list[Fact]:
    """In an emergency a person reads at once, to the end of the next day; both organisations see that they did."""
    _withheld(practice, command.version)
    return [
        EmergencyAccessTaken(
            access_id=command.access_id,
            version=command.version,
            until_on=asked.on + timedelta(days=1),
            review_by=second_working_day_after(asked.on),
            reason=Sealed(command.reason),
            occurred_on=asked.on,
        )
    ]


def review_emergency_access(practice: Practice, command: ReviewEmergencyAccess, asked: Asked) -> list[Fact]:
    """A manager who did not use it says whether it was justified."""
    access = practice.access.get(command.access_id)
    if access is None or access.review_by is None:
        raise RuleBroken("emergency-access-is-of-this-practice", "Choose an emergency access to review")
    refuse_unless(
        access.status == "emergency", "emergency-access-is-reviewed-once", "This was already reviewed"
    )
    refuse_unless(
        access.person != asked.person,
        "another-person-reviews-emergency-access",
        "You used this access: another manager must review it",
    )
    return [
        EmergencyAccessReviewed(
            access_id=access.access_id,
            version=access.entry,
            person=access.person,
            justified=command.justified,
            reason=Sealed(command.reason),
            occurred_on=day_of(command, asked),
        )
    ]


def second_working_day_after(day: date) -> date:
    """The second working day after. An emergency waits for no calendar: where the year's bank holidays are not known yet,
    only Saturdays and Sundays are left out.
    """
    with suppress(RuleBroken):
        return after(day, 2, Unit.WORKING_DAYS)
    left = 2
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def _withheld(practice: Practice, version: int) -> None:
    entry = practice.standing.get(version)
    closure = practice.closed.get(version)
    refuse_unless(
        entry is not None
        and isinstance(entry.fact, Withheld)
        and closure is not None
        and closure.entry == version,
        "only-what-is-withheld-is-asked-for",
        "Choose a restricted entry that you cannot read",
    )


def _asked_for(practice: Practice, access_id: str, asked: Asked) -> Access:
    access = practice.access.get(access_id)
    if access is None:
        raise RuleBroken("a-request-for-access-is-of-this-practice", "Choose a request about this practice")
    refuse_unless(
        access.status == "asked", "access-is-answered-once", f"This request was already {access.status}"
    )
    closure = practice.closed.get(access.entry)
    refuse_unless(
        closure is not None and closure.organisation in asked.own,
        "its-own-organisation-gives-access",
        "Only the organisation that recorded the entry can let others read it",
    )
    return access


# --- how facts change state -----------------------------------------------------------------------------------


def access_requested(practice: Practice, fact: AccessRequested, entry: Recorded) -> None:
    practice.access[fact.access_id] = Access(
        access_id=fact.access_id,
        entry=fact.version,
        person=entry.person,
        organisation=entry.organisation,
        asked_on=fact.occurred_on,
        version=entry.version,
        reason=fact.reason,
    )


def access_granted(practice: Practice, fact: AccessGranted, entry: Recorded) -> None:
    if access := practice.access.get(fact.access_id):
        access.status, access.until_on = "granted", fact.until_on
        _let_in(practice, fact.version, fact.person, fact.until_on)


def access_declined(practice: Practice, fact: AccessDeclined, entry: Recorded) -> None:
    if access := practice.access.get(fact.access_id):
        access.status = "declined"


def emergency_access_taken(practice: Practice, fact: EmergencyAccessTaken, entry: Recorded) -> None:
    practice.access[fact.access_id] = Access(
        access_id=fact.access_id,
        entry=fact.version,
        person=entry.person,
        organisation=entry.organisation,
        asked_on=fact.occurred_on,
        version=entry.version,
        reason=fact.reason,
        status="emergency",
        until_on=fact.until_on,
        review_by=fact.review_by,
    )
    _let_in(practice, fact.version, entry.person, fact.until_on)


def emergency_access_reviewed(practice: Practice, fact: EmergencyAccessReviewed, entry: Recorded) -> None:
    if access := practice.access.get(fact.access_id):
        access.status = "justified" if fact.justified else "not justified"


def _let_in(practice: Practice, version: int, person: str, until_on: date) -> None:
    people = practice.let_in.setdefault(version, {})
    people[person] = max(until_on, people.get(person, until_on))
