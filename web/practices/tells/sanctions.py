"""Sanctions, suspensions, the end of a contract, and disputes, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.contract_kinds import ContractorForm, DisputeOutcome, TerminatedBecause
from domain.practice.kinds import DisputeRoute, SanctionKind
from web.practices.fields import in_words
from web.practices.tells.ladder import TAG, notice, over_a_dispute
from web.practices.told import About, Told, listed, lower_first, typed
from web.words import day, label

if TYPE_CHECKING:
    from web.practices.telling import Telling


def _sanction(t: Telling, sanction_id: str) -> About:
    found = t.practice.sanctions.get(sanction_id)
    if found is None:
        return About("a sanction that was withdrawn as entered in error", None)
    return About(
        f"{lower_first(label(found.kind, SanctionKind))}, proposed from {day(found.from_on)}", found.version
    )


def sanction_imposed(t: Telling, fact: e.SanctionImposed) -> Told:
    found = t.practice.sanctions.get(fact.sanction_id)
    kind = f": {lower_first(label(found.kind, SanctionKind))}" if found else ""
    return Told(
        title=f"Sanction imposed{kind}",
        group="contract",
        how=over_a_dispute(fact.despite),
        words=typed(("Why it could not wait", fact.despite_words)),
        about=(_sanction(t, fact.sanction_id), notice(t, fact.notice_id)),
        tag=TAG,
    )


def sanction_lifted(t: Telling, fact: e.SanctionLifted) -> Told:
    return Told(
        title="Sanction lifted",
        group="contract",
        words=typed(("Why", fact.reason)),
        about=(_sanction(t, fact.sanction_id),),
        tag=TAG,
    )


def contractor_suspended(_t: Telling, fact: e.ContractorSuspended) -> Told:
    until = f", expected to {day(fact.until_on)}" if fact.until_on else ""
    return Told(
        title="A suspension touches the contract",
        group="contract",
        how=f"from {day(fact.occurred_on)}{until}",
        words=typed(("Cover", fact.cover)),
        tag=TAG,
    )


def suspension_ended(t: Telling, fact: e.SuspensionEnded) -> Told:
    found = t.practice.suspensions.get(fact.suspension_id)
    return Told(
        title="The suspension that touched the contract ended",
        group="contract",
        about=(About(f"its beginning, entry {found.version}", found.version),) if found else (),
        tag=TAG,
    )


def contractor_notice_given(_t: Telling, fact: e.ContractorNoticeGiven) -> Told:
    return Told(
        title="The contractor gave notice",
        group="contract",
        how=f"to end the contract on {day(fact.effective_on)}",
        words=typed(("Why", fact.reason)),
        rows=listed(
            ("The contractor is", lower_first(label(fact.contractor_form, ContractorForm))),
            ("After late payment", fact.late_payment or None),
        ),
        tag=TAG,
    )


def contractor_notice_withdrawn(t: Telling, fact: e.ContractorNoticeWithdrawn) -> Told:
    found = t.practice.terminations.get(fact.termination_id)
    return Told(
        title="The contractor took its notice back",
        group="contract",
        words=typed(("Why", fact.reason)),
        about=(About(f"the contractor’s notice, entry {found.version}", found.version),) if found else (),
        tag=TAG,
    )


def contract_terminated(t: Telling, fact: e.ContractTerminated) -> Told:
    return Told(
        title="Contract ended",
        group="contract",
        how="; ".join(
            filter(None, (lower_first(label(fact.because, TerminatedBecause)), over_a_dispute(fact.despite)))
        ),
        words=typed(
            ("How", fact.reason),
            ("For patients", fact.patients),
            ("Why it could not wait", fact.despite_words),
        ),
        about=(notice(t, fact.notice_id),) if fact.notice_id else (),
        tag=TAG,
    )


def _disputed(t: Telling, subject: str) -> About:
    return notice(t, subject) if subject in t.practice.notices or "/" not in subject else t.cited(subject)


def dispute_referred(t: Telling, fact: e.DisputeReferred) -> Told:
    found = t.practice.disputes.get(fact.dispute_id)
    late = "" if found is None or found.in_time else "; after its time"
    return Told(
        title="Dispute referred",
        group="contract",
        how=f"{lower_first(label(fact.route, DisputeRoute))}{late}",
        words=typed(("", fact.words)),
        rows=listed(("Reference", in_words(fact.reference))),
        about=(_disputed(t, fact.subject),),
        tag=TAG,
    )


def _dispute(t: Telling, dispute_id: str) -> tuple[About, ...]:
    found = t.practice.disputes.get(dispute_id)
    return (About(f"the dispute of {day(found.referred_on)}", found.version),) if found else ()


def dispute_determined(t: Telling, fact: e.DisputeDetermined) -> Told:
    return Told(
        title=f"Dispute determined: {lower_first(label(fact.outcome, DisputeOutcome))}",
        group="contract",
        words=typed(("", fact.words)),
        about=_dispute(t, fact.dispute_id),
        tag=TAG,
    )


def dispute_withdrawn(t: Telling, fact: e.DisputeWithdrawn) -> Told:
    return Told(
        title="Dispute withdrawn",
        group="contract",
        words=typed(("Why", fact.reason)),
        about=_dispute(t, fact.dispute_id),
        tag=TAG,
    )
