"""Concerns: what a tier may be raised for, what a conversation can be about, and what says more than numbers do.

A concern stands on the day that it is cited: a flag that is open, intelligence that nobody discounted, work that both
organisations agreed and that is not done, and what the regulator or the contract holder found. A conversation is none, nor
is that a contract was signed: it is about a concern, and names it by its flag, intelligence or action. What no conversation
can name (an inspection, a notice) was talked about where the conversation is cited beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from domain.framework.evidence import TAKES_OUT
from domain.practice import events as e
from domain.practice.contract_state import NoticeStatus
from domain.practice.entitled import breach_decided_for_contractor, decided_for_contractor
from domain.practice.kinds import Direction, Rating
from domain.practice.sanctions import over
from domain.practice.state import Action, Flag, Practice
from domain.rules import Fact, Recorded

NAMED_BY = ("flag_id", "intelligence_id", "action_id")
ABOUT = ("about_flags", "about_intelligence", "about_actions")
NO_CONVERSATION_NAMES: tuple[type[Fact], ...] = (
    e.InspectionReported,
    e.RegulatoryActionRecorded,
    e.DeclarationAskedFor,
    e.BreachIdentified,
    e.NoticeIssued,
    e.NoticeServed,
    e.NoticeNotSatisfied,
    e.SanctionImposed,
    e.ContractorSuspended,
    e.ContractReviewHeld,
)
RATED = ("rating", "safe", "effective", "caring", "responsive", "well_led")
_POOR = {Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE}
_ENDED = {NoticeStatus.DRAFT, NoticeStatus.SATISFIED, NoticeStatus.WITHDRAWN}


class Concern(NamedTuple):
    """Since when, by which cited entry, and by which id a conversation names it; None where none can."""

    arose: date
    version: int
    named: str | None


def concerns_of(practice: Practice, cited: Iterable[Recorded], day: date) -> Iterator[Concern]:
    """The concerns that stand on a day among what is cited, and among what a cited conversation or review was about."""
    for entry in cited:
        for name in sorted(names_of(entry.fact)):
            if (since := _since(practice, name, day)) is not None:
                yield Concern(since, entry.version, name)
        if (since := _found_since(practice, entry.fact, day)) is not None:
            yield Concern(since, entry.version, None)


def names_of(fact: Fact) -> set[str]:
    """The flags, intelligence and actions that a fact is a step of, or that a conversation is about."""
    of = {one for name in NAMED_BY if (one := getattr(fact, name, None))}
    about = {one for name in ABOUT if talks(fact) for one in getattr(fact, name, ())}
    return of | about


def talks(fact: Fact) -> bool:
    return isinstance(fact, e.ConversationRecorded | e.ContractReviewHeld)


def is_talked_about(concern: Concern, talked: Recorded, cited: Iterable[int]) -> bool:
    """Whether a conversation was about a concern, since that arose. `cited` are the versions of all that is cited."""
    said = talked.fact
    if not isinstance(said, e.ConversationRecorded) or concern.arose > said.occurred_on:
        return False
    return talked.version in cited if concern.named is None else concern.named in names_of(said)


def says_more_than_numbers(practice: Practice, fact: Fact, day: date) -> bool:
    """Whether a fact is evidence beside published numbers: what was said, corroborated intelligence, work that was agreed
    or failed, what the regulator or the contract holder found. What only follows from a flag is none.
    """
    if isinstance(fact, e.ConversationRecorded):
        return not fact.reminder
    if isinstance(fact, e.PracticeResponseReceived):
        return True
    if heard := practice.intelligence.get(getattr(fact, "intelligence_id", "")):
        return heard.status == "corroborated"
    if action := practice.actions.get(getattr(fact, "action_id", "")):
        return _is_owed_or_failed(action)
    return _found_since(practice, fact, day) is not None


def _since(practice: Practice, name: str, day: date) -> date | None:
    """Since when a flag, intelligence or action is a concern, if it stands on the day."""
    if flag := practice.flags.get(name):
        return flag.raised_on if _is_adverse_on(practice, flag, day) else None
    if heard := practice.intelligence.get(name):
        return _happened(practice, heard.version, day) if heard.status != "discounted" else None
    action = practice.actions.get(name)
    return action.proposed_on if action is not None and _is_owed_or_failed(action) else None


def _is_adverse_on(practice: Practice, flag: Flag, day: date) -> bool:
    """Open, adverse, and not taken out of the count by an explanation that was accepted."""
    explained = any(
        one.explains(flag) and one.category in TAKES_OUT for one in practice.explanations.values()
    )
    still_open = flag.open or (flag.ended_on is not None and day < flag.ended_on)
    return flag.direction == Direction.ADVERSE and still_open and not explained


def _is_owed_or_failed(action: Action) -> bool:
    """Agreed by both organisations and still to be done, or cancelled as not done."""
    return action.status == "agreed" or action.not_done is not None


def _happened(practice: Practice, version: int, day: date) -> date:
    on: date = getattr(practice.standing[version].fact, "occurred_on", day)
    return on


def _found_since(practice: Practice, fact: Fact, day: date) -> date | None:
    """Since when what no conversation can name is a concern, if it stands on the day."""
    if not isinstance(fact, NO_CONVERSATION_NAMES):
        return None
    since: date = fact.due_on if isinstance(fact, e.DeclarationAskedFor) else fact.occurred_on  # type: ignore[attr-defined]
    return since if since <= day and _stands(practice, fact, day) else None


def _stands(practice: Practice, fact: Fact, day: date) -> bool:
    match fact:
        case e.InspectionReported():
            own = practice.inspections.get(fact.inspection_id)
            later = own is not None and any(
                (own.published_on, own.version) < (one.published_on, one.version) and one.published_on <= day
                for one in practice.inspections.values()
            )
            return not later and not _POOR.isdisjoint(getattr(fact, name) for name in RATED)
        case e.RegulatoryActionRecorded():
            acted = practice.regulatory_actions.get(fact.regulatory_id)
            return acted is not None and acted.from_on <= day and _goes_on(acted.ended_on, day)
        case e.DeclarationAskedFor():
            asked = practice.declarations.get(fact.declaration_year)
            return asked is not None and fact.due_on < day and _goes_on(asked.submitted_on, day)
        case e.BreachIdentified():
            breach = practice.breaches.get(fact.breach_id)
            return breach is not None and breach.informal is None and not _is_settled(practice, fact)
        case e.NoticeIssued() | e.NoticeServed() | e.NoticeNotSatisfied():
            notice = practice.notices.get(fact.notice_id)
            return (
                notice is not None
                and notice.status not in _ENDED
                and not decided_for_contractor(practice, notice)
            )
        case e.SanctionImposed():
            sanction = practice.sanctions.get(fact.sanction_id)
            if sanction is None or not _goes_on(sanction.lifted_on, day) or over(sanction, day):
                return False
            notice = practice.notices.get(sanction.notice_id)
            return notice is None or not decided_for_contractor(practice, notice)
        case e.ContractorSuspended():
            suspended = practice.suspensions.get(fact.suspension_id)
            return suspended is not None and _goes_on(suspended.ended_on, day) and not over(suspended, day)
    return True


def _is_settled(practice: Practice, fact: e.BreachIdentified) -> bool:
    """Whether a breach was remedied, or determined for the contractor."""
    return breach_decided_for_contractor(practice, fact.breach_id) or any(
        fact.breach_id in one.breaches and one.status == NoticeStatus.SATISFIED
        for one in practice.notices.values()
    )


def _goes_on(ended_on: date | None, day: date) -> bool:
    return ended_on is None or day < ended_on
