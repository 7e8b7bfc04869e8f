"""What the framework's response times make due after the tier was moved: worked out from the decision that moved it and the
rule set in force, which is handed in with the practice (`practice.framework`), and never stored.

The times run from the day on which the decision has effect. A conversation, visit or plan of the day on which it was taken,
or later, answers it. A review that the decision itself plans is
another clock: here is only one that it does not plan, or plans for later than the rules say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.clocks.counting import after, months_after
from domain.clocks.sums import counted
from domain.clocks.what import Clock, Due
from domain.practice import events as e
from domain.practice.dates import in_full
from domain.practice.guards import disputed_entries
from domain.practice.kinds import ActionKind, Channel, ReviewKind, Side, Tier, Unit, VisitStage
from domain.practice.plans import plans
from domain.practice.state import Decision, Practice

CALLED = {Tier.ROOM_FOR_IMPROVEMENT: "room for improvement", Tier.CAUSE_FOR_CONCERN: "cause for concern"}


def responses(practice: Practice, on: date) -> Iterator[Due]:
    """What the rules in force expect at the tier of a day, and nobody has done yet. Nothing where no rules were in force
    when it was decided: nobody was told of any.
    """
    moved = moved_by(practice, on)
    if practice.framework is None or moved is None or moved.tier == Tier.ASSURANCE_BASED:
        return
    times = practice.framework.response(moved.tier)
    if "conversation_days" in times and not _talked(practice, moved.decided_on, shared=False):
        yield _due(practice, Clock.RESPONSE_CONVERSATION, moved, times["conversation_days"])
    expected = "shared_conversation_days" in times and not moved.immediate_safety
    if expected and not _talked(practice, moved.decided_on, shared=True):
        yield _due(practice, Clock.RESPONSE_CONVERSATION, moved, times["shared_conversation_days"])
    if "visit_days" in times and not _visited(practice, moved.decided_on):
        yield _due(practice, Clock.RESPONSE_VISIT, moved, times["visit_days"])
    if "plan_days" in times and not _planned(practice, moved.decided_on):
        yield _due(practice, Clock.RESPONSE_PLAN, moved, times["plan_days"])
    if "review_months" in times:
        yield from _review(practice, times["review_months"], on)


def moved_by(practice: Practice, on: date) -> Decision | None:
    """The decision that put a practice where it is, taken while a framework was in force."""
    found, before = None, None
    for one in practice.decisions_in_effect(on):
        found = one if one.tier != before else found
        before = one.tier
    return found if found and _by_rules(practice, found) and found.tier == practice.tier_on(on) else None


def review_due_on(effective_on: date, months: int) -> date:
    """The last day by which a tier that has effect from a day is looked at again."""
    return months_after(effective_on, months)


def _by_rules(practice: Practice, decision: Decision) -> bool:
    entry = practice.standing.get(decision.version)
    return entry is not None and getattr(entry.fact, "framework_version", None) is not None


def _due(practice: Practice, clock: Clock, moved: Decision, days: int) -> Due:
    last = after(moved.effective_on, days, Unit.DAYS)
    words = f"moved to {CALLED[moved.tier]}: {counted(days, Unit.DAYS, moved.effective_on, last)}"
    return Due(
        clock, moved.decision_id, moved.version, last, Side.CONTRACT_HOLDER, None, _source(practice), words
    )


def _source(practice: Practice) -> str:
    assert practice.framework is not None
    return f"the framework’s rules, version {practice.framework.version}"


def _review(practice: Practice, months: int, on: date) -> Iterator[Due]:
    latest = practice.decision_on(on)
    if latest is None or not _by_rules(practice, latest):
        return
    last = review_due_on(latest.effective_on, months)
    if latest.review_on is None or latest.review_on > last:
        words = f"decided with effect from {in_full(latest.effective_on)}: reviews {months} month{'s' * (months != 1)} apart"
        yield Due(
            Clock.RESPONSE_REVIEW,
            latest.decision_id,
            latest.version,
            last,
            Side.CONTRACT_HOLDER,
            None,
            _source(practice),
            words,
        )


def _talked(practice: Practice, since: date, *, shared: bool) -> bool:
    """Whether it was talked about since: by both organisations, or with the practice. What is disputed answers nothing."""
    disputed = disputed_entries(practice)
    return any(
        isinstance(one.fact, e.ConversationRecorded)
        and one.fact.occurred_on >= since
        and (one.fact.shared if shared else one.fact.with_practice)
        and one.version not in disputed
        for one in practice.standing.values()
    )


def _visited(practice: Practice, since: date) -> bool:
    held = any(
        one.kind == ActionKind.VISIT and one.stages.get(VisitStage.HELD, since - timedelta(days=1)) >= since
        for one in practice.actions.values()
    )
    return held or any(
        (
            isinstance(one.fact, e.ContractReviewHeld)
            and one.fact.kind == ReviewKind.VISIT
            and one.fact.occurred_on >= since
        )
        or (
            isinstance(one.fact, e.ConversationRecorded)
            and one.fact.channel == Channel.VISIT
            and one.fact.occurred_on >= since
        )
        for one in practice.standing.values()
    )


def _planned(practice: Practice, since: date) -> bool:
    """Whether an agreed plan goes on, or went on since: one that was closed before answers nothing that came after."""
    return any(
        plan.agreed and any(action.ended_on is None or action.ended_on >= since for action in plan.actions)
        for plan in plans(practice).values()
    )
