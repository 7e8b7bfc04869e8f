"""Rules on what the regulator published, and did."""

from __future__ import annotations

from domain.framework.evidence import Evidence, Facts
from domain.practice.kinds import OF_THE_REGISTRATION, Rating, RegulatoryActionKind

GRAVE = OF_THE_REGISTRATION | {RegulatoryActionKind.SPECIAL_MEASURES}


def inadequate_or_action(seen: Evidence) -> Facts:
    """Rated Inadequate when last inspected; in special measures; or an action on the registration that stands."""
    found = [
        one.version
        for one in seen.practice.regulatory_actions.values()
        if one.kind in GRAVE and one.from_on <= seen.on and (one.ended_on is None or one.ended_on > seen.on)
    ]
    return tuple(sorted([*_rated(seen, Rating.INADEQUATE), *found]))


def requires_improvement(seen: Evidence) -> Facts:
    """Rated Requires improvement when last inspected."""
    return _rated(seen, Rating.REQUIRES_IMPROVEMENT)


def _rated(seen: Evidence, rating: Rating) -> Facts:
    last = seen.inspection
    return (last.version,) if last is not None and last.rating == rating else ()
