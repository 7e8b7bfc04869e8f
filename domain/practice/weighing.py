"""What a decision on the tier says beside its reasons, while a framework is in force: that it is proportionate, why it
differs from what is recommended, what both organisations and the practice said, and what would lead down again.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.framework.recommending import Recommendation
from domain.practice.cites import cite, standing_cites, version_of
from domain.practice.commands import DecideTier
from domain.practice.events import StepWeighed
from domain.practice.guards import may_move, raises
from domain.practice.kinds import LesserStep, Tier
from domain.practice.state import Practice, View
from domain.rules import RuleBroken, Sealed, sealed

STEPS: dict[Tier, tuple[LesserStep, ...]] = {
    Tier.ROOM_FOR_IMPROVEMENT: (LesserStep.VALIDATION, LesserStep.CONVERSATION),
    Tier.CAUSE_FOR_CONCERN: tuple(LesserStep),
}
"""The less formal steps that are weighed before a tier is raised to this."""

CALLED = {
    LesserStep.VALIDATION: "validating the data with the practice",
    LesserStep.CONVERSATION: "a conversation with the practice",
    LesserStep.SUPPORT: "an offer of support",
    LesserStep.ACTION_PLAN: "an action plan",
    LesserStep.VISIT: "a visit",
}


def weighed(
    practice: Practice, command: DecideTier, recommended: Recommendation, inputs: tuple[str, ...], day: date
) -> dict[str, Any]:
    """The fields of a decision that belong to the framework, each refused where it is owed and missing."""
    before = practice.tier_on(day)
    cited = [practice.standing[version_of(practice, one, "inputs")] for one in inputs]
    override = may_move(practice, command, cited, day)
    _says_where_it_goes(command)
    _says_why_it_differs(command, recommended)
    if raises(before, command.tier):
        _weighs_each_lesser_step(command)
        _asks_something(command)
    if command.tier == Tier.CAUSE_FOR_CONCERN != before:
        _has_heard_the_practice(command)
    view = latest_view(practice)
    if command.tier != before:
        _has_the_other_view(practice, command, view, day)
    return {
        "direction": command.direction,
        "steps": _steps(command),
        "asked_for": sealed(command.asked_for),
        "outcome": sealed(command.outcome),
        "consulted": sealed(command.consulted),
        "view": cite(practice.code, view.version) if view else None,
        "no_view_because": None if view else sealed(command.no_view_because),
        "answers": standing_cites(practice, command.answers, "answers"),
        "answered": sealed(command.answered),
        "not_waited_because": sealed(command.not_waited_because),
        "recommended": recommended.tier,
        "framework_version": recommended.framework_version,
        "differs_because": sealed(command.differs_because) if recommended.tier != command.tier else None,
        "de_escalation": sealed(command.de_escalation),
        "override": cite(practice.code, override.version) if override else None,
        "immediate_safety": sealed(command.immediate_safety),
    }


def latest_view(practice: Practice) -> View | None:
    """What the local commissioner said since the tier was last decided."""
    since = practice.decisions[-1].version if practice.decisions else 0
    return next((one for one in reversed(practice.views) if one.version > since), None)


def words_on(command: DecideTier, step: LesserStep) -> str | None:
    words: str | None = getattr(command, f"on_{step.value}")
    return words


def _steps(command: DecideTier) -> tuple[StepWeighed, ...]:
    return tuple(
        StepWeighed(step=step, taken=step in command.tried, words=Sealed(words))
        for step in LesserStep
        if (words := words_on(command, step))
    )


def _says_where_it_goes(command: DecideTier) -> None:
    if command.tier == Tier.ASSURANCE_BASED:
        return
    if command.direction is None:
        raise RuleBroken(
            "a-decision-says-which-way-it-goes", "Choose which way the practice is going", "direction"
        )
    if not command.de_escalation:
        raise RuleBroken(
            "the-way-down-is-said-in-advance",
            "Enter what would lead to a lower tier, so that the practice knows what it works towards",
            "de_escalation",
        )


def _says_why_it_differs(command: DecideTier, recommended: Recommendation) -> None:
    if recommended.tier != command.tier and not command.differs_because:
        raise RuleBroken(
            "a-decision-that-differs-says-why",
            f"Enter why you differ: the rules recommend {recommended.tier.value.replace('_', ' ')}",
            "differs_because",
        )


def _weighs_each_lesser_step(command: DecideTier) -> None:
    for step in STEPS[command.tier]:
        if not words_on(command, step):
            raise RuleBroken(
                "each-lesser-step-is-weighed",
                f"Enter what came of {CALLED[step]}, or why it was not tried",
                f"on_{step.value}",
            )


def _asks_something(command: DecideTier) -> None:
    if not command.asked_for:
        raise RuleBroken(
            "a-raised-tier-asks-for-something", "Enter what is asked of the practice", "asked_for"
        )


def _has_heard_the_practice(command: DecideTier) -> None:
    if not (command.answers or command.answered or command.not_waited_because):
        raise RuleBroken(
            "the-practice-is-heard-or-waiting-was-unsafe",
            "Choose or enter what the practice answered, or enter why waiting for its answer was unsafe",
            "answered",
        )


def _has_the_other_view(practice: Practice, command: DecideTier, view: View | None, day: date) -> None:
    responsible = practice.responsible_on(day)
    if responsible is None or not responsible.local_commissioner or view or command.no_view_because:
        return
    raise RuleBroken(
        "the-other-organisation-is-asked-its-view",
        "The other organisation has not stated its view since the last decision: enter why you decide without it",
        "no_view_because",
    )
