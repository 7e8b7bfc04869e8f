"""Drafts of the notices that are of breaches: a remedial notice of what can be put right, a breach notice of what cannot."""

from __future__ import annotations

from datetime import date

from domain.clocks.periods import days
from domain.practice.commands import DraftBreachNotice, DraftRemedialNotice
from domain.practice.contract_state import Breach
from domain.practice.contractors import CONTRACTORS
from domain.practice.dates import day_since
from domain.practice.events import BreachNoticeDrafted, RemedialNoticeDrafted
from domain.practice.kinds import ShorterBecause
from domain.practice.notices import bars_another
from domain.practice.standing_contract import standing_contract
from domain.practice.state import Practice
from domain.rules import Asked, Fact, RuleBroken, Sealed, refuse_unless, sealed


def draft_remedial_notice(practice: Practice, command: DraftRemedialNotice, asked: Asked) -> list[Fact]:
    """A remedial notice is of breaches that can be put right, and gives its period or the ground for a shorter one."""
    breaches = _breaches(practice, command.breaches)
    refuse_unless(
        all(breach.remediable for breach in breaches),
        "a-remedial-notice-is-of-what-can-be-put-right",
        "This breach cannot be put right: draft a breach notice instead",
        "breaches",
    )
    day = _day_of_draft(breaches, command, asked)
    least = days("remedial-notice", on=day, kind=practice.kind)
    has_its_period(command.period_days, least, command.shorter_because, command.shorter_words)
    withholds_lawfully(practice, command.withholds)
    return [
        RemedialNoticeDrafted(
            notice_id=command.notice_id,
            contract_id=breaches[0].contract_id,
            breaches=tuple(breach.breach_id for breach in breaches),
            provision=Sealed(command.provision),
            provision_words=sealed(command.provision_words),
            steps=Sealed(command.steps),
            period_days=command.period_days,
            shorter_because=command.shorter_because,
            shorter_words=sealed(command.shorter_words),
            withholds=sealed(command.withholds),
            reasons=Sealed(command.reasons),
            occurred_on=day,
        )
    ]


def draft_breach_notice(practice: Practice, command: DraftBreachNotice, asked: Asked) -> list[Fact]:
    """A breach notice is of breaches that cannot be put right: they must not be repeated."""
    breaches = _breaches(practice, command.breaches)
    refuse_unless(
        not any(breach.remediable for breach in breaches),
        "a-breach-notice-is-of-what-cannot-be-put-right",
        "This breach can be put right: draft a remedial notice instead",
        "breaches",
    )
    withholds_lawfully(practice, command.withholds)
    return [
        BreachNoticeDrafted(
            notice_id=command.notice_id,
            contract_id=breaches[0].contract_id,
            breaches=tuple(breach.breach_id for breach in breaches),
            provision=Sealed(command.provision),
            provision_words=sealed(command.provision_words),
            withholds=sealed(command.withholds),
            reasons=Sealed(command.reasons),
            occurred_on=_day_of_draft(breaches, command, asked),
        )
    ]


def _breaches(practice: Practice, ids: tuple[str, ...]) -> list[Breach]:
    """Breaches of one contract that stands, of which no other notice is drafted, open or satisfied."""
    refuse_unless(bool(ids), "a-notice-is-of-breaches", "Choose at least one breach", "breaches")
    breaches = []
    for one in dict.fromkeys(ids):
        breach = practice.breaches.get(one)
        if breach is None:
            raise RuleBroken("a-breach-is-of-this-practice", "Choose a breach of this practice", "breaches")
        refuse_unless(
            not any(one in notice.breaches and bars_another(notice) for notice in practice.notices.values()),
            "one-notice-of-a-breach-at-a-time",
            "There is a notice of this breach already: go on with it, withdraw it, or identify the breach that repeats it",
            "breaches",
        )
        breaches.append(breach)
    refuse_unless(
        len({breach.contract_id for breach in breaches}) == 1,
        "a-notice-is-of-one-contract",
        "Choose breaches of one contract: each contract has its own notice",
        "breaches",
    )
    standing_contract(practice, breaches[0].contract_id)
    return breaches


def _day_of_draft(
    breaches: list[Breach], command: DraftRemedialNotice | DraftBreachNotice, asked: Asked
) -> date:
    return day_since(max(breach.identified_on for breach in breaches), command, asked)


def has_its_period(period_days: int, least: int, ground: ShorterBecause | None, words: object) -> None:
    """No less than the law's period, but for a recorded ground; and no ground where the period is whole."""
    if not 0 < period_days <= 3_660:
        raise RuleBroken("a-period-has-days", "Enter the period in days, such as 28", "period_days")
    if period_days >= least:
        refuse_unless(
            ground is None,
            "a-whole-period-needs-no-ground",
            f"{period_days} days is no shorter than {least}: leave the ground empty",
            "shorter_because",
        )
        return
    refuse_unless(
        ground is not None,
        "a-remedial-notice-gives-its-period",
        f"Give at least {least} days, or the ground for fewer: to protect patients, or from material financial loss",
        "period_days",
    )
    refuse_unless(
        bool(words), "a-ground-has-its-reason", "Say why a shorter period is necessary", "shorter_words"
    )


def withholds_lawfully(practice: Practice, withholds: object) -> None:
    refuse_unless(
        not withholds or CONTRACTORS[practice.kind].withholding,
        "a-notice-withholds-only-where-the-law-lets-it",
        "A notice to this kind of contractor withholds nothing: propose a sanction when you are entitled to one",
        "withholds",
    )
