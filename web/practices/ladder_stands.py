"""Where each breach and notice of a practice stands: what is due, what may come next, and what may not yet and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from domain.clocks.due import due
from domain.practice.contract_kinds import Entitlement
from domain.practice.contract_state import Breach, Dispute, Notice, NoticeStatus
from domain.practice.entitled import disputes_of, may_rest_on, notice_disputed, routes_open
from domain.practice.events import BreachIdentified
from domain.practice.sanctions import sanction_by
from domain.practice.standing_contract import terminated_on
from domain.practice.state import Contract, Practice
from domain.practice.termination_notices import live_notice
from web.practices.due import DueRow, row_of
from web.practices.fields import in_words
from web.practices.ladder_not_yet import NotYet, not_yet_of_breach, not_yet_of_notice
from web.practices.ladder_said import (
    contractors_notice_stands,
    dispute_called,
    dispute_stands,
    notice_called,
    notice_stands,
    suspension_stands,
)
from web.practices.notice_letters import letter_link
from web.practices.offers import Offer, Offers
from web.practices.offers.entry import on_entry
from web.practices.reading import Looked
from web.practices.told import short
from web.words import day, label

ENTITLED = (
    ("Propose a sanction", "ProposeSanction"),
    ("Draft a termination notice", "DraftTerminationNotice"),
)


class Rung(NamedTuple):
    """A breach, a notice, a dispute or a suspension: the entry it is told by, how it stands, and the steps after it."""

    title: str
    version: int
    stands: list[str]
    due: list[DueRow]
    next: list[Offer]
    not_yet: list[NotYet]
    letter: str = ""
    what: str = ""
    """What happened, in the words of whoever recorded it."""
    below: tuple[Rung, ...] = ()


class OnContract(NamedTuple):
    """The ladder of one contract: `further` says what a sanction or the contract's end could rest on today."""

    title: str
    ended: str
    rungs: list[Rung]
    further: list[str]
    next: list[Offer]


