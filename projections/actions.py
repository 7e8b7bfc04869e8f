"""A practice's actions, from proposal to accepted evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Date, Integer, Text, func, or_, select

from domain.practice.events import (
    ActionCancelled,
    ActionCompleted,
    ActionProgressed,
    ActionProposed,
    ActionReopened,
    ActionRescheduled,
    ActionSentBack,
)
from domain.practice.kinds import ActionKind, PracticeAnswer, Side
from domain.practice.state import Action
from domain.practice.visits import arranged_for
from domain.rules import Fact, Recorded
from projections.questions import Question, asked
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table, words_or_erased

TABLE = view_table(
    "action",
    "code",
    Column("action_id", Sorted),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("issue", Text, nullable=False),
    Column("success_measure", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("plan_id", Text),
    Column("about_flags", Text, nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_for", Text),
    Column("first_due_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("moves", Text, nullable=False),
    Column("visit_on", Date),
    Column("status", Text, nullable=False),
    Column("agreed_by_holder", Text),
    Column("agreed_by_holder_for", Text),
    Column("agreed_by_holder_on", Date),
    Column("agreed_by_commissioner", Text),
    Column("agreed_by_commissioner_for", Text),
    Column("agreed_by_commissioner_on", Date),
    Column("answer", Text),
    Column("progressed_on", Date),
    Column("completed_by", Text),
    Column("completed_on", Date),
    Column("ended_on", Date),
    indexes=(("status", "due_on", "owner", "code", "action_id", "visit_on"),),
)


class Move(NamedTuple):
    """A due date that gave way to another, and on which day. `version` is its entry.

    `stopped_on` is set where the action was reopened with a new date: the day its work had ended before.
    """

    version: int
    on: date
    before: date
    due_on: date
    stopped_on: date | None = None


class ActionRow(NamedTuple):
    """An action. `status` is proposed, agreed, completed, accepted or cancelled.

    `waits_for` are the sides whose agreement a proposed action waits for today: those whose organisation, of those that
    answer for the practice today, has not agreed. `moved` counts how often it was rescheduled; `first_due_on` is the
    day first set, and `moves` are all the days that it was given after that. It is overdue when it is open and its due date is before today.
    """

    code: str
    action_id: str
    version: int
    kind: ActionKind
    issue: str
    success_measure: str
    owner: Side
    plan_id: str | None
    about_flags: tuple[str, ...]
    proposed_on: date
    proposed_by: str
    proposed_for: str | None
    first_due_on: date
    due_on: date
    moved: int
    moves: tuple[Move, ...]
    status: str
    agreed_by_holder: str | None
    agreed_by_holder_on: date | None
    agreed_by_commissioner: str | None
    agreed_by_commissioner_on: date | None
    waits_for: tuple[Side, ...]
    answer: PracticeAnswer | None
    progressed_on: date | None
    completed_by: str | None
    completed_on: date | None
    ended_on: date | None

    @property
    def open(self) -> bool:
        return self.status in {"proposed", "agreed"}

    @property
    def ended(self) -> bool:
        return self.status in {"accepted", "cancelled"}

    def days_late(self, today: date) -> int:
        """How many days past its due date an open action is; 0 when it is not late."""
        return max(0, (today - self.due_on).days) if self.open else 0


def rows(story: PracticeStory) -> Iterator[Row]:
    if not story.practice.actions:
        return
    progressed: dict[str, date] = {}
    for _, fact in story.facts(ActionProgressed):
        progressed[fact.action_id] = fact.occurred_on
    moves = _moves(story)
    for action in story.practice.actions.values():
        plain = _plain(story, action, progressed.get(action.action_id), moves.get(action.action_id, []))

        def values(action: Action = action, plain: dict[str, Any] = plain) -> dict[str, Any]:
            proposed = story.standing[action.version].fact
            assert isinstance(proposed, ActionProposed)
            return {
                **plain,
                "issue": words_or_erased(proposed.issue),
                "plan_id": proposed.plan_id and words_or_erased(proposed.plan_id),
                "success_measure": words_or_erased(proposed.success_measure),
            }

        yield Row(TABLE, action.action_id, made_of(plain, story.mark(action.version)), values)


_DATING: tuple[type[Fact], ...] = (
    ActionProposed,
    ActionRescheduled,
    ActionCompleted,
    ActionSentBack,
    ActionCancelled,
    ActionReopened,
)
"""Facts that give an action its date, or end its work, or take it up again."""


def _moves(story: PracticeStory) -> dict[str, list[Move]]:
    """How the due date of each action moved, in the order in which it was recorded."""
    if not story.facts(ActionRescheduled) and not story.facts(ActionReopened):
        return {}
    moves: dict[str, list[Move]] = {}
    due: dict[str, date] = {}
    stopped: dict[str, date | None] = {}
    dating: Iterator[tuple[Recorded, Any]] = (found for kind in _DATING for found in story.facts(kind))
    for entry, fact in sorted(dating, key=lambda found: found[0].version):
        of, on = fact.action_id, fact.occurred_on
        if isinstance(fact, ActionRescheduled | ActionReopened) and of in due:
            ended_on = stopped.get(of) if isinstance(fact, ActionReopened) else None
            moves.setdefault(of, []).append(Move(entry.version, on, due[of], fact.due_on, ended_on))
        if isinstance(fact, ActionProposed | ActionRescheduled | ActionReopened):
            due[of] = fact.due_on
        if isinstance(fact, ActionCompleted | ActionCancelled):
            stopped[of] = on
        elif isinstance(fact, ActionSentBack | ActionReopened):
            stopped[of] = None
    return moves


def _plain(
    story: PracticeStory, action: Action, progressed_on: date | None, moves: list[Move]
) -> dict[str, Any]:
    """All but the words."""
    proposed = story.standing[action.version]
    return {
        "version": action.version,
        "kind": action.kind.value,
        "owner": action.owner.value,
        "about_flags": " ".join(action.about_flags),
        "proposed_on": action.proposed_on.isoformat(),
        "proposed_by": proposed.person,
        "proposed_for": proposed.organisation,
        "first_due_on": action.first_due_on.isoformat(),
        "due_on": action.due_on.isoformat(),
        "moved": action.moved,
        "moves": msgspec.json.encode(moves).decode(),
        "visit_on": (day := arranged_for(action)) and day.isoformat(),
        "status": action.status,
        **_agreed(action, Side.CONTRACT_HOLDER, "agreed_by_holder"),
        **_agreed(action, Side.LOCAL_COMMISSIONER, "agreed_by_commissioner"),
        "answer": action.answer and action.answer.value,
        "progressed_on": progressed_on and progressed_on.isoformat(),
        "completed_by": action.completed_by,
        "completed_on": action.completed_on and action.completed_on.isoformat(),
        "ended_on": action.ended_on and action.ended_on.isoformat(),
    }


def _agreed(action: Action, side: Side, name: str) -> dict[str, Any]:
    organisation, on = action.agreements.get(side, (None, None))
    return {
        name: action.agreed_by.get(side),
        f"{name}_for": organisation,
        f"{name}_on": on and on.isoformat(),
    }


MODEL = ReadModel("actions", "practice", (TABLE,), rows)

T = TABLE.c
OF_PRACTICE = Question(select(TABLE).where(T.code == asked("code")).order_by(T.due_on, T.version))
OVERDUE_OF_PRACTICES = Question(
    select(T.code, func.count().label("overdue"))
    .where(
        or_(T.status == "proposed", T.status == "agreed"),
        T.due_on < asked("today", T.due_on),
        T.owner == Side.PRACTICE.value,
    )
    .group_by(T.code)
)


def of_practice(
    reading: Connection, code: str, contract_holder: str | None, local_commissioner: str | None
) -> list[ActionRow]:
    """A practice's actions, by due date. The organisations are those that answer for it today."""
    found = OF_PRACTICE.of(reading, code=code)
    return [_action(row, contract_holder, local_commissioner) for row in found]


