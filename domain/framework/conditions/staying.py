"""Rules by which a practice stays where it is for a time: going down takes longer than going up."""

from __future__ import annotations

from domain.framework.conditions.flags import versions
from domain.framework.conditions.plans import open_in_plans
from domain.framework.evidence import Evidence, Facts
from domain.practice.kinds import Tier


def not_clean_for_long_enough(seen: Evidence, *, periods: int) -> Facts:
    """Above assurance based, until so many consecutive periods are clean and its plans are closed. From cause for
    concern a practice comes to room for improvement first.
    """
    if seen.tier == Tier.ASSURANCE_BASED or seen.in_class is None:
        return ()
    _, decided = seen.in_class
    if seen.tier == Tier.CAUSE_FOR_CONCERN:
        return (decided,)
    keeps = {*versions(seen.unclean(periods)), *open_in_plans(seen)}
    return tuple(sorted({decided, *keeps})) if keeps else ()


def not_long_in_class(seen: Evidence, *, days: int) -> Facts:
    """At cause for concern, for less than so many days."""
    if seen.tier != Tier.CAUSE_FOR_CONCERN or seen.in_class is None:
        return ()
    since, decided = seen.in_class
    return (decided,) if (seen.on - since).days < days else ()
