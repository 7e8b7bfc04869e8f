"""How alike the evidence of some practices is to another's, as the person who asks may know them."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from application.casebook import Casebook
from application.framework.every import histories
from domain.framework.evidence import Evidence
from domain.framework.likeness import Difference, Profile, apart, profile
from domain.framework.parts import Framework
from domain.practice.kinds import Tier
from domain.practice.practice import replay
from domain.rules import Asked


class Other(NamedTuple):
    """A practice at another tier: by how many points its evidence stands apart, and in what. `reviewed` is false at the
    starting tier.
    """

    points: int
    code: str
    tier: Tier
    reviewed: bool
    differences: list[Difference]


def apart_from(
    casebook: Casebook, asked: Asked, mine: Profile, framework: Framework, tier: Tier, codes: Collection[str]
) -> list[Other]:
    """Of these practices those that are at another tier today, the most alike first."""
    publications, on = casebook.publications(), asked.on
    found = []
    for code, known in histories(casebook, asked, on, lambda _done, _of: None, codes):
        other = replay(known)
        other.published = publications
        if other.tier_on(on) != tier:
            points, differences = apart(mine, profile(Evidence(other, on), framework))
            reviewed = other.decision_on(on) is not None
            found.append(Other(points, code, other.tier_on(on), reviewed, differences))
    return sorted(found, key=lambda one: (one.points, one.code))