def overdue_of_practices(reading: Connection, today: date) -> dict[str, int]:
    """By code, how many actions that the practice itself owns are open past their day."""
    return {row.code: row.overdue for row in OVERDUE_OF_PRACTICES.of(reading, today=today)}


def waits_for(row: Any, contract_holder: str | None, local_commissioner: str | None) -> tuple[Side, ...]:
    """The sides whose agreement a proposed action waits for, given who answers for the practice."""
    if row.status != "proposed":
        return ()
    agreements = (
        (Side.CONTRACT_HOLDER, contract_holder, row.agreed_by_holder_for),
        (Side.LOCAL_COMMISSIONER, local_commissioner, row.agreed_by_commissioner_for),
    )
    return tuple(side for side, needed, given in agreements if needed is not None and needed != given)


def _action(row: Any, contract_holder: str | None, local_commissioner: str | None) -> ActionRow:
    values = {name: getattr(row, name) for name in ActionRow._fields if name != "waits_for"}
    values |= {
        "kind": ActionKind(row.kind),
        "owner": Side(row.owner),
        "about_flags": tuple(row.about_flags.split()),
        "moves": msgspec.json.decode(row.moves, type=tuple[Move, ...]) if row.moves != "[]" else (),
        "waits_for": waits_for(row, contract_holder, local_commissioner),
        "answer": row.answer and PracticeAnswer(row.answer),
    }
    return ActionRow(**values)
