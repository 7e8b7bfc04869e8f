"""What a decision on the tier says beside its reasons, while a framework is in force: that it is proportionate, why it
differs from what is recommended, what both organisations and the practice said, and what would lead down again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.framework.recommending import Recommendation
from domain.practice import events as e
from domain.practice.cites import cite, happened_by, standing_cites, version_of
from domain.practice.commands import DecideTier
from domain.practice.events import StepWeighed
from domain.practice.guards import may_move, raises
from domain.practice.kinds import LesserStep, Side, Tier
from domain.practice.state import Practice, View
from domain.rules import Fact, Recorded, RuleBroken, Sealed, sealed

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
    practice: Practice,
    command: DecideTier,
    recommended: Recommendation,
    inputs: tuple[str, ...],
    day: date,
    before: Tier,
) -> dict[str, Any]:
    """The fields of a decision that belong to the framework, each refused where it is owed and missing. `before` is the
    tier that it replaces.
    """
    cited = [practice.standing[version_of(practice, one, "inputs")] for one in inputs]
    override = may_move(practice, command, cited, day, before)
    for missing in missing_of(practice, command, recommended, day, before):
        raise missing
    view = view_that_counts(practice, day)
    return {
        "direction": command.direction,
        "steps": steps_weighed(command),
        "asked_for": sealed(command.asked_for),
        "outcome": sealed(command.outcome),
        "consulted": sealed(command.consulted),
        "view": cite(practice.code, view.version) if view else None,
        "no_view_because": None if view else sealed(command.no_view_because),
        "answers": _of_the_practice(practice, command.answers, day),
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


def view_that_counts(practice: Practice, day: date) -> View | None:
    """The view since the last decision of the organisation that is local commissioner on the day: a former one has none."""
    responsible, view = practice.responsible_on(day), latest_view(practice)
    of_it = view and responsible and view.organisation == responsible.local_commissioner
    return view if of_it else None


def _of_the_practice(practice: Practice, answers: tuple[str, ...], day: date) -> tuple[str, ...]:
    """The cites of what the practice itself said by the day."""
    found = standing_cites(practice, answers, "answers")
    happened_by(practice, found, day, "answers")
    for one in found:
        if not practice_said(practice.standing[version_of(practice, one, "answers")].fact):
            raise RuleBroken(
                "what-the-practice-answered-it-said-itself",
                f"{one} is nothing that the practice said: choose its response, or a conversation that it took part in",
                "answers",
            )
    return found


def practice_said(fact: Fact) -> bool:
    """Whether the practice itself spoke in it."""
    match fact:
        case e.ConversationRecorded():
            return fact.with_practice
        case e.FlagExplained():
            return fact.given_by == Side.PRACTICE
    return isinstance(fact, e.PracticeResponseReceived | e.FactualChallengeMade | e.ActionAnswered)


def answered_by(practice: Practice, on: date) -> list[Recorded]:
    """What the practice had answered by a day, in the order of their recording: its responses and replies, and not the
    conversations that it took part in.
    """
    found = (one for one in practice.standing.values() if practice_said(one.fact))
    answers = (one for one in found if not isinstance(one.fact, e.ConversationRecorded))
    return [one for one in answers if getattr(one.fact, "occurred_on", on) <= on]


def words_on(command: DecideTier, step: LesserStep) -> str | None:
    words: str | None = getattr(command, f"on_{step.value}")
    return words


def steps_weighed(command: DecideTier) -> tuple[StepWeighed, ...]:
    return tuple(
        StepWeighed(step=step, taken=step in command.tried, words=Sealed(words))
        for step in LesserStep
        if (words := words_on(command, step))
    )


def owes(
    practice: Practice, tier: Tier, recommended: Tier, day: date, before: Tier | None = None
) -> tuple[str, ...]:
    """What a decision on this tier answers beside its reasons, by the names of the command's fields, in their order."""
    before = practice.tier_on(day) if before is None else before
    owed = [] if tier == Tier.ASSURANCE_BASED else ["direction", "de_escalation"]
    if tier != recommended:
        owed.append("differs_because")
    if raises(before, tier):
        owed += [*(f"on_{step.value}" for step in STEPS[tier]), "asked_for"]
    if tier == Tier.CAUSE_FOR_CONCERN != before:
        owed.append("answered")
    if tier != before and lacks_the_other_view(practice, day):
        owed.append("no_view_because")
    return tuple(owed)


def lacks_the_other_view(practice: Practice, day: date) -> bool:
    """Whether there is another organisation that has not said, since the last decision, which tier it would choose."""
    responsible = practice.responsible_on(day)
    return bool(responsible and responsible.local_commissioner) and view_that_counts(practice, day) is None


def missing_of(
    practice: Practice, command: DecideTier, recommended: Recommendation, day: date, before: Tier
) -> Iterator[RuleBroken]:
    """Everything that a decision owes and does not say, each as it is refused."""
    for name in owes(practice, command.tier, recommended.tier, day, before):
        if not _says(command, name):
            yield _refused(name, recommended.tier)


def _says(command: DecideTier, name: str) -> bool:
    """Whether a question was answered. What the practice answered is chosen, told, or was not waited for."""
    if name == "answered":
        return bool(command.answers or command.answered or command.not_waited_because)
    return bool(getattr(command, name))


def _refused(name: str, recommended: Tier) -> RuleBroken:
    match name:
        case "direction":
            return RuleBroken(
                "a-decision-says-which-way-it-goes", "Choose which way the practice is going", "direction"
            )
        case "de_escalation":
            return RuleBroken(
                "the-way-down-is-said-in-advance",
                "Enter what would lead to a lower tier, so that the practice knows what it works towards",
                "de_escalation",
            )
        case "differs_because":
            return RuleBroken(
                "a-decision-that-differs-says-why",
                f"Enter why you differ: the rules recommend {recommended.value.replace('_', ' ')}",
                "differs_because",
            )
        case "asked_for":
            return RuleBroken(
                "a-raised-tier-asks-for-something", "Enter what is asked of the practice", "asked_for"
            )
        case "answered":
            return RuleBroken(
                "the-practice-is-heard-or-waiting-was-unsafe",
                "Choose or enter what the practice answered, or enter why waiting for its answer was unsafe",
                "answered",
            )
        case "no_view_because":
            return RuleBroken(
                "the-other-organisation-is-asked-its-view",
                "The other organisation has not stated its view since the last decision: enter why you decide without it",
                "no_view_because",
            )
    return RuleBroken(
        "each-lesser-step-is-weighed",
        f"Enter what came of {CALLED[LesserStep(name.removeprefix('on_'))]}, or why it was not tried",
        name,
    )
