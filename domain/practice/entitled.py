"""What stands between the holder and a sanction or the end of a contract: entitlement, notice, and disputes that stay it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol

from domain.clocks.periods import rule
from domain.practice.cites import version_of
from domain.practice.contract_kinds import AFTER_NOTICES, DisputeOutcome, Entitlement
from domain.practice.contract_state import Dispute, Notice, NoticeStatus
from domain.practice.dates import in_full
from domain.practice.kinds import NoticeKind, ShorterBecause, Visibility
from domain.practice.state import Practice
from domain.practice.visible import visibility_of
from domain.rules import RuleBroken, refuse_unless

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


def entitled(practice: Practice, step: Step) -> None:
    """Refuse unless the holder is entitled to end the contract: after notices, or on a ground that needs none."""
    notices = [_rested_on(practice, one, step.contract_id) for one in dict.fromkeys(step.rests_on)]
    routes = routes_open(notices)
    if step.entitlement == Entitlement.NOT_SATISFIED:
        refuse_unless(
            Entitlement.NOT_SATISFIED in routes,
            "the-holder-is-entitled-to-end-the-contract",
            "Choose a remedial notice that was found not satisfied: until one is, no sanction or termination follows it",
            "rests_on",
        )
    if step.entitlement == Entitlement.REPEATED:
        refuse_unless(
            Entitlement.REPEATED in routes,
            "a-repeat-follows-two-notices",
            "Choose at least two remedial or breach notices of this contract that were issued and not withdrawn",
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
            bool(step.evidence),
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


def may_rest_on(notice: Notice, contract_id: str) -> bool:
    """Whether a step may rest on a notice: remedial or breach, of the same contract, issued and not withdrawn."""
    return (
        notice.contract_id == contract_id
        and notice.kind in {NoticeKind.REMEDIAL, NoticeKind.BREACH}
        and notice.given
        and notice.status != NoticeStatus.WITHDRAWN
    )


def routes_open(notices: Collection[Notice]) -> frozenset[Entitlement]:
    """By which routes notices that a step may rest on entitle to it: one not satisfied, or enough of them together."""
    unmet = any(one.status == NoticeStatus.NOT_SATISFIED for one in notices)
    repeated = len(notices) >= REPEATED_AFTER
    return frozenset(
        ({Entitlement.NOT_SATISFIED} if unmet else set()) | ({Entitlement.REPEATED} if repeated else set())
    )


def _rested_on(practice: Practice, notice_id: str, contract_id: str) -> Notice:
    notice = practice.notices.get(notice_id)
    if notice is None or not may_rest_on(notice, contract_id):
        raise RuleBroken(
            "a-step-rests-on-notices-that-stand",
            "Choose remedial or breach notices of this contract that were issued and not withdrawn",
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
    """Every dispute over a notice, or over one that it rests on."""
    about = {notice.notice_id, *notice.rests_on}
    return [one for one in practice.disputes.values() if one.subject in about]


def stayed_by(practice: Practice, notice: Notice) -> list[Dispute]:
    """The disputes that stay what a notice is of: pending, and referred in time."""
    return [one for one in disputes_over(practice, notice) if one.pending and one.in_time]


def decided_for_contractor(practice: Practice, notice: Notice) -> bool:
    """Whether a dispute over it was determined for the contractor: what the notice is of is not done then."""
    return any(one.outcome == DisputeOutcome.FOR_CONTRACTOR for one in disputes_over(practice, notice))


def nothing_stays(practice: Practice, notice: Notice, despite: ShorterBecause | None, words: object) -> None:
    """Refuse while a dispute referred in time is pending, but for safety or loss; and what was determined against it."""
    refuse_unless(
        not decided_for_contractor(practice, notice),
        "what-was-determined-for-the-contractor-is-not-done",
        "A dispute over this was determined for the contractor: withdraw the notice",
    )
    stayed = bool(stayed_by(practice, notice))
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
