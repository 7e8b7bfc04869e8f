"""How the things of which a practice may have several stand, in words: contracts and their steps, flags, actions, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from domain.practice.changes_state import ListClosure
from domain.practice.contract_state import Breach, Notice, NoticeStatus, RegulatoryAction, Termination
from domain.practice.expectation_state import Expectation
from domain.practice.kinds import ExpectationKind, RegulatoryActionKind, Tier
from domain.practice.state import Action, Contract, Flag, Intelligence, Practice, Proposal
from web.practices.fields import words_or_why
from web.practices.flags import explained, flag_called, level_in_words
from web.practices.ladder_said import (
    contractors_notice_stands,
    dispute_called,
    dispute_stands,
    notice_called,
    notice_stands,
    suspension_stands,
)
from web.practices.told import Names, joined, lower_first, short
from web.replay.standing import standing
from web.words import contract_called, day, first_upper, label


@dataclass(frozen=True)
class Then:
    """One of the two moments: the practice as it stood, the day, and the same as the command line gives it."""

    practice: Practice
    on: date
    names: Names

    @property
    def told(self) -> dict[str, Any]:
        return standing(self.practice, self.on)


class Kind(NamedTuple):
    """What is told of one kind of thing: where they are, which still matter, what each is called, and how it stands."""

    there: Callable[[Practice], Mapping[str, Any]]
    matters: Callable[[Any], bool]
    called: Callable[[Then, Any], str]
    stands: Callable[[Then, Any], str]


def _flag(side: Then, flag: Flag) -> str:
    level = first_upper(level_in_words(flag))
    if flag.open:
        return joined_by_comma(level, f"raised {day(flag.raised_on)}", explained(side.practice, flag))
    return f"{level}, {flag.status} {day(flag.ended_on)}"


def _action(side: Then, action: Action) -> str:
    agreed = joined(lower_first(side.names.side(one)) for one in sorted(action.agreed_by))
    ended = f"on {day(action.ended_on)}" if action.ended else ""
    return joined_by_comma(
        f"{first_upper(action.status)} {ended}".strip(),
        "" if action.ended else f"due {day(action.due_on)}",
        f"first due {day(action.first_due_on)}" if action.moved and not action.ended else "",
        f"agreed by {agreed}" if agreed and not action.ended else "",
    )


def _heard(_: Then, heard: Intelligence) -> str:
    return first_upper(heard.status.replace("_", " "))


def _contract(_: Then, contract: Contract) -> str:
    return joined_by_comma(
        f"From {day(contract.starts_on)}",
        f"to {day(contract.ends_on)}" if contract.ends_on else "",
        f"varied {day(contract.varied_on)}" if contract.varied_on else "",
    )


def _notice(side: Then, notice: Notice) -> str:
    return ". ".join(notice_stands(side.practice, notice))


def _breach(side: Then, one: Breach) -> str:
    notices = [each for each in side.practice.notices.values() if one.breach_id in each.breaches]
    if one.informal is not None:
        return "Handled informally"
    return joined(lower_first(notice_called(side.practice, each)) for each in notices) or "No step taken"


def _ended(_: Then, one: Termination) -> str:
    if one.by_contractor:
        return ". ".join(contractors_notice_stands(one))
    if one.terminated_on:
        return f"The contract ended on {day(one.terminated_on)}"
    return "Taken back" if one.withdrawn else f"The contract ends on {day(one.effective_on)}"


def _ending_called(_: Then, one: Termination) -> str:
    return "Notice given by the contractor" if one.by_contractor else "End of the contract"


def _list_closed(_: Then, one: ListClosure) -> str:
    return joined_by_comma(
        first_upper(str(one.status).replace("_", " ")),
        f"from {day(one.closes_on)}" if one.closes_on else "",
        f"open again {day(one.opens_on)}" if one.opens_on else "",
    )


def _regulated(_: Then, one: RegulatoryAction) -> str:
    return joined_by_comma(f"From {day(one.from_on)}", f"ended {day(one.ended_on)}" if one.ended_on else "")


def _expected(_: Then, one: Expectation) -> str:
    if one.withdrawn_on:
        return f"Withdrawn {day(one.withdrawn_on)}"
    if one.answered_on:
        return f"Answered {day(one.answered_on)}, was due {day(one.due_on)}"
    stopped = f"its clock stopped {day(one.stopped_on)}" if one.stopped_on else ""
    return joined_by_comma(f"Due {day(one.due_on)}", stopped)


def _proposed(side: Then, one: Proposal) -> str:
    tier = label(one.tier, Tier)
    return f"{tier}, by {side.names.person(one.proposed_by)}, {one.status}"


def joined_by_comma(*parts: str) -> str:
    return ", ".join(filter(None, parts))


KINDS = (
    Kind(
        lambda practice: practice.contracts,
        lambda _: True,
        lambda _, one: first_upper(contract_called(one.contract_type)),
        _contract,
    ),
    Kind(
        lambda practice: practice.notices,
        lambda one: one.status not in {NoticeStatus.SATISFIED, NoticeStatus.WITHDRAWN},
        lambda side, one: notice_called(side.practice, one),
        _notice,
    ),
    Kind(
        lambda practice: practice.breaches,
        lambda one: one.informal is None,
        lambda _, one: f"Breach of {day(one.breached_on)}",
        _breach,
    ),
    Kind(
        lambda practice: practice.suspensions,
        lambda one: one.ended is None,
        lambda _, one: f"Suspension of {day(one.from_on)}",
        lambda _, one: ". ".join(suspension_stands(one)),
    ),
    Kind(
        lambda practice: practice.terminations,
        lambda one: one.withdrawn is None,
        _ending_called,
        _ended,
    ),
    Kind(
        lambda practice: practice.disputes,
        lambda one: one.pending,
        lambda _, one: dispute_called(one),
        lambda side, one: ". ".join(dispute_stands(side.practice, one)),
    ),
    Kind(
        lambda practice: practice.regulatory_actions,
        lambda one: one.ended is None,
        lambda _, one: f"Of the regulator: {lower_first(label(one.kind, RegulatoryActionKind))}",
        _regulated,
    ),
    Kind(
        lambda practice: practice.list_closures,
        lambda one: one.ended is None,
        lambda _, one: f"Closing the list, asked for {day(one.asked_on)}",
        _list_closed,
    ),
    Kind(
        lambda practice: practice.flags,
        lambda one: one.open,
        lambda _, one: f"Flag: {flag_called(one)}",
        _flag,
    ),
    Kind(
        lambda practice: practice.intelligence,
        lambda one: one.status == "unverified",
        lambda _, one: f"Soft intelligence of {day(one.recorded_on)}",
        _heard,
    ),
    Kind(
        lambda practice: practice.actions,
        lambda one: not one.ended,
        lambda _, one: f"Action: {short(words_or_why(one.issue))}",
        _action,
    ),
    Kind(
        lambda practice: practice.expectations,
        lambda one: one.open,
        lambda side, one: (
            f"Asked of {lower_first(side.names.side(one.expected_of))}: {lower_first(label(one.kind, ExpectationKind))}"
        ),
        _expected,
    ),
    Kind(
        lambda practice: practice.proposals,
        lambda one: one.status == "open",
        lambda _, one: f"Proposal for the tier of {day(one.proposed_on)}",
        _proposed,
    ),
)
