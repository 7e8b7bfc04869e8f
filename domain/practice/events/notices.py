"""Notices: drafted by one person and issued by another, served, assessed, withdrawn. One model for every kind.

A draft says what the notice will say. Once it is issued the draft stands as it was: the letter is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.contract_kinds import Committee, Entitlement, NoLocalResolution, ServiceMethod, Services
from domain.practice.kinds import DisputeRoute, SanctionKind, ShorterBecause
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedialNoticeDrafted(Fact):
    """A notice that asks for a breach to be put right (2015 GMS Regulations, Sch. 3 para. 70; pharmacies: 2013, reg. 70).

    `steps` are what the contractor must do, within `period_days` after the notice is served; where that is shorter than
    the law's least period, `shorter_because` is the ground and `shorter_words` why. `reasons` say why a formal notice is
    proportionate. `withholds` is the remuneration that a notice of itself withholds, where the contractor's kind knows it.
    """

    NAME: ClassVar[str] = "practice.remedial-notice-drafted"
    notice_id: str
    contract_id: str
    breaches: tuple[str, ...]
    provision: Sealed
    provision_words: Sealed | None
    steps: Sealed
    period_days: int
    shorter_because: ShorterBecause | None
    shorter_words: Sealed | None
    withholds: Sealed | None
    reasons: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachNoticeDrafted(Fact):
    """A notice of a breach that cannot be put right, which must not be repeated (as above; pharmacies: 2013, reg. 71)."""

    NAME: ClassVar[str] = "practice.breach-notice-drafted"
    notice_id: str
    contract_id: str
    breaches: tuple[str, ...]
    provision: Sealed
    provision_words: Sealed | None
    withholds: Sealed | None
    reasons: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionProposed(Fact):
    """A contract sanction is proposed, and with it drafted the notice that says so (2015 Regulations, Sch. 3 para. 72).

    `entitlement` is by what the holder might have ended the contract; `rests_on` are the notices that it rests on, by
    id, and `cumulative_effect` why the breaches together would make it prejudicial to let the contract continue. `services`
    and `obligations` are what is ended or suspended, `sum_withheld` what is withheld; `effect` is the explanation the
    notice owes. It has effect from `from_on`, a suspension until `until_on`, its last day.
    """

    NAME: ClassVar[str] = "practice.sanction-proposed"
    notice_id: str
    sanction_id: str
    contract_id: str
    kind: SanctionKind
    entitlement: Entitlement
    rests_on: tuple[str, ...]
    cumulative_effect: Sealed | None
    provision: Sealed
    provision_words: Sealed | None
    services: tuple[Services, ...]
    obligations: Sealed | None
    sum_withheld: Sealed | None
    effect: Sealed
    evidence: tuple[str, ...]
    from_on: date
    until_on: date | None
    shorter_because: ShorterBecause | None
    shorter_words: Sealed | None
    reasons: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationNoticeDrafted(Fact):
    """A notice by which the holder ends the contract (2015 GMS Regulations, Sch. 3 paras 65 to 71).

    From the national template: the ground (`entitlement`), its paragraph and the contract's `clause`, the explanation
    (`reasons`) with the evidence relied on, and the day it ends. `rests_on` and `cumulative_effect` are as in a sanction's.
    `patients` is what is done for patients. The rest of the template (dispute, appeal body, committee) comes with issuing.
    """

    NAME: ClassVar[str] = "practice.termination-notice-drafted"
    notice_id: str
    termination_id: str
    contract_id: str
    entitlement: Entitlement
    rests_on: tuple[str, ...]
    cumulative_effect: Sealed | None
    provision: Sealed
    provision_words: Sealed | None
    clause: Sealed | None
    evidence: tuple[str, ...]
    effective_on: date
    shorter_because: ShorterBecause | None
    shorter_words: Sealed | None
    patients: Sealed
    reasons: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssued(Fact):
    """A manager who did not draft it issued the notice, complete. It has no effect before it is served.

    `committee` is the body of the profession: consulted on `consulted_on`, or `not_consulted_because`. `answered` is what
    the contractor answered before it, `answers` the entries that hold it, or `not_waited_because` why waiting was unsafe
    or no answer came. `no_local_resolution` is why nothing was tried between the parties first, where that is required.
    `appeal_rights` are as the letter states them; `appeal_body` and `appeal_address` to whom. `letter_sha256` is the digest
    of the letter. `proportionality` is the manager's own reasons.
    """

    NAME: ClassVar[str] = "practice.notice-issued"
    notice_id: str
    committee: Committee
    consulted_on: date | None
    not_consulted_because: Sealed | None
    answered: Sealed | None
    answers: tuple[str, ...]
    not_waited_because: Sealed | None
    no_local_resolution: NoLocalResolution | None
    appeal_route: DisputeRoute
    appeal_rights: Sealed
    appeal_body: Sealed
    appeal_address: Sealed
    proportionality: Sealed
    letter_sha256: str
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeServed(Fact):
    """The notice was sent to the contractor on `occurred_on`, and counts as given on `deemed_on`.

    A notice's period runs from the day after `deemed_on`: that day itself is not counted. `because` says by which term of
    the contract it counts as given then.
    """

    NAME: ClassVar[str] = "practice.notice-served"
    notice_id: str
    method: ServiceMethod
    address: Sealed
    deemed_on: date
    because: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReceiptReturned(Fact):
    """The contractor returned the declaration that it has received the notice."""

    NAME: ClassVar[str] = "practice.notice-receipt-returned"
    notice_id: str
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSatisfied(Fact):
    """The steps of a remedial notice were taken, to the holder's satisfaction: `reason` says why it is satisfied."""

    NAME: ClassVar[str] = "practice.notice-satisfied"
    notice_id: str
    evidence: tuple[str, ...]
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeNotSatisfied(Fact):
    """The steps of a remedial notice were not taken by the last day of its period. The holder may then go further."""

    NAME: ClassVar[str] = "practice.notice-not-satisfied"
    notice_id: str
    evidence: tuple[str, ...]
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWithdrawn(Fact):
    """A notice, or its draft, was withdrawn: nothing rests on it from then on.

    A pharmacy's notice may be rescinded at any time since 26 November 2018 (2013 Regulations, reg. 71 as amended).
    """

    NAME: ClassVar[str] = "practice.notice-withdrawn"
    notice_id: str
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    RemedialNoticeDrafted,
    BreachNoticeDrafted,
    SanctionProposed,
    TerminationNoticeDrafted,
    NoticeIssued,
    NoticeServed,
    NoticeReceiptReturned,
    NoticeSatisfied,
    NoticeNotSatisfied,
    NoticeWithdrawn,
)
