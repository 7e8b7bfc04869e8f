"""A list closed to new patients: applied for, approved for 3 to 12 months or refused, extended, opened again.

How long each period is, is a dated rule of `domain/clocks/periods.py`.
"""

from __future__ import annotations

from datetime import date

from domain.clocks import periods
from domain.practice.changes_state import Asked as Was
from domain.practice.changes_state import ListClosure
from domain.practice.commands import (
    ApplyForListClosure,
    ApproveListClosure,
    ExtendListClosure,
    RefuseListClosure,
    ReopenList,
)
from domain.practice.dates import day_of, day_since, in_full, in_order, not_in_the_future
from domain.practice.events import (
    ListClosureAppliedFor,
    ListClosureApproved,
    ListClosureExtended,
    ListClosureRefused,
    ListReopened,
)
from domain.practice.kinds import ContractorKind
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def apply_for_list_closure(practice: Practice, command: ApplyForListClosure, asked: Asked) -> list[Fact]:
    """A practice whose list is open asks for 3 to 12 months, and after a refusal not again for 3 months."""
    refuse_unless(
        practice.kind == ContractorKind.GENERAL_PRACTICE,
        "a-list-of-patients-is-a-general-practices",
        "Only a general practice has a list of patients to close",
    )
    day = day_of(command, asked)
    for closure in practice.list_closures.values():
        _is_not_in_the_way(closure, day)
        if closure.barred_until and day <= closure.barred_until and not command.changed_circumstances:
            raise RuleBroken(
                "a-refused-list-closure-is-not-asked-for-again-for-3-months",
                f"It was refused on {in_full(closure.decided_on or day)}: it can be asked for again after "
                f"{in_full(closure.barred_until)}, or earlier if circumstances changed: say how",
                "changed_circumstances",
            )
    a_list_is_asked_to_close_for(practice, command.months, day)
    return [
        ListClosureAppliedFor(
            application_id=command.application_id,
            options=Sealed(command.options),
            patients=Sealed(command.patients),
            neighbours=Sealed(command.neighbours),
            months=command.months,
            support=sealed(command.support),
            plans=Sealed(command.plans),
            changed_circumstances=sealed(command.changed_circumstances),
            occurred_on=day,
        )
    ]


def a_list_is_asked_to_close_for(practice: Practice, months: int, on: date) -> None:
    refuse_unless(
        _shortest(practice, on) <= months <= _longest(practice, on),
        "a-list-closes-for-3-to-12-months",
        f"A list can close for {_shortest(practice, on)} to {_longest(practice, on)} months",
        "months",
    )


def _is_not_in_the_way(closure: ListClosure, day: date) -> None:
    if closure.status == Was.WAITING:
        raise RuleBroken(
            "one-application-to-close-the-list-at-a-time",
            f"The application of {in_full(closure.asked_on)} waits for a decision",
        )
    if closure.status == Was.APPROVED and closure.opens_on and day < closure.opens_on:
        raise RuleBroken(
            "one-application-to-close-the-list-at-a-time",
            f"The list is closed until {in_full(closure.opens_on)}: that closure can be extended",
        )


def approve_list_closure(practice: Practice, command: ApproveListClosure, asked: Asked) -> list[Fact]:
    """A closure notice says from when to when: 3 to 12 months, not begun before it is given."""
    closure = _waiting(practice, command.application_id)
    day = day_since(closure.asked_on, command, asked)
    in_order(day, command.closes_on, "closes_on")
    a_list_closes_for_a_lawful_time(practice, command.closes_on, command.reopens_on, day)
    _not_told_ahead(command.committee_told_on, asked)
    return [
        ListClosureApproved(
            application_id=command.application_id,
            closes_on=command.closes_on,
            reopens_on=command.reopens_on,
            reference=sealed(command.reference),
            reason=Sealed(command.reason),
            committee_told_on=command.committee_told_on,
            occurred_on=day,
        )
    ]


def a_list_closes_for_a_lawful_time(practice: Practice, closes_on: date, reopens_on: date, on: date) -> None:
    earliest = _rule(practice, "list-closure-shortest", on).after(closes_on)
    latest = _rule(practice, "list-closure-longest", on).after(closes_on)
    if not earliest <= reopens_on <= latest:
        raise RuleBroken(
            "a-list-closes-for-3-to-12-months",
            f"A list that closes on {in_full(closes_on)} can open again from {in_full(earliest)} to {in_full(latest)}",
            "reopens_on",
        )


def refuse_list_closure(practice: Practice, command: RefuseListClosure, asked: Asked) -> list[Fact]:
    """A refusal has reasons, and holds for three months."""
    closure = _waiting(practice, command.application_id)
    day = day_since(closure.asked_on, command, asked)
    _not_told_ahead(command.committee_told_on, asked)
    return [
        ListClosureRefused(
            application_id=command.application_id,
            reason=Sealed(command.reason),
            barred_until=barred_by(practice, day),
            committee_told_on=command.committee_told_on,
            occurred_on=day,
        )
    ]


def barred_by(practice: Practice, refused_on: date) -> date:
    """The last day on which a refusal of a day holds."""
    return _rule(practice, "list-closure-refused", refused_on).after(refused_on)


