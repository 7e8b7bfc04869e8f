"""What is due about a practice, in words: for its page, for my work and for the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from domain.clocks.due import due
from domain.clocks.sums import so_many
from domain.clocks.what import Clock, Due
from domain.practice.expectation_state import Expectation, Outcome
from domain.practice.state import Practice
from web.practices.fields import words_or_why
from web.practices.offers import Offer, Offers
from web.practices.offers.actions import on_expectation
from web.practices.offers.conversation import to_talk
from web.practices.offers.entry import on_entry
from web.practices.telling import Telling
from web.practices.timing import Tag, waiting
from web.practices.timing import due as due_tag
from web.practices.told import Names, short
from web.service import service
from web.words import day, label, plural

TITLES: dict[Clock, str] = {
    Clock.SAFETY_CONVERSATION: "A shared conversation after a decision for immediate safety",
    Clock.NOTICE_PERIOD: "Last day of a remedial notice",
    Clock.NOTICE_TO_SERVE: "A notice was issued: record its service",
    Clock.TERMINATION: "The contract ends by notice",
    Clock.NOTICE_TO_ISSUE: "A drafted notice waits to be issued",
    Clock.SANCTION_TO_LIFT: "A dispute was determined for the contractor: lift its sanction",
    Clock.DISPUTE_PENDING: "A dispute is pending",
    Clock.CHALLENGE_TO_DECIDE: "What the practice says is wrong waits for a decision",
    Clock.LIST_TO_DECIDE: "An application to close the list waits for a decision",
    Clock.BRANCH_TO_DECIDE: "An application to close a branch waits for a decision",
    Clock.SANCTION_BEGINS: "A sanction may be imposed from this day",
    Clock.SUSPENSION_ENDS: "A suspension ends: record it, or until when it lasts",
    Clock.MERGER: "A merger has effect: record it",
    Clock.MERGER_NOTICE: "Last day to tell payments of a merger",
    Clock.SANCTION_ENDS: "A sanction ends: record that it was lifted",
    Clock.DISPUTE_WINDOW: "Last day to refer a notice to dispute resolution",
    Clock.LIST_EXTENSION: "Last day to ask for the list to stay closed longer",
    Clock.LIST_OPENS: "The list opens again",
    Clock.LIST_BARRED: "Last day before the list’s closure can be asked for again",
    Clock.REGULATOR_COMPLY: "Last day to do what CQC asked for",
    Clock.REGULATOR_REPRESENTATIONS: "Last day to make representations to CQC",
    Clock.REGULATOR_APPEAL: "Last day to appeal to the tribunal",
    Clock.DECLARATION: "The annual declaration of {}",
    Clock.EXPECTATION: "An answer",
    Clock.RESPONSE_CONVERSATION: "A conversation, as the tier was moved",
    Clock.RESPONSE_VISIT: "A visit, as the tier was moved",
    Clock.RESPONSE_PLAN: "An agreed action plan, as the tier was moved",
    Clock.REVIEW: "Review of the tier",
    Clock.RESPONSE_REVIEW: "Review of the tier, as the rules expect it",
    Clock.CONTRACT_ENDS: "The contract ends",
    Clock.VARIATION: "A variation of the contract has effect",
}
"""What each kind of day is called."""

WHEN_LATE = {
    Clock.SAFETY_CONVERSATION: "No shared conversation followed a decision for immediate safety",
    Clock.NOTICE_PERIOD: "A remedial notice has run out: assess whether it is satisfied",
    Clock.TERMINATION: "The contract’s end has come: record it",
    Clock.RESPONSE_CONVERSATION: "No conversation followed since the tier was moved",
    Clock.RESPONSE_VISIT: "No visit followed since the tier was moved",
    Clock.RESPONSE_PLAN: "No action plan was agreed since the tier was moved",
    Clock.DECLARATION: "The annual declaration of {} did not come",
    Clock.EXPECTATION: "No answer",
}
"""What it is called once somebody is late with it."""

AHEAD = timedelta(days=184)
"""The page looks six months ahead, which is the longest notice; the command line has all. Challenges stand under To do."""

MOST_ASKED = 10
"""Of what was asked for and is over, the latest."""


class DueRow(NamedTuple):
    """Something due: how long until its day or since, whose move it is, and how the day was worked out."""

    tag: Tag
    title: str
    version: int
    whose: str
    why: str
    offers: list[Offer]


class AskedRow(NamedTuple):
    """What was asked for and what became of it."""

    title: str
    version: int
    outcome: str


class WhatIsDue(NamedTuple):
    rows: list[DueRow]
    standing: list[AskedRow]
    over: list[AskedRow]


def what_is_due(practice: Practice, telling: Telling, offers: Offers, today: date) -> WhatIsDue:
    """What is due within six months, by consequence; clocks that stand; and what became of what was asked for, the latest
    first. What the framework's rules expect at the tier is among it.
    """
    known = replace(practice, framework=service.casebook.framework().on(today))
    asked = sorted(practice.expectations.values(), key=lambda one: (one.asked_on, one.version), reverse=True)
    over = [one for one in asked if not one.open]
    return WhatIsDue(
        [
            row_of(one, telling.names, offers, today)
            for one in due(known, today)
            if one.due_on <= today + AHEAD and one.clock != Clock.CHALLENGE_TO_DECIDE
        ],
        [_asked(one, telling.names, today) for one in asked if one.open and one.stopped_on is not None],
        [_asked(one, telling.names, today) for one in over[:MOST_ASKED]],
    )


def title(
    clock: Clock, words: str | None, *, late: bool, thing_id: str = "", names: Names | None = None
) -> str:
    """What a day is called: by what was asked for, where somebody typed it; a declaration by its year."""
    called = WHEN_LATE.get(clock, TITLES[clock]) if late else TITLES[clock]
    called = names.said(called) if names else called
    if clock == Clock.DECLARATION:
        return called.format(thing_id.removeprefix("declaration-"))
    return f"{called}: {short(words)}" if words else called


def row_of(one: Due, names: Names, offers: Offers, today: date) -> DueRow:
    """Something due, in words."""
    late = one.late(today)
    words = words_or_why(one.words) if one.words else None
    return DueRow(
        tag=_tag(one, today),
        title=title(one.clock, words, late=late, thing_id=one.thing_id, names=names),
        version=one.version,
        whose=names.side(one.of)[:1].upper() + names.side(one.of)[1:],
        why=why(one),
        offers=_offers(one, offers),
    )


SETTLED_BY: dict[Clock, set[str]] = {
    Clock.NOTICE_PERIOD: {"FindNoticeSatisfied", "FindNoticeNotSatisfied"},
    Clock.NOTICE_TO_SERVE: {"ServeNotice"},
    Clock.NOTICE_TO_ISSUE: {"IssueNotice"},
    Clock.SANCTION_TO_LIFT: {"LiftSanction"},
    Clock.DISPUTE_PENDING: {"DetermineDispute", "WithdrawDispute"},
    Clock.CHALLENGE_TO_DECIDE: {"DecideFactualChallenge"},
    Clock.LIST_TO_DECIDE: {"ApproveListClosure", "RefuseListClosure"},
    Clock.BRANCH_TO_DECIDE: {"ApproveBranchClosure", "RefuseBranchClosure"},
    Clock.SUSPENSION_ENDS: {"EndSuspension"},
}
"""Of the buttons that its entry has, those that settle it."""


def _offers(one: Due, offers: Offers) -> list[Offer]:
    """What may be recorded of it from where it stands."""
    if one.clock == Clock.EXPECTATION:
        return on_expectation(offers, one.thing_id)
    if one.clock in {Clock.SAFETY_CONVERSATION, Clock.RESPONSE_CONVERSATION}:
        return to_talk(offers)
    entry, settle = offers.practice.standing.get(one.version), SETTLED_BY.get(one.clock, set())
    if entry is None or not settle:
        return []
    return [of for of in on_entry(offers, entry) if of.command in settle]


def _tag(one: Due, today: date) -> Tag:
    """Nobody is late for what passes by itself: its last day is one like the others. What waits says since when."""
    if one.waits:
        return waiting(one.due_on, today)
    if one.passes and one.due_on >= today:
        days = (one.due_on - today).days
        return Tag(
            "Today" if days == 0 else f"In {plural(days, 'day')}" if days <= 60 else day(one.due_on),
            late=False,
        )
    return due_tag(one.due_on, today)


def why(one: Due) -> str:
    """How the day was worked out, and by which rule."""
    worked = f"{one.sum[:1].upper()}{one.sum[1:]}"
    return f"{worked} ({one.source})" if one.source else worked


def _asked(one: Expectation, names: Names, today: date) -> AskedRow:
    of = names.side(one.expected_of)
    called = f"{label(one.kind)} asked of the {of}: {short(words_or_why(one.words))}"
    return AskedRow(called, one.version, became(one, today))


def became(one: Expectation, today: date) -> str:
    """What had become of it by today: an answer with its day, silence, or that the clock stands."""
    outcome = one.outcome(today)
    if outcome == Outcome.WITHDRAWN:
        return f"no longer expected from {day(one.withdrawn_on)}"
    if outcome == Outcome.STOPPED:
        return f"the clock stands since {day(one.stopped_on)}, with {so_many(one.left, one.left_in)} left"
    if one.answer is None:
        return (
            f"no answer by {day(one.due_on)}"
            if outcome == Outcome.LAPSED
            else f"expected by {day(one.due_on)}"
        )
    came = f"{label(one.answer).lower()} on {day(one.answered_on)}"
    late = {
        Outcome.MET: f"in time for {day(one.due_on)}",
        Outcome.MET_RECORDED_LATE: f"in time for {day(one.due_on)}, recorded late on {day(one.answer_recorded_on)}",
        Outcome.MET_LATE: f"late: it was expected by {day(one.due_on)}",
    }
    return f"{came}, {late[outcome]}"
