"""Notices: drafted, issued, served, assessed, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.practice.contract_kinds import Entitlement, NoLocalResolution, ServiceMethod, Services
from domain.practice.kinds import SanctionKind, ShorterBecause
from domain.text import Address, Form, Line, Narrative, NewId, Reason, Words

LetterDigest = Annotated[
    str,
    Words(
        64,
        lines=False,
        scanned=False,
        form=Form(r"[0-9a-f]{64}", "the SHA-256 of the letter, 64 characters from 0 to 9 and a to f"),
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRemedialNotice(PracticeCommand):
    """Draft a notice that asks for breaches to be put right within a period."""

    notice_id: Annotated[str, NewId("notice")]
    breaches: tuple[str, ...]
    provision: Line
    provision_words: Reason | None = None
    steps: Narrative
    period_days: int
    shorter_because: ShorterBecause | None = None
    shorter_words: Reason | None = None
    withholds: Reason | None = None
    reasons: Narrative


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBreachNotice(PracticeCommand):
    """Draft a notice of breaches that cannot be put right, and must not be repeated."""

    notice_id: Annotated[str, NewId("notice")]
    breaches: tuple[str, ...]
    provision: Line
    provision_words: Reason | None = None
    withholds: Reason | None = None
    reasons: Narrative


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeSanction(PracticeCommand):
    """Propose a contract sanction, and with it draft its notice."""

    notice_id: Annotated[str, NewId("notice")]
    sanction_id: Annotated[str, NewId("sanction")]
    contract_id: str
    kind: SanctionKind
    entitlement: Entitlement
    rests_on: tuple[str, ...] = ()
    cumulative_effect: Reason | None = None
    provision: Line
    provision_words: Reason | None = None
    services: tuple[Services, ...] = ()
    obligations: Reason | None = None
    sum_withheld: Reason | None = None
    effect: Reason
    evidence: tuple[str, ...] = ()
    from_on: date
    until_on: date | None = None
    shorter_because: ShorterBecause | None = None
    shorter_words: Reason | None = None
    reasons: Narrative


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTerminationNotice(PracticeCommand):
    """Draft the notice by which the holder ends a contract."""

    notice_id: Annotated[str, NewId("notice")]
    termination_id: Annotated[str, NewId("termination")]
    contract_id: str
    entitlement: Entitlement
    rests_on: tuple[str, ...] = ()
    cumulative_effect: Reason | None = None
    provision: Line
    provision_words: Reason | None = None
    clause: Line | None = None
    evidence: tuple[str, ...] = ()
    effective_on: date
    shorter_because: ShorterBecause | None = None
    shorter_words: Reason | None = None
    patients: Reason
    reasons: Narrative


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNotice(PracticeCommand):
    """Issue another person's draft, with everything that a notice must have.

    `letter_sha256` is of the letter that is made of all this: recording fills it in. `draft_sha256` is of the letter of the
    draft as whoever issues it has read it: where that reads otherwise now, nothing is issued.
    """

    notice_id: str
    consulted_on: date | None = None
    not_consulted_because: Reason | None = None
    answered: Reason | None = None
    answers: tuple[str, ...] = ()
    not_waited_because: Reason | None = None
    no_local_resolution: NoLocalResolution | None = None
    appeal_rights: Reason
    appeal_body: Line
    appeal_address: Address
    proportionality: Narrative
    letter_sha256: LetterDigest | None = None
    draft_sha256: LetterDigest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeNotice(PracticeCommand):
    """Record how, where and when (`occurred_on`) an issued notice was sent, and on which day it counts as given."""

    notice_id: str
    method: ServiceMethod
    address: Address
    deemed_on: date
    because: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNoticeReceipt(PracticeCommand):
    """Record that the contractor returned the declaration of receipt."""

    notice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindNoticeSatisfied(PracticeCommand):
    """Find that the steps of a remedial notice were taken."""

    notice_id: str
    evidence: tuple[str, ...] = ()
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class FindNoticeNotSatisfied(PracticeCommand):
    """Find that the steps of a remedial notice were not taken in its period."""

    notice_id: str
    evidence: tuple[str, ...] = ()
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawNotice(PracticeCommand):
    """Withdraw a notice, or its draft."""

    notice_id: str
    reason: Reason


COMMANDS: tuple[type[PracticeCommand], ...] = (
    DraftRemedialNotice,
    DraftBreachNotice,
    ProposeSanction,
    DraftTerminationNotice,
    IssueNotice,
    ServeNotice,
    RecordNoticeReceipt,
    FindNoticeSatisfied,
    FindNoticeNotSatisfied,
    WithdrawNotice,
)
