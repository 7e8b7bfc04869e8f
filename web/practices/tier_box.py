"""The tier of today on a practice's page: since when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from domain.practice.kinds import Tier
from projections.decisions import DecisionRow
from projections.practice import Standing
from web.practices.told import Names, short
from web.words import day, label

_RANK = list(Tier)


class TierBox(NamedTuple):
    """The tier of today, since when, and why. `reviewed` is false until a person has decided."""

    tier: Tier
    since: date | None
    reviewed: bool
    direction: str
    review_on: date | None
    review_late: bool
    reason: str
    reason_more: bool
    """Whether there is more of the reason in the entry."""

    decision: int | None
    """The latest decision in effect, whose reason is told."""

    moved: int | None
    """The decision that moved the practice into its present tier, where one did."""

    last_review: str
    """When and by whom it was last reviewed, where that was after the move."""

    next: str


def tier_box(standing: Standing, names: Names, today: date) -> TierBox:
    now, decision, coming = standing.now, standing.decision, standing.next_decision
    following = (
        f"{label(coming.tier)} takes effect on {day(coming.effective_on)}, as decided." if coming else ""
    )
    if decision is None:
        reason = "This is where every practice starts. Nobody has reviewed it yet."
        return TierBox(
            now.tier, now.tier_since, False, "", None, False, reason, False, None, None, "", following
        )
    last_move = _last_move(standing, today)
    away_and_back = (
        last_move is not None and now.tier_since is not None and now.tier_since < last_move.effective_on
    )
    moved = max(
        (one.version for one in standing.decisions if one.effective_on == now.tier_since), default=None
    )
    rationale = short(decision.rationale, 240)
    review_on = None if standing.details.closed_on else decision.review_on
    return TierBox(
        tier=now.tier,
        since=now.tier_since,
        reviewed=True,
        direction=f"moved away and back on {day(last_move.effective_on)}"
        if last_move and away_and_back
        else _direction([last_move.before, last_move.tier])
        if last_move
        else _direction([step.tier for step in now.tiers if step.on <= today]),
        review_on=review_on,
        review_late=review_on is not None and review_on < today,
        reason=f"{_decided(decision, names, back=away_and_back)}: {rationale if rationale.endswith('…') else rationale + '.'}",
        reason_more=rationale.endswith("…"),
        decision=decision.version,
        moved=moved,
        last_review=""
        if decision.version == moved
        else f"{day(decision.decided_on)} by {names.person(decision.decided_by)}",
        next=following,
    )


def _last_move(standing: Standing, today: date) -> DecisionRow | None:
    """The decision that last moved the practice into the tier of today. Of several of one day, the last recorded: the
    steps of the tier by day know only what that day ended in.
    """
    moves = [one for one in standing.decisions if one.effective_on <= today and one.before != one.tier]
    last = max(moves, key=lambda one: (one.effective_on, one.version), default=None)
    return last if last is not None and last.tier == standing.now.tier else None


def _decided(decision: DecisionRow, names: Names, *, back: bool = False) -> str:
    """Moved from cause for concern by Martin Lee on 14 September 2026; moved back, where it left for less than a day."""
    who_and_when = f"by {names.person(decision.decided_by)} on {day(decision.decided_on)}"
    if decision.before == decision.tier:
        return f"Reviewed {who_and_when}, and stays {label(decision.tier).lower()}"
    return f"Moved {'back ' if back else ''}from {label(decision.before).lower()} {who_and_when}"


def _direction(tiers: Sequence[Tier]) -> str:
    """Which way the last move went; nothing when it never moved."""
    moves = [(before, after) for before, after in pairwise(tiers) if before != after]
    if not moves:
        return ""
    before, after = moves[-1]
    closer = _RANK.index(after) > _RANK.index(before)
    return f"moved to a {'closer' if closer else 'lighter'} relationship"
