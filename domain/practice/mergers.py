"""Mergers: two records that tell of each other. The practice that ceases closes, and its record stays readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from domain.access import permissions
from domain.clocks import periods
from domain.practice.changes_state import Merger
from domain.practice.commands import ApproveMerger, MergePractices, MergerCommand
from domain.practice.dates import day_of, in_full, in_order, not_in_the_future
from domain.practice.events import MergerApproved, PracticeClosed, PracticesMerged
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

C = TypeVar("C", bound=MergerCommand)


def seen_from_the_other(code: str, command: C) -> C:
    """The same command as the other practice is asked it."""
    return replace(command, other=code, survives=not command.survives)


def check_other(practice: Practice, command: MergerCommand, other: Practice, asked: Asked) -> None:
    """The other practice is one that this person may read, answers for, and that could merge with this one."""
    refuse_unless(
        other.registered and permissions.may_read(asked, other),
        "a-merger-is-with-a-practice-that-may-be-read",
        "No practice of this code is yours to read. Check the code",
        "other",
    )
    refuse_unless(
        permissions.may(asked, type(command).__name__, other),
        "a-contract-holder-merges-its-own-practices",
        "Your organisation does not hold the other practice’s contract",
        "other",
    )
    refuse_unless(
        other.kind == practice.kind,
        "practices-of-one-kind-merge",
        "Choose a practice of the same kind of contractor",
        "other",
    )
    if isinstance(command, ApproveMerger) and other.closed_on is not None:
        raise RuleBroken(
            "a-merger-is-of-two-open-practices",
            f"The other practice closed on {in_full(other.closed_on)}",
            "other",
        )


def approve_merger(practice: Practice, command: ApproveMerger, asked: Asked) -> list[Fact]:
    """Approved before it has effect, with how patients were engaged; and told six weeks before, or why not."""
    refuse_unless(
        command.other != practice.code,
        "a-practice-merges-with-another",
        "Enter the code of another practice",
        "other",
    )
    refuse_unless(
        not any(one.other == command.other for one in practice.mergers.values()),
        "two-practices-merge-once",
        "The merger of these practices is approved already",
        "other",
    )
    for one in practice.mergers.values():
        _leaves_room_for(one, command)
    day = day_of(command, asked)
    in_order(day, command.effective_on, "effective_on")
    _services_were_told_in_time(practice, command, asked)
    return [
        MergerApproved(
            merger_id=command.merger_id,
            other=command.other,
            survives=command.survives,
            model=command.model,
            engagement=Sealed(command.engagement),
            business_case=sealed(command.business_case),
            reason=Sealed(command.reason),
            services_told_on=command.services_told_on,
            services_told_late=sealed(command.services_told_late),
            effective_on=command.effective_on,
            occurred_on=day,
        )
    ]


def _leaves_room_for(approved: Merger, command: ApproveMerger) -> None:
    """A practice ceases once, and survives no merger from then on."""
    refuse_unless(
        approved.survives or command.survives,
        "a-practice-ceases-once",
        f"It is to cease into {approved.other} already: have that approval withdrawn first, on both records",
        "other",
    )
    ceases, survives = (
        (command.effective_on, approved.effective_on)
        if approved.survives
        else (approved.effective_on, command.effective_on)
    )
    refuse_unless(
        approved.survives == command.survives or approved.merged_on is not None or survives < ceases,
        "what-ceases-survives-no-merger",
        f"It would survive one merger after it ceases by another, with {approved.other}: approve one that it survives for a "
        "day before, or have that approval withdrawn first",
        "effective_on",
    )


def _services_were_told_in_time(practice: Practice, command: ApproveMerger, asked: Asked) -> None:
    if command.services_told_on is None:
        return
    not_in_the_future(command.services_told_on, asked, "services_told_on")
    rule = periods.rule("merger-notice", on=command.services_told_on, kind=practice.kind)
    last = rule.before(command.effective_on)
    if command.services_told_on > last and not command.services_told_late:
        raise RuleBroken(
            "a-merger-is-told-6-weeks-before",
            f"Support services were to be told by {in_full(last)}, 6 weeks before: enter why they were told later",
            "services_told_late",
        )


def merge_practices(practice: Practice, command: MergePractices, asked: Asked) -> list[Fact]:
    """An approved merger takes effect once, no earlier than was approved; the practice that ceases closes the day before."""
    merger = practice.mergers.get(command.merger_id)
    if merger is None or (merger.other, merger.survives) != (command.other, command.survives):
        raise RuleBroken(
            "only-an-approved-merger-takes-effect", "Choose a merger of these practices that was approved"
        )
    if merger.merged_on is not None:
        raise RuleBroken("two-practices-merge-once", f"They merged on {in_full(merger.merged_on)}")
    day = day_of(command, asked)
    in_order(merger.effective_on, day, "occurred_on")
    ceases = not merger.survives
    if practice.closed_on is not None and merger.survives:
        refuse_unless(
            day <= practice.closed_on,
            "what-ceases-survives-no-merger",
            f"It closed on {in_full(practice.closed_on)}: enter a day up to then, or have the merger’s approval withdrawn",
            "occurred_on",
        )
    merged = PracticesMerged(
        merger_id=command.merger_id,
        other=merger.other,
        survives=merger.survives,
        open_actions=tuple(one.action_id for one in practice.actions.values() if ceases and not one.ended),
        occurred_on=day,
    )
    if merger.survives or practice.closed_on is not None:
        return [merged]
    last = day - timedelta(days=1)
    in_order(practice.opened_on, last, "occurred_on")
    return [
        merged,
        PracticeClosed(
            closed_on=last,
            reason=None,
            successor=merger.other,
            source="form",
            source_sha256=None,
            occurred_on=last,
        ),
    ]


def merger_approved(practice: Practice, fact: MergerApproved, entry: Recorded) -> None:
    practice.mergers[fact.merger_id] = Merger(
        fact.merger_id, fact.other, fact.survives, fact.occurred_on, fact.effective_on, entry.version
    )


def practices_merged(practice: Practice, fact: PracticesMerged, entry: Recorded) -> None:
    if merger := practice.mergers.get(fact.merger_id):
        merger.merged_on, merger.merged = fact.occurred_on, entry.version
