"""What stands between the holder and a sanction or the end of a contract: entitlement, notice, and disputes that stay it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol, TypedDict

from domain.clocks.periods import rule
from domain.practice.cites import version_of
from domain.practice.commands import DraftTerminationNotice, ProposeSanction
from domain.practice.contract_kinds import AFTER_NOTICES, DisputeOutcome, Entitlement
from domain.practice.contract_state import Dispute, Notice, NoticeStatus
from domain.practice.dates import in_full
from domain.practice.kinds import NoticeKind, ShorterBecause, Visibility
from domain.practice.state import Practice
from domain.practice.visible import visibility_of
from domain.rules import RuleBroken, Sealed, refuse_unless, sealed

REPEATED_AFTER = 2
"""Notices before the repeat route is open: one, and a further one (2015 GMS Regulations, Sch. 3 para. 70)."""


class Step(Protocol):
    """A sanction's or a termination's notice, as asked for or as drafted."""

    @property
    def contract_id(self) -> str: ...
    @property
    def entitlement(self) -> Entitlement: ...
    @property
    def rests_on(self) -> tuple[str, ...]: ...
    @property
    def cumulative_effect(self) -> object: ...
    @property
    def evidence(self) -> tuple[str, ...]: ...


class Stated(TypedDict):
    """What the draft of a sanction's notice and that of a termination's say alike."""

    notice_id: str
    contract_id: str
    entitlement: Entitlement
    rests_on: tuple[str, ...]
    cumulative_effect: Sealed | None
    provision: Sealed
    provision_words: Sealed | None
    evidence: tuple[str, ...]
    shorter_because: ShorterBecause | None
    shorter_words: Sealed | None
    reasons: Sealed


def stated(command: ProposeSanction | DraftTerminationNotice, evidence: tuple[str, ...]) -> Stated:
    """By what the holder is entitled, on which notices and evidence that rests, under which provision, and why."""
    return Stated(
        notice_id=command.notice_id,
        contract_id=command.contract_id,
        entitlement=command.entitlement,
        rests_on=tuple(dict.fromkeys(command.rests_on)),
        cumulative_effect=sealed(command.cumulative_effect),
        provision=Sealed(command.provision),
        provision_words=sealed(command.provision_words),
        evidence=evidence,
        shorter_because=command.shorter_because,
        shorter_words=sealed(command.shorter_words),
        reasons=Sealed(command.reasons),
    )


def entitled(practice: Practice, step: Step, day: date) -> None:
    """Refuse unless the holder is entitled on a day to end the contract: after notices, or on a ground that needs none."""
    notices = [_rested_on(practice, one, step.contract_id, day) for one in dict.fromkeys(step.rests_on)]
    routes = routes_open(practice, notices, day)
    if step.entitlement == Entitlement.NOT_SATISFIED:
        refuse_unless(
            Entitlement.NOT_SATISFIED in routes,
            "the-holder-is-entitled-to-end-the-contract",
            "Choose a remedial notice that was found not satisfied: until one is, no sanction or termination follows it, and "
            "none is of a day before that",
            "rests_on",
        )
    if step.entitlement == Entitlement.REPEATED:
        refuse_unless(
            Entitlement.REPEATED in routes,
            "a-repeat-follows-two-notices",
            "Choose at least two remedial or breach notices of this contract, one of them of a breach that came after another "
            "was served",
            "rests_on",
        )
        refuse_unless(
            bool(step.cumulative_effect),
            "the-cumulative-effect-is-stated",
            "Say why the breaches together would make it prejudicial to let the contract continue",
            "cumulative_effect",
        )
    if step.entitlement not in AFTER_NOTICES:
        refuse_unless(
            still_shown(practice, step.evidence, day),
            "what-needs-no-notice-rests-on-evidence",
            "Choose the entries that show this ground: without a notice before it, it rests on evidence",
            "evidence",
        )
    _may_be_told_of(practice, step.evidence)


def _may_be_told_of(practice: Practice, evidence: tuple[str, ...]) -> None:
    """The contractor is told on which entries a notice rests: none is kept to one organisation."""
    for one in evidence:
        refuse_unless(
            visibility_of(practice.closed, version_of(practice, one, "evidence")) == Visibility.BOTH,
            "what-a-notice-rests-on-is-open-to-both",
            f"{one} is not open to both organisations: choose entries that are, or open this one to both first",
            "evidence",
        )


def still_shown(practice: Practice, evidence: Collection[str], day: date) -> bool:
    """Whether any entry of the evidence stands, and had happened by a day: what was withdrawn shows nothing."""
    found = (practice.standing.get(int(cited.rpartition("/")[2])) for cited in evidence)
    return any(entry is not None and getattr(entry.fact, "occurred_on", day) <= day for entry in found)


def may_rest_on(practice: Practice, notice: Notice, contract_id: str, day: date) -> bool:
    """Whether a step of a day may rest on a notice: remedial or breach, of the same contract, served by then, not withdrawn,
    and not determined for the contractor.
    """
    return (
        notice.contract_id == contract_id
        and notice.kind in {NoticeKind.REMEDIAL, NoticeKind.BREACH}
        and notice.served_on is not None
        and notice.served_on <= day
        and notice.status != NoticeStatus.WITHDRAWN
        and not decided_for_contractor(practice, notice)
    )


def routes_open(practice: Practice, notices: Collection[Notice], day: date) -> frozenset[Entitlement]:
    """By which routes notices that a step of a day may rest on entitle to it: one found not satisfied by then, or enough
    of them, where a breach came after an earlier one was served.
    """
    unmet = any(
        one.status == NoticeStatus.NOT_SATISFIED and one.assessed_on is not None and one.assessed_on <= day
        for one in notices
    )
    repeated = len(notices) >= REPEATED_AFTER and any(
        _breached_after(practice, later, earlier) for later in notices for earlier in notices
    )
    return frozenset(
        ({Entitlement.NOT_SATISFIED} if unmet else set()) | ({Entitlement.REPEATED} if repeated else set())
    )


def _breached_after(practice: Practice, later: Notice, earlier: Notice) -> bool:
    breaches = (practice.breaches.get(one) for one in later.breaches)
    return earlier.served_on is not None and any(
        one is not None and one.breached_on > earlier.served_on for one in breaches
    )


def _rested_on(practice: Practice, notice_id: str, contract_id: str, day: date) -> Notice:
    notice = practice.notices.get(notice_id)
    if notice is not None:
        not_decided_for_contractor(practice, notice)
    if notice is None or not may_rest_on(practice, notice, contract_id, day):
        raise RuleBroken(
            "a-step-rests-on-notices-that-stand",
            "Choose remedial or breach notices of this contract that were served by then and not withdrawn",
            "rests_on",
        )
    return notice


def has_its_notice(
    practice: Practice,
    name: str,
    given_on: date,
    first: date,
    ground: ShorterBecause | None,
    words: object,
    field: str,
) -> None:
    """Refuse a first day sooner than the period `name` after notice is given, unless a ground is given with its reason."""
    if ground is not None:
        refuse_unless(bool(words), "a-ground-has-its-reason", "Say why this cannot wait", "shorter_words")
        return
    earliest = after_its_notice(practice, name, given_on, ground)
    refuse_unless(
        first >= earliest,
        "a-step-waits-its-notice",
        f"It can have effect from {in_full(earliest)}: sooner only to protect patients, or from material financial loss",
        field,
    )


def after_its_notice(practice: Practice, name: str, given_on: date, ground: ShorterBecause | None) -> date:
    """The first day on which a step may have effect when its notice is given on a day: at once on a recorded ground."""
    return given_on if ground is not None else rule(name, on=given_on, kind=practice.kind).after(given_on)


def disputes_over(practice: Practice, notice: Notice) -> list[Dispute]:
    """Every dispute over a notice or one that it rests on: over the notice, a finding or step of it, or a breach of it."""
    about = {notice.notice_id, *notice.rests_on}
    for one in tuple(about):
        about.update(practice.notices[one].breaches if one in practice.notices else ())
    return [one for one in practice.disputes.values() if about & _disputed(practice, one)]


def disputes_of(practice: Practice, notice: Notice) -> list[Dispute]:
    """Every dispute over a notice itself, or over a finding or step of it."""
    return [one for one in practice.disputes.values() if notice.notice_id in _disputed(practice, one)]


def notice_disputed(practice: Practice, dispute: Dispute) -> Notice | None:
    """The notice that a dispute is over, also where it is over a finding or step of it."""
    found = (practice.notices.get(one) for one in _disputed(practice, dispute))
    return next((one for one in found if one is not None), None)


def _disputed(practice: Practice, dispute: Dispute) -> set[str]:
    """The notice or breach that a dispute is over, also where it is over one fact about it."""
    _, _, version = dispute.subject.partition("/")
    entry = practice.standing.get(int(version)) if version else None
    of = (getattr(entry.fact, name, None) for name in ("notice_id", "breach_id")) if entry else ()
    return {dispute.subject, *filter(None, of)}


def stayed_by(practice: Practice, notice: Notice, day: date) -> list[Dispute]:
    """The disputes that stay what a notice is of: referred in time, and pending now, or on the day of what was done."""
    return [
        one
        for one in disputes_over(practice, notice)
        if one.in_time and (one.ended_on is None or one.referred_on <= day < one.ended_on)
    ]


def decided_for_contractor(practice: Practice, notice: Notice) -> bool:
    """Whether a dispute over it was determined for the contractor: what the notice is of is not done then."""
    return any(one.outcome == DisputeOutcome.FOR_CONTRACTOR for one in disputes_over(practice, notice))


def breach_decided_for_contractor(practice: Practice, breach_id: str) -> bool:
    """Whether a dispute over a breach itself was determined for the contractor."""
    return any(
        one.outcome == DisputeOutcome.FOR_CONTRACTOR and breach_id in _disputed(practice, one)
        for one in practice.disputes.values()
    )


def not_decided_for_contractor(practice: Practice, notice: Notice) -> None:
    refuse_unless(
        not decided_for_contractor(practice, notice),
        "what-was-determined-for-the-contractor-is-not-done",
        "A dispute over this was determined for the contractor: withdraw the notice",
    )


def nothing_stays(
    practice: Practice, notice: Notice, despite: ShorterBecause | None, words: object, day: date
) -> None:
    """Refuse what is done on a day on which a dispute referred in time is pending, but for safety or loss; and what was
    determined against it.
    """
    not_decided_for_contractor(practice, notice)
    stayed = bool(stayed_by(practice, notice, day))
    if stayed and despite is None:
        raise RuleBroken(
            "a-timely-dispute-stays-action",
            "A dispute referred in time is pending: wait until it is determined or withdrawn, or give a ground of patient "
            "safety or material financial loss",
            "despite",
        )
    refuse_unless(
        stayed or despite is None,
        "a-ground-goes-over-a-dispute",
        "No dispute referred in time is pending: leave the ground empty",
        "despite",
    )
    refuse_unless(
        despite is None or bool(words), "a-ground-has-its-reason", "Say why this cannot wait", "despite_words"
    )
