"""What the demonstration's managers say beside a tier and its reasons: that less was tried, what is asked, and the way down."""

from __future__ import annotations

from typing import Any

from domain.practice.guards import raises
from domain.practice.kinds import LesserStep, Tier, Travel

_DOWN = {
    Tier.ROOM_FOR_IMPROVEMENT: "Two quarters within the limits, and the agreed actions closed.",
    Tier.CAUSE_FOR_CONCERN: "The plan kept for a quarter, and a shared conversation that finds the risk gone.",
}
_ON = {
    LesserStep.VALIDATION: "The practice checked the numbers with us: they are right.",
    LesserStep.CONVERSATION: "We spoke with the practice manager. What was agreed was not enough.",
    LesserStep.SUPPORT: "Help with the rota was offered, and taken up in part.",
    LesserStep.ACTION_PLAN: "Actions were agreed. They have not brought the change yet.",
    LesserStep.VISIT: "A visit was not waited for: what it would look at is known.",
}


def weighed(before: Tier, tier: Tier) -> dict[str, Any]:
    """The fields of a decision, by what it moves."""
    said: dict[str, Any] = {
        "differs_because": "The agreed actions, and what the practice said, count for more here."
    }
    if tier != Tier.ASSURANCE_BASED:
        worse = raises(before, tier)
        said |= {"direction": Travel.WORSENING if worse else Travel.STEADY, "de_escalation": _DOWN[tier]}
    if raises(before, tier):
        said |= {f"on_{step.value}": words for step, words in _ON.items()}
        said |= {
            "tried": tuple(step for step in LesserStep if step != LesserStep.VISIT),
            "asked_for": "The agreed actions by their days, and a word each month on how they stand.",
            "outcome": "Numbers back within the limits within two quarters.",
            "answered": "It sees the problem, and asked for time to fill two posts.",
        }
    if before != tier:
        said["no_view_because"] = "It was asked a week before, and leaves this decision to us."
    return said
