"""Where each breach and notice of a practice stands: what is due, what may come next, and what may not yet and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from domain.clocks.due import due
from domain.practice.contract_kinds import Entitlement
from domain.practice.contract_state import Breach, Notice, NoticeStatus
from domain.practice.entitled import may_rest_on, routes_open
from domain.practice.kinds import NoticeKind, SanctionKind
from domain.practice.sanctions import sanction_by
from domain.practice.standing_contract import terminated_on
from domain.practice.state import Contract, Practice
from web.practices.due import DueRow, row_of
from web.practices.fields import in_words
from web.practices.ladder_not_yet import NotYet, not_yet_of_breach, not_yet_of_notice
from web.practices.notice_letters import letter_link
from web.practices.offers import Offer, Offers
from web.practices.reading import Looked
from web.words import day, label

STANDS = {
    NoticeStatus.DRAFT: "Drafted on {}",
    NoticeStatus.ISSUED: "Issued on {}, not served yet",
    NoticeStatus.SERVED: "Counts as given on {}",
    NoticeStatus.SATISFIED: "Satisfied on {}",
    NoticeStatus.NOT_SATISFIED: "Found not satisfied on {}",
    NoticeStatus.WITHDRAWN: "Withdrawn on {}",
}

ENTITLED = (
    ("Propose a sanction", "ProposeSanction"),
    ("Draft a termination notice", "DraftTerminationNotice"),
)


class Rung(NamedTuple):
    """A breach or a notice: the entry it is told by, how it stands, and the steps after it."""

    title: str
    version: int
    stands: list[str]
    due: list[DueRow]
    next: list[Offer]
    not_yet: list[NotYet]
    letter: str = ""
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
            [*(self._breach(one) for one in breaches), *(self._notice(one) for one in others)],
            [] if ended else list(self._further(contract_id)),
            [] if ended else self._allowed(("Record a breach", "IdentifyBreach"), *ENTITLED),
        )

    # --- a breach -----------------------------------------------------------------------------------------------

    def _breach(self, breach: Breach) -> Rung:
        named = [one for one in self.practice.notices.values() if breach.breach_id in one.breaches]
        stands = [f"Of {day(breach.breached_on)}; it {'can' if breach.remediable else 'cannot'} be put right"]
        if breach.tried:
            stands.append("What the parties tried between themselves is recorded")
        if breach.informal is not None:
            stands.append("Handled without a formal step")
        not_yet = list(not_yet_of_breach(breach, named))
        return Rung(
            self._title(breach.version),
            breach.version,
            stands,
            [],
            self._offers(breach.version, not_yet),
            not_yet,
            below=tuple(self._notice(one) for one in named),
        )

    # --- a notice -----------------------------------------------------------------------------------------------

    def _notice(self, notice: Notice) -> Rung:
        told_by = {NoticeStatus.DRAFT: notice.version, NoticeStatus.ISSUED: notice.issued}.get(
            notice.status, notice.served or notice.version
        )
        not_yet = list(not_yet_of_notice(self.practice, notice, self.asked))
        return Rung(
            label(notice.kind, NoticeKind),
            notice.version,
            list(self._stands(notice)),
            [
                row_of(one, self.names, self.offers, self.asked.on)
                for one in self._due
                if one.thing_id in self._things(notice)
            ],
            [*self._offers(told_by or notice.version, not_yet), *self._to_lift(notice)],
            not_yet,
            letter=letter_link(self.practice.code, notice.notice_id),
        )

    def _things(self, notice: Notice) -> set[str]:
        """By which ids its days are known: its own, its sanction's or its termination's."""
        sanctions = (key for key, one in self.practice.sanctions.items() if one.notice_id == notice.notice_id)
        endings = (
            key for key, one in self.practice.terminations.items() if one.notice_id == notice.notice_id
        )
        return {notice.notice_id, *sanctions, *endings}

    def _stands(self, notice: Notice) -> Iterator[str]:
        on = {
            NoticeStatus.DRAFT: notice.drafted_on,
            NoticeStatus.ISSUED: notice.issued_on,
            NoticeStatus.SERVED: notice.served_on,
            NoticeStatus.WITHDRAWN: notice.withdrawn_on,
        }.get(notice.status, notice.assessed_on)
        yield STANDS[notice.status].format(day(on))
        if notice.status == NoticeStatus.SERVED and notice.ends_on:
            yield f"The last day of its period is {day(notice.ends_on)}"
        if notice.receipt_on:
            yield f"Its receipt came back on {day(notice.receipt_on)}"
        sanction = sanction_by(self.practice, notice)
        if sanction is not None and sanction.imposed_on:
            lifted = f", lifted on {day(sanction.lifted_on)}" if sanction.lifted_on else ""
            yield f"{label(sanction.kind, SanctionKind)}: imposed on {day(sanction.imposed_on)}{lifted}"
        for dispute in self.practice.disputes.values():
            if dispute.subject == notice.notice_id:
                if dispute.pending:
                    stays = ", and stays what rests on it" if dispute.in_time else ", after its time"
                    yield f"Disputed on {day(dispute.referred_on)}{stays}"
                else:
                    yield f"Disputed on {day(dispute.referred_on)}; that ended on {day(dispute.ended_on)}"

    # --- what they rest on --------------------------------------------------------------------------------------

    def _further(self, contract_id: str) -> Iterator[str]:
        """What a sanction, or the end of the contract by notice, could rest on today."""
        routes = routes_open([one for one in self.practice.notices.values() if may_rest_on(one, contract_id)])
        if Entitlement.NOT_SATISFIED in routes:
            yield "A remedial notice was found not satisfied: they may rest on it."
        else:
            yield "No remedial notice was found not satisfied, so they cannot rest on one."
        if Entitlement.REPEATED in routes:
            yield "Two notices or more stand: where a breach is repeated they may rest on these together, with a statement of their effect together."
        else:
            yield "Fewer than two notices stand, so they cannot rest on a repeated breach."
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
        return [one for one in self.offers.on_entry(entry) if one.command not in barred] if entry else []

    def _title(self, version: int) -> str:
        return self.telling.entry(version).text
