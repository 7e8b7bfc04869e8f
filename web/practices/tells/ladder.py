"""Breaches and notices in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.contract_kinds import LocalOutcome, NoLocalResolution, ServiceMethod
from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.contractors import committee_name
from domain.practice.kinds import NoticeKind, SanctionKind, ShorterBecause
from web.practices.fields import in_words
from web.practices.told import About, Told, listed, lower_first, short, typed
from web.words import day, label

if TYPE_CHECKING:
    from web.practices.telling import Telling

TAG = "Contract"


def breach(t: Telling, breach_id: str) -> About:
    """A breach by its provision."""
    found = t.practice.breaches.get(breach_id)
    entry = t.practice.standing.get(found.version) if found else None
    if entry is None or not isinstance(entry.fact, e.BreachIdentified):
        return About("a breach that was withdrawn as entered in error", None)
    return About(f"the breach of {short(in_words(entry.fact.provision))}", entry.version)


def notice(t: Telling, notice_id: str | None) -> About:
    """A notice by its kind and the day it was issued or drafted."""
    found = t.practice.notices.get(notice_id or "")
    if found is None:
        return About("a notice that was withdrawn as entered in error", None)
    if found.issued_on is None:
        return About(f"the draft {called(found)} of {day(found.drafted_on)}", found.version)
    return About(f"the {called(found)} of {day(found.issued_on)}", found.version)


def called(found: Notice | None) -> str:
    return lower_first(label(found.kind, NoticeKind)) if found else "notice"


def _tag(t: Telling, notice_id: str) -> str:
    """A draft is plainly one until it is issued: both organisations read it, and it says nothing to the contractor."""
    found = t.practice.notices.get(notice_id)
    return "Draft, not issued" if found and found.status == NoticeStatus.DRAFT else TAG


def _cited(t: Telling, cites: tuple[str, ...]) -> tuple[About, ...]:
    return tuple(t.cited(one) for one in cites)


def breach_identified(t: Telling, fact: e.BreachIdentified) -> Told:
    return Told(
        title=f"Breach identified: {short(in_words(fact.provision))}",
        group="contract",
        how=f"of {day(fact.breached_on)}; it {'can' if fact.remediable else 'cannot'} be put right",
        words=typed(
            ("", fact.what),
            ("Why it can be put right" if fact.remediable else "Why it cannot be put right", fact.remediable_because),
        ),
        rows=listed(("Provision", fact.provision), ("What it says", fact.provision_words)),
        about=(*((breach(t, fact.repeats),) if fact.repeats else ()), *_cited(t, fact.evidence)),
        about_as="Rests on",
        tag=TAG,
    )  # fmt: skip


def breach_handled_informally(t: Telling, fact: e.BreachHandledInformally) -> Told:
    return Told(
        title="Breach handled without a formal step",
        group="contract",
        words=typed(("Why a formal step is not proportionate", fact.reason), ("What is done instead", fact.instead)),
        about=(breach(t, fact.breach_id),),
        tag=TAG,
    )  # fmt: skip


def local_resolution_attempted(t: Telling, fact: e.LocalResolutionAttempted) -> Told:
    return Told(
        title=f"Tried to settle a breach locally: {lower_first(label(fact.outcome, LocalOutcome))}",
        group="contract",
        words=typed(("", fact.words)),
        rows=listed(("Who took part", fact.took_part), ("Committee invited", fact.committee_invited)),
        about=(breach(t, fact.breach_id),),
        tag=TAG,
    )


def remedial_notice_drafted(t: Telling, fact: e.RemedialNoticeDrafted) -> Told:
    return Told(
        title="Remedial notice drafted",
        group="contract",
        how=f"{fact.period_days} days from the day it counts as served",
        words=typed(
            ("Steps to be taken", fact.steps), ("Why formally", fact.reasons),
            ("Why a shorter period", fact.shorter_words), ("What it withholds", fact.withholds),
        ),
        rows=listed(
            ("Under", fact.provision), ("What it says", fact.provision_words), ("Shorter because of", fact.shorter_because)
        ),
        about=tuple(breach(t, one) for one in fact.breaches),
        notice=fact.notice_id,
        tag=_tag(t, fact.notice_id),
    )  # fmt: skip


def breach_notice_drafted(t: Telling, fact: e.BreachNoticeDrafted) -> Told:
    return Told(
        title="Breach notice drafted",
        group="contract",
        how="the breach must not be repeated",
        words=typed(("Why formally", fact.reasons), ("What it withholds", fact.withholds)),
        rows=listed(("Under", fact.provision), ("What it says", fact.provision_words)),
        about=tuple(breach(t, one) for one in fact.breaches),
        notice=fact.notice_id,
        tag=_tag(t, fact.notice_id),
    )


def sanction_proposed(t: Telling, fact: e.SanctionProposed) -> Told:
    until = f" to {day(fact.until_on)}" if fact.until_on else ""
    return Told(
        title=f"Sanction proposed: {lower_first(label(fact.kind, SanctionKind))}",
        group="contract",
        how=f"from {day(fact.from_on)}{until}",
        words=typed(
            ("Why", fact.reasons), ("Its effect", fact.effect), ("Obligations", fact.obligations),
            ("Cumulative effect", fact.cumulative_effect), ("Why it cannot wait", fact.shorter_words),
        ),
        rows=listed(
            ("Entitled by", fact.entitlement), ("Under", fact.provision), ("What it says", fact.provision_words),
            ("Services", fact.services), ("Withheld", fact.sum_withheld), ("Sooner because of", fact.shorter_because),
        ),
        about=(*(notice(t, one) for one in fact.rests_on), *_cited(t, fact.evidence)),
        about_as="Rests on",
        notice=fact.notice_id,
        tag=_tag(t, fact.notice_id),
    )  # fmt: skip


def termination_notice_drafted(t: Telling, fact: e.TerminationNoticeDrafted) -> Told:
    return Told(
        title="Termination notice drafted",
        group="contract",
        how=f"to end the contract on {day(fact.effective_on)}",
        words=typed(
            ("Why", fact.reasons), ("Cumulative effect", fact.cumulative_effect), ("For patients", fact.patients),
            ("Why it cannot wait", fact.shorter_words),
        ),
        rows=listed(
            ("Entitled by", fact.entitlement), ("Under", fact.provision), ("What it says", fact.provision_words),
            ("Clause", fact.clause), ("Sooner because of", fact.shorter_because),
        ),
        about=(*(notice(t, one) for one in fact.rests_on), *_cited(t, fact.evidence)),
        about_as="Rests on",
        notice=fact.notice_id,
        tag=_tag(t, fact.notice_id),
    )  # fmt: skip


def notice_issued(t: Telling, fact: e.NoticeIssued) -> Told:
    committee = committee_name(fact.committee, fact.occurred_on)
    return Told(
        title=f"{called(t.practice.notices.get(fact.notice_id)).capitalize()} issued",
        group="contract",
        words=typed(
            ("Why it is proportionate", fact.proportionality),
            ("What the contractor answered", fact.answered),
            ("Why we did not wait for an answer", fact.not_waited_because),
            (f"Why the {committee} was not consulted", fact.not_consulted_because),
            ("Right of appeal", fact.appeal_rights),
        ),
        rows=listed(
            (f"{committee.capitalize()} consulted", fact.consulted_on),
            ("Nothing tried first because", label(fact.no_local_resolution, NoLocalResolution)),
            ("Appeal by", fact.appeal_route), ("Appeal to", fact.appeal_body), ("At", fact.appeal_address),
            ("SHA-256 of the letter", fact.letter_sha256),
        ),
        about=(notice(t, fact.notice_id), *_cited(t, fact.answers)),
        notice=fact.notice_id,
        tag=TAG,
    )  # fmt: skip


def notice_served(t: Telling, fact: e.NoticeServed) -> Told:
    found = t.practice.notices.get(fact.notice_id)
    ends = f"; the last day of its period is {day(found.ends_on)}" if found and found.ends_on else ""
    return Told(
        title=f"{called(found).capitalize()} served",
        group="contract",
        how=f"counts as given on {day(fact.deemed_on)}{ends}",
        words=typed(("By which term", fact.because)),
        rows=listed(("How", label(fact.method, ServiceMethod)), ("Address", fact.address)),
        about=(notice(t, fact.notice_id),),
        tag=TAG,
    )


def notice_receipt_returned(t: Telling, fact: e.NoticeReceiptReturned) -> Told:
    return Told(
        title="Declaration of receipt returned", group="contract", about=(notice(t, fact.notice_id),), tag=TAG
    )


def notice_satisfied(t: Telling, fact: e.NoticeSatisfied) -> Told:
    return Told(
        title="Remedial notice satisfied",
        group="contract",
        words=typed(("", fact.reason)),
        about=(notice(t, fact.notice_id), *_cited(t, fact.evidence)),
        tag=TAG,
    )


def notice_not_satisfied(t: Telling, fact: e.NoticeNotSatisfied) -> Told:
    return Told(
        title="Remedial notice not satisfied",
        group="contract",
        words=typed(("", fact.reason)),
        about=(notice(t, fact.notice_id), *_cited(t, fact.evidence)),
        tag=TAG,
    )


def notice_withdrawn(t: Telling, fact: e.NoticeWithdrawn) -> Told:
    return Told(
        title=f"{called(t.practice.notices.get(fact.notice_id)).capitalize()} withdrawn",
        group="contract",
        words=typed(("Why", fact.reason)),
        about=(notice(t, fact.notice_id),),
        tag=TAG,
    )


def over_a_dispute(because: ShorterBecause | None) -> str:
    return f"though disputed, because of {lower_first(label(because, ShorterBecause))}" if because else ""
