"""Rules on soft intelligence, alone and with what was agreed."""

from __future__ import annotations

from collections.abc import Iterable

from domain.framework.conditions.flags import alarms_that_persist
from domain.framework.conditions.plans import failed_plans
from domain.framework.evidence import Evidence, Facts, agreed
from domain.practice.events import ActionProposed
from domain.practice.state import Intelligence


def immediate_safety_risk(seen: Evidence) -> Facts:
    """Corroborated intelligence of an immediate risk to patients' safety."""
    return _versions(one for one in seen.corroborated if one.immediate_safety_risk)


def intelligence_without_plan(seen: Evidence, *, intelligence: int) -> Facts:
    """At least so much open corroborated intelligence about which no action was agreed that still stands."""
    if not seen.corroborated:
        return ()
    practice = seen.practice
    answered: set[str] = set()
    for action in practice.actions.values():
        proposed = practice.standing[action.version].fact
        if agreed(action) and action.status != "cancelled" and isinstance(proposed, ActionProposed):
            answered.update(proposed.about_intelligence)
    found = [one for one in seen.corroborated if one.intelligence_id not in answered]
    return _versions(found) if len(found) >= intelligence else ()


def persisting_alarms_with_more(
    seen: Evidence, *, alarms: int, domains: int, periods: int, intelligence: int, plans: int, days: int
) -> Facts:
    """Alarms that persist, and beside them corroborated intelligence, or a plan that failed."""
    persisting = alarms_that_persist(seen, alarms=alarms, domains=domains, periods=periods)
    if not persisting:
        return ()
    heard = seen.corroborated
    more = _versions(heard) if len(heard) >= intelligence else ()
    more += failed_plans(seen, plans=plans, days=days)
    return tuple(sorted({*persisting, *more})) if more else ()


def _versions(found: Iterable[Intelligence]) -> Facts:
    """What was heard, and the fact that corroborated it."""
    return tuple(sorted(version for one in found for version in (one.version, one.verified) if version))
