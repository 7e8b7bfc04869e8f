"""Rules on action plans. A plan is the agreed actions that share a plan's id."""

from __future__ import annotations

from domain.framework.evidence import Evidence, Facts
from domain.practice.kinds import Tier


def failed_plans(seen: Evidence, *, plans: int, days: int) -> Facts:
    """At least so many plans failed: an action cancelled as not done, or more than so many days late."""
    if not any(one.not_done is not None or seen.late(one, days) for one in seen.practice.actions.values()):
        return ()
    failed = []
    for actions in seen.plans.values():
        found = [one.not_done or one.version for one in actions if one.not_done or seen.late(one, days)]
        if found:
            failed.append(found)
    return tuple(sorted(one for found in failed for one in found)) if len(failed) >= plans else ()


def plan_overdue_after_escalation(seen: Evidence, *, actions: int, days: int) -> Facts:
    """Of one plan at least so many actions more than so many days past their day, while the practice is escalated."""
    if seen.tier == Tier.ASSURANCE_BASED or seen.in_class is None:
        return ()
    if sum(seen.late(one, days) for one in seen.practice.actions.values()) < actions:
        return ()
    late = [[one.version for one in plan if seen.late(one, days)] for plan in seen.plans.values()]
    found = [version for versions in late if len(versions) >= actions for version in versions]
    return tuple(sorted([*found, seen.in_class[1]])) if found else ()


def open_in_plans(seen: Evidence) -> Facts:
    """The actions of plans that are still open, or whose evidence nobody has accepted."""
    return tuple(
        one.version
        for one in seen.practice.actions.values()
        if one.plan_id is not None and one.status in {"agreed", "completed"}
    )
