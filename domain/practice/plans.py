"""Action plans: the actions that share a plan's reference, and whose agreement the plan waits for.

A plan has no facts of its own. Each organisation agrees each action for itself, and the practice answers each: what is
agreed or answered in one go is several facts of one command. A plan stands as its actions do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.practice.action_agreeing import agreement_awaited
from domain.practice.kinds import PracticeAnswer, Side
from domain.practice.plan_names import key
from domain.practice.state import Action, Practice
from domain.rules import refuse_unless


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan by the reference that was first typed for it, with its actions in the order in which they were proposed."""

    reference: str
    actions: tuple[Action, ...]

    @property
    def standing(self) -> tuple[Action, ...]:
        """Those that were not cancelled."""
        return tuple(action for action in self.actions if action.status != "cancelled")

    @property
    def closed(self) -> bool:
        """Whether nothing of it is left to do: every action has ended."""
        return all(action.ended for action in self.actions)

    @property
    def agreed(self) -> bool:
        """Whether every action that goes on was agreed by each organisation that has to."""
        return bool(self.standing) and all(action.status != "proposed" for action in self.standing)

    @property
    def answers(self) -> frozenset[PracticeAnswer | None]:
        """What the practice answered to its actions; None stands for one that it has not answered."""
        return frozenset(action.answer for action in self.standing)

    def waits_for(self, practice: Practice, day: date) -> tuple[Side, ...]:
        """The sides whose organisation, of those responsible on a day, has not agreed all of it."""
        awaited = {
            side
            for action in self.standing
            if action.status == "proposed"
            for side in agreement_awaited(practice, action, day)
        }
        return tuple(side for side in Side if side in awaited)


def plans(practice: Practice) -> dict[str, Plan]:
    """The practice's plans by what their references are told apart by."""
    found: dict[str, list[Action]] = {}
    for action in practice.actions.values():
        if action.plan_id is not None:
            found.setdefault(key(action.plan_id.words), []).append(action)
    return {
        one: Plan(actions[0].plan_id.words, tuple(actions))
        for one, actions in found.items()
        if actions[0].plan_id is not None
    }


def plan_with(practice: Practice, action_id: str) -> Plan | None:
    """The plan that an action is part of."""
    action = practice.actions.get(action_id)
    if action is None or action.plan_id is None:
        return None
    return plans(practice)[key(action.plan_id.words)]


def of_one_plan(practice: Practice, action_ids: tuple[str, ...]) -> tuple[str, ...]:
    """The actions that are named, each once: all are of one plan of this practice."""
    refuse_unless(bool(action_ids), "a-plan-is-its-actions", "Choose at least one action", "action_ids")
    plan = plan_with(practice, action_ids[0])
    known = {action.action_id for action in plan.actions} if plan else set()
    refuse_unless(
        known.issuperset(action_ids),
        "a-plan-is-its-actions",
        "Choose actions of one plan of this practice",
        "action_ids",
    )
    return tuple(dict.fromkeys(action_ids))
