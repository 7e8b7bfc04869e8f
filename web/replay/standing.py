"""Where a practice stands, as the command line gives it and as a step of its record is told by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from domain.practice.cites import cite
from domain.practice.state import Practice


def standing(practice: Practice, today: date) -> dict[str, Any]:
    """Where a practice stands on a day. Ids stand in the order in which the things were first recorded."""
    decision = practice.decision_on(today)
    return {
        "tier": practice.tier_on(today),
        "since": _since(practice, today),
        "decided_by": decision.decided_by if decision else None,
        "why": decision.rationale if decision else None,
        "reviewed": decision is not None,
        "flags": [
            {
                "flag_id": flag.flag_id,
                "indicator": flag.indicator,
                "name": flag.name,
                "kind": flag.kind,
                "direction": flag.direction,
                "level": flag.level,
                "raised_on": flag.raised_on,
                "explained": flag.explanations,
                "explanations": [
                    {
                        "explanation_id": one.explanation_id,
                        "category": one.category,
                        "explained_on": one.explained_on,
                        "status": one.status,
                        "answered_by": one.answered_by,
                        "answered_on": one.answered_on,
                    }
                    for one in practice.explanations.values()
                    if one.flag_id == flag.flag_id
                ],
            }
            for flag in practice.flags.values()
            if flag.open
        ],
        "actions": [
            {
                "action_id": action.action_id,
                "kind": action.kind,
                "issue": action.issue,
                "owner": action.owner,
                "status": action.status,
                "due_on": action.due_on,
                "first_due_on": action.first_due_on,
                "agreed_by": sorted(action.agreed_by),
            }
            for action in practice.actions.values()
            if not action.ended
        ],
        "reviews": [
            {
                "asking_id": review.asking_id,
                "decision": _number(practice, review.decision_id),
                "asked_on": review.asked_on,
                "given_to": review.given_to,
                "arrived": [cite(practice.code, one) for one in review.arrived],
            }
            for review in practice.reviews.values()
            if review.status == "open"
        ],
        "last_contact": practice.last_contact_on,
        "version": practice.version,
    }


def _number(practice: Practice, decision_id: str) -> int | None:
    """Which decision that is, as `casebook decision` numbers them."""
    ids = [one.decision_id for one in practice.decisions]
    return ids.index(decision_id) + 1 if decision_id in ids else None


def _since(practice: Practice, today: date) -> date | None:
    """The day from which the practice has been in its tier without a break, reviewed or not."""
    days = sorted({one.effective_on for one in practice.decisions if one.effective_on <= today})
    since = min([*filter(None, [practice.registered_on]), *days[:1]], default=None)
    for day in days:
        if practice.tier_on(day) != practice.tier_on(day - timedelta(days=1)):
            since = day
    return since
