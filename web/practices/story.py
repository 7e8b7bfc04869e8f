"""A practice's story as marks: what the band is drawn from, and the same marks as a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from domain.practice.kinds import Side, Tier
from domain.practice.state import Practice
from projections.actions import ActionRow, Move
from projections.flags import FlagRow
from projections.practice import Standing, Talk
from web.band_marks import ActionMark, ContractMark, FlagMark, MoveMark, Story, TalkMark, TierMark
from web.practices.beside_contract import marks
from web.practices.flags import flag_called
from web.practices.ladder_marks import ladder_marks
from web.practices.tells.said import conversation_called
from web.practices.told import Names, lower_first, short
from web.words import contract_called, day, first_upper, label


class Listed(NamedTuple):
    """A mark as a line of the list: its day, its row of the band, what it is, and its entry."""

    on: date
    row: str
    words: str
    version: int


def story_of(standing: Standing, names: Names, practice: Practice) -> Story:
    """The marks of a practice, for the band."""
    return Story(
        begins_on=standing.details.registered_on,
        ends_on=standing.details.closed_on,
        tiers=tier_marks(standing.now.tiers),
        flags=[_flag(flag) for flag in standing.flags],
        talks=[
            TalkMark(
                talk.on, who_spoke(talk), talk.with_practice, f"{day(talk.on)}: {talk_words(talk, names)}"
            )
            for talk in standing.talks
        ],
        actions=[_action(action) for action in standing.actions],
        contract=[
            ContractMark(one.on, f"{day(one.on)}: {one.words}") for one in _contract(standing, practice)
        ],
    )


def marks_listed(standing: Standing, names: Names, practice: Practice) -> list[Listed]:
    """The same marks as a list, the newest first."""
    found = [
        *_decisions(standing),
        *(one for flag in standing.flags for one in _flag_listed(flag)),
        *(Listed(talk.on, "Conversation", talk_words(talk, names), talk.version) for talk in standing.talks),
        *(one for action in standing.actions for one in _action_listed(action)),
        *_contract(standing, practice),
    ]
    return sorted(found, key=lambda one: (one.on, one.version), reverse=True)


def tier_marks(steps: tuple[tuple[date, Tier, bool], ...]) -> list[TierMark]:
    return [
        TierMark(on, tier, reviewed, f"{label(tier)} from {day(on)}" if reviewed else "")
        for on, tier, reviewed in steps
    ]


def who_spoke(talk: Talk) -> Literal["board", "ccg", "both", "neither"]:
    if talk.shared:
        return "both"
    if Side.CONTRACT_HOLDER in talk.sides:
        return "board"
    return "ccg" if Side.LOCAL_COMMISSIONER in talk.sides else "neither"


def talk_words(talk: Talk, names: Names) -> str:
    """Video call, area team and CCG with the practice."""
    ours = [
        names.side(side) for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER) if side in talk.sides
    ]
    practice = names.said(" with the practice") if talk.with_practice else ""
    return f"{conversation_called(talk.channel)}, {' and '.join(ours)}{practice}"


def action_end(action: ActionRow) -> tuple[date | None, Literal["completed", "cancelled"] | None]:
    """When and how an action's bar ends: the day its work was completed, or the day it was cancelled."""
    if action.status in {"completed", "accepted"}:
        return action.completed_on or action.ended_on, "completed"
    if action.status == "cancelled":
        return action.ended_on, "cancelled"
    return None, None


def _flag(flag: FlagRow) -> FlagMark:
    ended: Literal["cleared", "withdrawn"] | None = None
    if not flag.open:
        ended = "cleared" if flag.status == "cleared" else "withdrawn"
    words = f"{flag_called(flag)}, {label(flag.level).lower()} raised {day(flag.raised_on)}"
    return FlagMark(
        raised_on=flag.raised_on,
        alarm=flag.level == "alarm",
        ended_on=flag.ended_on if ended else None,
        ended=ended,
        explained_on=tuple(one.on for one in flag.explanations),
        words=f"{words}, {ended} {day(flag.ended_on)}" if ended else f"{words}, open",
    )


def _flag_listed(flag: FlagRow) -> Iterator[Listed]:
    yield Listed(
        flag.raised_on, "Flags", f"{flag_called(flag)}: {label(flag.level).lower()} raised", flag.version
    )
    for one in flag.explanations:
        yield Listed(
            one.on,
            "Flags",
            f"{flag_called(flag)}: explained, {lower_first(label(one.category))}",
            one.version,
        )
    if not flag.open and flag.ended_on:
        yield Listed(flag.ended_on, "Flags", f"{flag_called(flag)}: {flag.status}", flag.version)


def _action(action: ActionRow) -> ActionMark:
    ended_on, ended = action_end(action)
    words = ", ".join(
        [f"{short(action.issue)}, due {day(action.due_on)}", *(move_words(move) for move in action.moves)]
    )
    return ActionMark(
        from_on=action.proposed_on,
        due_on=action.due_on,
        ended_on=ended_on,
        ended=ended,
        moves=tuple(MoveMark(move.on, move.before, move.stopped_on) for move in action.moves),
        words=f"{words}, {ended} {day(ended_on)}" if ended else words,
    )


def _action_listed(action: ActionRow) -> Iterator[Listed]:
    called = short(action.issue)
    yield Listed(
        action.proposed_on, "Actions", f"{called}: begins, due {day(action.first_due_on)}", action.version
    )
    for move in action.moves:
        yield Listed(move.on, "Actions", f"{called}: {move_words(move)}", move.version)
    ended_on, ended = action_end(action)
    if ended and ended_on:
        late = (ended_on - action.due_on).days
        words = f"{called}: {ended}" + (f", {late} {'day' if late == 1 else 'days'} late" if late > 0 else "")
        yield Listed(ended_on, "Actions", words, action.version)


def move_words(move: Move) -> str:
    """Moved on 20 November 2026 from 7 October to 15 December 2026."""
    if move.stopped_on is not None:
        return f"reopened on {day(move.on)}, due {day(move.due_on)}"
    before = day(move.before)
    if move.before.year == move.due_on.year:
        before = before.rpartition(" ")[0]
    return f"moved on {day(move.on)} from {before} to {day(move.due_on)}"


def _decisions(standing: Standing) -> Iterator[Listed]:
    for one in standing.decisions:
        moved = "stays" if one.before == one.tier else "moved to"
        yield Listed(one.effective_on, "Tier", f"{moved} {label(one.tier).lower()}".capitalize(), one.version)


def _contract(standing: Standing, practice: Practice) -> Iterator[Listed]:
    for on, words, version in (*ladder_marks(practice), *marks(practice)):
        yield Listed(on, "Contract", words, version)
    for contract in standing.contracts:
        yield Listed(
            contract.signed_on,
            "Contract",
            f"{first_upper(contract_called(contract.contract_type))} signed",
            contract.version,
        )
        for one in contract.variations:
            yield Listed(one.effective_on, "Contract", f"Contract varied: {one.variation}", one.version)
