"""What of a decision on the tier may still be put in other words, and what stands until the tier is decided anew.

A correction is no second decision: it asks none of the guards. So nothing that moved a tier is corrected, and nothing that
a decision said is taken away from it, or put into its mouth.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from domain.practice.events import OverrideGiven, TierDecided, TierViewStated
from domain.practice.guards import an_immediate_risk_is_described
from domain.practice.state import Practice
from domain.rules import Fact, Recorded, RuleBroken, Sealed

_WORDS = frozenset(
    one.name
    for one in fields(TierDecided)
    if one.type in {"Sealed", "Sealed | None"}  # as written
)


def anew(field: str | None = None) -> RuleBroken:
    return RuleBroken(
        "a-tier-is-decided-anew",
        "This moved the tier, or answers for it: decide the tier anew. Of a decision only words and its review are corrected",
        field,
    )


def keeps_what_moved_the_tier(practice: Practice, entry: Recorded, changed: dict[str, Any]) -> None:
    """A correction of a decision, or of what it cites as said to it, is of words."""
    fact: Fact = entry.fact
    if isinstance(fact, TierDecided):
        for name, value in changed.items():
            _is_of_words(fact, name, value)
    elif isinstance(fact, TierViewStated | OverrideGiven) and cites_as_said(practice, entry.version):
        for name, value in changed.items():
            if not isinstance(value, Sealed):
                raise RuleBroken(
                    "what-a-decision-cites-as-said-stands",
                    "A decision rests on this: only its words may be corrected. State another view, or give another override",
                    name,
                )


def cites_as_said(practice: Practice, version: int) -> bool:
    """Whether a decision cites this as the other organisation's view, or as the override that it rests on."""
    cited = f"{practice.code}/{version}"
    return any(
        isinstance(one.fact, TierDecided) and cited in {one.fact.view, one.fact.override}
        for one in practice.standing.values()
    )


def _is_of_words(fact: TierDecided, name: str, value: Any) -> None:
    before = getattr(fact, name)
    if name == "steps":
        if [(one.step, one.taken) for one in value] != [(one.step, one.taken) for one in before]:
            raise anew(name)
    elif name in _WORDS | {"direction"} and (before is None) is not (value is None):
        raise anew(name)
    elif name == "immediate_safety":
        an_immediate_risk_is_described(value.words)
