"""What the demonstration's managers say beside a tier and its reasons: that less was tried, what is asked, and the way down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.practice.guards import raises
from domain.practice.kinds import LesserStep, Tier, Travel

DIFFERS = "What the {role} showed us on {topic}, {n} cases of {month}, counts for more here than the rule."
DOWN = {
    Tier.ROOM_FOR_IMPROVEMENT: "Two quarters of {topic} within the limits, {a}% or better, and the actions of {month} closed.",
    Tier.CAUSE_FOR_CONCERN: "The plan for {topic} kept for {k} months, and a shared conversation that finds the risk of {month} gone.",
}
ON = {
    LesserStep.VALIDATION: "The practice checked {n} records of {month} with us: the numbers on {topic} are right.",
    LesserStep.CONVERSATION: "We spoke with the {role} {k} times on {topic}. What was agreed in {month} was not enough.",
    LesserStep.SUPPORT: "Help with {topic} was offered for {k} weeks, and taken up on {b}% of the days.",
    LesserStep.ACTION_PLAN: "{k} actions on {topic} were agreed by {month}. They have not brought the change yet.",
    LesserStep.VISIT: "A visit was not waited for: what the {role} would show of {topic} is known since {month}.",
}
ASKED = "The actions on {topic} by their days, and a word by the {role} each {day} on how they stand."
OUTCOME = "{topic_} within the limits in {k} months, and two quarters of it."
ANSWERED = "The {role} sees the problem with {topic}, and asked for {k} weeks to fill {b} sessions."
VIEW = "We would give the plan for {topic} {k} more weeks: the {role} began it in {month} only."
DISSENT = "{topic_} was improving since {month}: {k} more weeks would have shown it."
NO_VIEW = "It was asked on a {day} in {month}, and leaves this decision on {topic} to us."


def weighed(before: Tier, tier: Tier, fill: Callable[[str], str]) -> dict[str, Any]:
    """The fields of a decision, by what it moves."""
    said: dict[str, Any] = {"differs_because": fill(DIFFERS)}
    if tier != Tier.ASSURANCE_BASED:
        direction = Travel.WORSENING if raises(before, tier) else Travel.STEADY
        said |= {"direction": direction, "de_escalation": fill(DOWN[tier])}
    if raises(before, tier):
        said |= {f"on_{step.value}": fill(words) for step, words in ON.items()}
        said |= {
            "tried": tuple(step for step in LesserStep if step != LesserStep.VISIT),
            "asked_for": fill(ASKED),
            "outcome": fill(OUTCOME),
            "answered": fill(ANSWERED),
        }
    if before != tier:
        said["no_view_because"] = fill(NO_VIEW)
    return said
