"""A practice's story as marks: what the band is drawn from, and the same marks as a list of links."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

from domain.practice import events as e
from domain.practice.kinds import Side, Tier
from domain.practice.state import Practice
from domain.rules import Recorded
from web.band import ActionMark, ContractMark, FlagMark, Story, TalkMark, TierMark
from web.practices.telling import Telling
from web.words import day, label


class Listed(NamedTuple):
    """A mark as a line of the list: its day, its row of the band, what it is, and its entry."""

    on: date
    row: str
    words: str
    version: int


class Stretch(NamedTuple):
    """A tier in effect from a day, and the decision that made it so; None for the starting tier."""

    on: date
    tier: Tier
    decision: Any


def tier_stretches(practice: Practice) -> list[Stretch]:
    """The tier as it is read today, day by day: a later decision replaces what was to come after its own day."""
    stretches = [Stretch(practice.registered_on or date.min, Tier.ASSURANCE_BASED, None)]
    for decision in practice.decisions:
        stretches = [stretch for stretch in stretches if stretch.decision is None or stretch.on < decision.effective_on]
        stretches.append(Stretch(decision.effective_on, decision.tier, decision))
    return stretches


def tier_since(practice: Practice, today: date) -> date | None:
    """Since when the tier of today has been that tier, whatever reviews came between."""
    since: date | None = None
    now = practice.tier_on(today)
    for stretch in tier_stretches(practice):
        if stretch.on > today:
            break
        if stretch.tier != now:
            since = None
        elif since is None:
            since = stretch.on
    return since


def story_of(practice: Practice, telling: Telling) -> tuple[Story, list[Listed]]:
    """The marks of a practice for the band, and the same marks as a list, the newest first."""
    marks = _Marks(practice, telling)
    for entry in practice.standing.values():
        marks.take(entry)
    return marks.story(), sorted(marks.listed, key=lambda one: (one.on, one.version), reverse=True)


class _Marks:
    """Gathers the marks of one practice, fact by fact."""

    def __init__(self, practice: Practice, telling: Telling) -> None:
        self.practice = practice
        self.telling = telling
        self.talks: list[TalkMark] = []
        self.contract: list[ContractMark] = []
        self.explained: dict[str, list[date]] = {}
        self.begun: dict[str, date] = {}
        self.listed: list[Listed] = []

    def take(self, entry: Recorded) -> None:
        fact: Any = entry.fact
        row = _ROWS.get(type(fact))
        if row is None:
            return
        on = fact.effective_on if isinstance(fact, e.TierDecided) else fact.occurred_on
        told = self.telling.tell(fact)
        words = f"{told.title}, {told.how}" if told.how and row in {"Conversation", "Contract"} else told.title
        self.listed.append(Listed(on, row, words, entry.version))
        if isinstance(fact, e.ConversationRecorded):
            self.talks.append(TalkMark(on, who_spoke(fact), fact.with_practice, f"{day(on)}: {words}"))
        elif row == "Contract":
            on = fact.starts_on if isinstance(fact, e.ContractSigned) else fact.effective_on
            self.contract.append(ContractMark(on, f"{day(on)}: {words}"))
        elif isinstance(fact, e.FlagExplained):
            self.explained.setdefault(fact.flag_id, []).append(on)
        elif isinstance(fact, e.ActionProposed):
            self.begun[fact.action_id] = on

    def story(self) -> Story:
        practice = self.practice
        begins = practice.registered_on or date.min
        return Story(
            begins_on=min([begins, *(one.on for one in self.listed)]),
            ends_on=practice.closed_on,
            tiers=tier_marks(practice),
            flags=[self._flag(flag) for flag in practice.flags.values()],
            talks=self.talks,
            actions=[self._action(action) for action in practice.actions.values()],
            contract=self.contract,
        )

    def _flag(self, flag: Any) -> FlagMark:
        ended: Any = flag.status if flag.status in {"cleared", "withdrawn"} else None
        words = f"{flag.name}, {label(flag.level).lower()} raised {day(flag.raised_on)}"
        return FlagMark(
            raised_on=flag.raised_on,
            alarm=flag.level == "alarm",
            ended_on=flag.ended_on if ended else None,
            ended=ended,
            explained_on=tuple(self.explained.get(flag.flag_id, ())),
            words=f"{words}, {ended} {day(flag.ended_on)}" if ended else f"{words}, open",
        )

    def _action(self, action: Any) -> ActionMark:
        ended_on, ended = action_end(action)
        words = f"{self.telling.action(action.action_id).text}, due {day(action.due_on)}"
        return ActionMark(
            from_on=self.begun.get(action.action_id, action.proposed_on),
            due_on=action.due_on,
            ended_on=ended_on,
            ended=ended,
            words=f"{words}, {ended} {day(ended_on)}" if ended else words,
        )


def action_end(action: Any) -> tuple[date | None, Literal["completed", "cancelled"] | None]:
    """When and how an action's bar ends: the day its work was completed, or the day it was cancelled."""
    if action.status in {"completed", "accepted"}:
        return action.completed_on or action.ended_on, "completed"
    if action.status == "cancelled":
        return action.ended_on, "cancelled"
    return None, None


def tier_marks(practice: Practice) -> list[TierMark]:
    return [
        TierMark(
            stretch.on,
            stretch.tier,
            stretch.decision is not None,
            f"{label(stretch.tier)} from {day(stretch.on)}" if stretch.decision else "",
        )
        for stretch in tier_stretches(practice)
    ]


def who_spoke(fact: e.ConversationRecorded) -> Literal["board", "ccg", "both", "neither"]:
    if fact.shared:
        return "both"
    if Side.CONTRACT_HOLDER in fact.sides:
        return "board"
    return "ccg" if Side.LOCAL_COMMISSIONER in fact.sides else "neither"




_ROWS: dict[type, str] = {
    e.TierDecided: "Tier",
    e.FlagRaised: "Flags",
    e.FlagExplained: "Flags",
    e.FlagCleared: "Flags",
    e.FlagWithdrawn: "Flags",
    e.FlagReopened: "Flags",
    e.ConversationRecorded: "Conversation",
    e.ActionProposed: "Actions",
    e.ActionRescheduled: "Actions",
    e.ActionCompleted: "Actions",
    e.ActionCancelled: "Actions",
    e.ActionReopened: "Actions",
    e.ContractSigned: "Contract",
    e.ContractVaried: "Contract",
}
"""Which facts have a mark, and in which row of the band."""
