"""What the caseload says of one practice, on the day asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import msgspec

from domain.practice.kinds import IndicatorDomain, Tier
from projections.story import TierStep as StoryStep

TIERS = tuple(Tier)
"""Tiers by rank: the table holds 0, 1 or 2."""

DOMAINS = tuple(IndicatorDomain)


class TierStep(NamedTuple):
    """The tier from a day on. `reviewed` is false for the starting tier, which nobody has looked at yet."""

    on: date
    tier: Tier
    reviewed: bool


class DomainFlags(NamedTuple):
    """Open adverse flags of one domain."""

    alarms: int
    alerts: int


class CaseloadRow(NamedTuple):
    """A practice as the caseload lists it, on the day asked for.

    It is as both organisations know it, but for `facts`: how many there are, whoever may see them.
    """

    code: str
    version: int
    facts: int
    name: str
    postcode: str | None
    list_size: int | None
    contract_holder: str | None
    local_commissioner: str | None
    region: str | None
    caseworker: str | None
    tier: Tier
    tier_since: date
    reviewed: bool
    decided_by: str | None
    decision_version: int | None
    review_on: date | None
    next_tier: Tier | None
    next_tier_from: date | None
    tiers: tuple[TierStep, ...]
    closed_on: date | None
    alarms: int
    alerts: int
    domains: dict[IndicatorDomain, DomainFlags]
    open_flags: int
    open_actions: int
    overdue: int
    first_due_on: date | None
    last_contact_on: date | None
    last_shared_on: date | None
    next_contact_on: date | None
    proposals: int
    to_agree: int
    to_accept: int
    requests: int
    unverified: int
    visit_on: date | None = None
    recommended: Tier | None = None
    """What was last recorded as recommended."""


def row_of(row: Any, overdue: int) -> CaseloadRow:
    values = row._asdict()
    domains = msgspec.json.decode(values.pop("by_domain"), type=list[DomainFlags])
    return CaseloadRow(
        **{
            name: values[name]
            for name in CaseloadRow._fields
            if name in values and name not in {"tier", "next_tier", "recommended", "overdue"}
        },
        tier=TIERS[row.tier],
        next_tier=None if row.next_tier is None else TIERS[row.next_tier],
        recommended=None if row.recommended is None else TIERS[row.recommended],
        tiers=tier_line(row.tier_line),
        domains=dict(zip(DOMAINS, domains, strict=True)),
        overdue=overdue,
    )


def stands_since(steps: Iterable[TierStep | StoryStep], day: date) -> date | None:
    """From when the tier of a day stands without a break. A decision that leaves the tier is no break."""
    before, since = None, None
    for step in steps:
        if step.on > day:
            break
        if step.tier != before:
            since = step.on
        before = step.tier
    return since


def tier_line(line: str) -> tuple[TierStep, ...]:
    """`2024-11-21:0u,2026-05-12:2` read: u marks a tier that nobody has reviewed yet."""
    steps = (step.split(":") for step in line.split(","))
    return tuple(
        TierStep(date.fromisoformat(day), TIERS[int(rank[0])], not rank.endswith("u")) for day, rank in steps
    )