def extend_list_closure(practice: Practice, command: ExtendListClosure, asked: Asked) -> list[Fact]:
    """An extension is asked for at least 8 weeks before the closure is over, and is of 12 months at most."""
    closure = _running(practice, command.application_id)
    over = closure.reopens_on
    assert over is not None
    day = day_since(closure.decided_on, command, asked)
    not_in_the_future(command.asked_on, asked, "asked_on")
    in_order(closure.decided_on, command.asked_on, "asked_on")
    in_order(command.asked_on, day, "occurred_on")
    an_extension_is_lawful(practice, over, command.asked_on, command.reopens_on)
    return [
        ListClosureExtended(
            application_id=command.application_id,
            asked_on=command.asked_on,
            before=over,
            reopens_on=command.reopens_on,
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def an_extension_is_lawful(practice: Practice, over: date, asked_on: date, reopens_on: date) -> None:
    last = _rule(practice, "list-closure-extension", asked_on).before(over)
    if asked_on > last:
        raise RuleBroken(
            "an-extension-is-asked-for-8-weeks-before",
            f"The closure is over on {in_full(over)}: an extension was to be asked for by {in_full(last)}",
            "asked_on",
        )
    longest = _rule(practice, "list-closure-longest", asked_on).after(over)
    if not over < reopens_on <= longest:
        raise RuleBroken(
            "an-extension-is-of-12-months-at-most",
            f"Enter a date after {in_full(over)}, up to {in_full(longest)}",
            "reopens_on",
        )


def reopen_list(practice: Practice, command: ReopenList, asked: Asked) -> list[Fact]:
    """A list that is closed opens early by agreement; when its time is over it opens by itself."""
    closure = _running(practice, command.application_id)
    day = day_since(closure.closes_on, command, asked)
    if closure.reopens_on and day >= closure.reopens_on:
        raise RuleBroken(
            "only-a-closed-list-is-reopened",
            f"The list is open since {in_full(closure.reopens_on)}, when its closure was over",
            "occurred_on",
        )
    return [
        ListReopened(application_id=command.application_id, reason=Sealed(command.reason), occurred_on=day)
    ]


def _waiting(practice: Practice, application_id: str) -> ListClosure:
    closure = practice.list_closures.get(application_id)
    if closure is None:
        raise RuleBroken(
            "a-list-closure-is-of-this-practice",
            "Choose an application of this practice",
            "application_id",
        )
    if closure.status != Was.WAITING:
        raise RuleBroken(
            "an-application-is-decided-once",
            f"This application was {closure.status} on {in_full(closure.decided_on or closure.asked_on)}",
            "application_id",
        )
    return closure


def _running(practice: Practice, application_id: str) -> ListClosure:
    closure = practice.list_closures.get(application_id)
    if closure is None or closure.status != Was.APPROVED or closure.reopened_on is not None:
        raise RuleBroken(
            "only-a-closed-list-is-reopened", "Choose a closure of the list that was approved and still runs"
        )
    return closure


def _rule(practice: Practice, name: str, on: date) -> periods.Rule:
    return periods.rule(name, on=on, kind=practice.kind)


def _shortest(practice: Practice, on: date) -> int:
    return _rule(practice, "list-closure-shortest", on).length


def _longest(practice: Practice, on: date) -> int:
    return _rule(practice, "list-closure-longest", on).length


def _not_told_ahead(told_on: date | None, asked: Asked) -> None:
    if told_on is not None:
        not_in_the_future(told_on, asked, "committee_told_on")


def closed_by(practice: Practice, day: date) -> ListClosure | None:
    """The closure by which the list is closed on a day."""
    return next((one for one in practice.list_closures.values() if one.closed(day)), None)


def list_closure_applied_for(practice: Practice, fact: ListClosureAppliedFor, entry: Recorded) -> None:
    practice.list_closures[fact.application_id] = ListClosure(
        fact.application_id, fact.occurred_on, fact.months, entry.version
    )


def list_closure_approved(practice: Practice, fact: ListClosureApproved, entry: Recorded) -> None:
    if closure := practice.list_closures.get(fact.application_id):
        closure.status, closure.decided_on, closure.decided = Was.APPROVED, fact.occurred_on, entry.version
        closure.closes_on, closure.reopens_on = fact.closes_on, fact.reopens_on


def list_closure_refused(practice: Practice, fact: ListClosureRefused, entry: Recorded) -> None:
    if closure := practice.list_closures.get(fact.application_id):
        closure.status, closure.decided_on, closure.decided = Was.REFUSED, fact.occurred_on, entry.version
        closure.barred_until = fact.barred_until


def list_closure_extended(practice: Practice, fact: ListClosureExtended, entry: Recorded) -> None:
    if closure := practice.list_closures.get(fact.application_id):
        closure.reopens_on, closure.extended = fact.reopens_on, closure.extended + 1


def list_reopened(practice: Practice, fact: ListReopened, entry: Recorded) -> None:
    if closure := practice.list_closures.get(fact.application_id):
        closure.reopened_on, closure.ended = fact.occurred_on, entry.version