class Ladder:
    """Works out the ladder as one person sees it on a day."""

    def __init__(self, looked: Looked) -> None:
        self.practice: Practice = looked.practice
        self.offers: Offers = looked.offers
        self.telling = looked.teller.telling
        self.names = looked.names
        self.asked = looked.asked
        self._due = due(looked.practice, looked.asked.on)

    def contracts(self) -> list[OnContract]:
        return [self._contract(one) for one in self.practice.contracts.values()]

    def other_disputes(self) -> list[Rung]:
        """Disputes over what is no notice: another decision of the holder's."""
        disputes = self.practice.disputes.values()
        return [self._dispute(one) for one in disputes if notice_disputed(self.practice, one) is None]

    def _contract(self, contract: Contract) -> OnContract:
        practice, contract_id = self.practice, contract.contract_id
        breaches = [one for one in practice.breaches.values() if one.contract_id == contract_id]
        others = [
            one for one in practice.notices.values() if one.contract_id == contract_id and not one.breaches
        ]
        ended = terminated_on(practice, contract_id)
        return OnContract(
            f"{label(contract.contract_type)}, {in_words(contract.reference)}",
            day(ended) if ended else "",
            [
                *(self._breach(one) for one in breaches),
                *(self._notice(one) for one in others),
                *self._beside(contract_id),
            ],
            [] if ended else list(self._further(contract_id)),
            [] if ended else self._to_begin(contract_id),
        )

    def _to_begin(self, contract_id: str) -> list[Offer]:
        """What may begin on a contract that stands; no second termination notice beside one."""
        live = live_notice(self.practice, contract_id, by_contractor=False) is not None
        entitled = [one for one in ENTITLED if not live or one[1] != "DraftTerminationNotice"]
        return self._allowed(
            ("Record a breach", "IdentifyBreach"), *entitled, ("Record a dispute", "ReferDispute")
        )

    def _beside(self, contract_id: str) -> Iterator[Rung]:
        """Suspensions that touch the contract, and the contractor's own notice."""
        for suspension in self.practice.suspensions.values():
            if suspension.contract_id == contract_id:
                yield self._told_by(suspension.version, "A suspension", suspension_stands(suspension))
        for ending in self.practice.terminations.values():
            if ending.contract_id == contract_id and ending.by_contractor:
                stands = contractors_notice_stands(ending)
                due = {ending.termination_id}
                yield self._told_by(ending.version, "The contractor’s notice", stands, due)

    def _told_by(self, version: int, title: str, stands: Iterator[str], things: Collection[str] = ()) -> Rung:
        return Rung(title, version, list(stands), self._due_of(things), self._offers(version, []), [])

    def _dispute(self, dispute: Dispute) -> Rung:
        stands = dispute_stands(self.practice, dispute)
        return self._told_by(dispute.version, dispute_called(dispute), stands, {dispute.dispute_id})

    # --- a breach -----------------------------------------------------------------------------------------------

    def _breach(self, breach: Breach) -> Rung:
        named = [one for one in self.practice.notices.values() if breach.breach_id in one.breaches]
        stands = [f"Of {day(breach.breached_on)}; it {'can' if breach.remediable else 'cannot'} be put right"]
        if breach.tried:
            stands.append("What the parties tried between themselves is recorded")
        if breach.informal is not None:
            stands.append("Handled without a formal step")
        ended = terminated_on(self.practice, breach.contract_id) is not None
        not_yet = [] if ended else list(not_yet_of_breach(breach, named))
        return Rung(
            self._title(breach.version),
            breach.version,
            stands,
            [],
            self._offers(breach.version, not_yet),
            not_yet,
            what=self._what(breach),
            below=tuple(self._notice(one) for one in named),
        )

    def _what(self, breach: Breach) -> str:
        entry = self.practice.standing.get(breach.version)
        return (
            short(in_words(entry.fact.what), 160)
            if entry and isinstance(entry.fact, BreachIdentified)
            else ""
        )

    # --- a notice -----------------------------------------------------------------------------------------------

    def _notice(self, notice: Notice) -> Rung:
        told_by = {NoticeStatus.DRAFT: notice.version, NoticeStatus.ISSUED: notice.issued}.get(
            notice.status, notice.served or notice.version
        )
        ended = terminated_on(self.practice, notice.contract_id) is not None
        not_yet = [] if ended else list(not_yet_of_notice(self.practice, notice, self.asked, self.offers.may))
        disputes = disputes_of(self.practice, notice)
        return Rung(
            notice_called(self.practice, notice),
            notice.version,
            list(notice_stands(self.practice, notice)),
            self._due_of(self._things(notice)),
            [*self._offers(told_by or notice.version, not_yet), *self._to_lift(notice)],
            not_yet,
            letter=letter_link(self.practice.code, notice.notice_id),
            below=tuple(self._dispute(one) for one in disputes),
        )

    def _due_of(self, things: Collection[str]) -> list[DueRow]:
        return [
            row_of(one, self.names, self.offers, self.asked.on) for one in self._due if one.thing_id in things
        ]

    def _things(self, notice: Notice) -> set[str]:
        """By which ids its days are known: its own, its sanction's or its termination's."""
        sanctions = (key for key, one in self.practice.sanctions.items() if one.notice_id == notice.notice_id)
        endings = (
            key for key, one in self.practice.terminations.items() if one.notice_id == notice.notice_id
        )
        return {notice.notice_id, *sanctions, *endings}

    # --- what they rest on --------------------------------------------------------------------------------------

    def _further(self, contract_id: str) -> Iterator[str]:
        """What a sanction, or the end of the contract by notice, could rest on today."""
        practice, today = self.practice, self.asked.on
        served = [one for one in practice.notices.values() if may_rest_on(practice, one, contract_id, today)]
        routes = routes_open(practice, served, today)
        if Entitlement.NOT_SATISFIED in routes:
            yield "A remedial notice was found not satisfied: they may rest on it."
        else:
            yield "No remedial notice was found not satisfied, so they cannot rest on one."
        if Entitlement.REPEATED in routes:
            yield "A breach came after an earlier notice was served, and has its own: they may rest on these together, with a statement of their effect together."
        else:
            yield "No breach with a notice of its own came after another notice was served, so they cannot rest on a repeated breach."
        yield "Other grounds, such as a serious risk to patients, need no notice before them: they rest on evidence."

    def _allowed(self, *offers: tuple[str, str]) -> list[Offer]:
        if self.offers.closed:
            return []
        return [Offer(text, command, {}) for text, command in offers if self.offers.may(command)]

    def _to_lift(self, notice: Notice) -> list[Offer]:
        sanction = sanction_by(self.practice, notice)
        return self._offers(sanction.imposed, []) if sanction is not None and sanction.imposed else []

    def _offers(self, version: int, not_yet: list[NotYet]) -> list[Offer]:
        barred = {one.command for one in not_yet if one.bars}
        entry = self.practice.standing.get(version)
        return [one for one in on_entry(self.offers, entry) if one.command not in barred] if entry else []

    def _title(self, version: int) -> str:
        return self.telling.entry(version).text
