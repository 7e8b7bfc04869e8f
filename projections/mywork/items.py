"""What there is to do, as my work tells it: each thing, and all of them in their sections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from domain.clocks.what import Clock, Due
from domain.practice.kinds import ActionKind, FlagKind, Side, Tier
from projections.reviews import Arrived

MOST = 25
"""Items of a section that are shown at most: beyond that, the caseload is the better page."""

FEW = 10
"""Items of a kind that waits, and of others' late actions, that are shown at most."""


class Limits(NamedTuple):
    """How many items are given of a section, and of a kind that waits."""

    most: int = MOST
    few: int = FEW


FIRST, ALL = Limits(), Limits(1_000_000, 1_000_000)
ON_ONE_PAGE = Limits(500, 500)
"""What a page shows that was asked for all: with more than this, a file is the better place."""

What = Literal[
    "action_due",
    "review_due",
    "contact_due",
    "visit_due",
    "clock_due",
    "action_to_agree",
    "evidence_to_accept",
    "tier_to_decide",
    "decision_to_look_at_again",
    "correction_to_authorise",
    "intelligence_to_corroborate",
    "access_to_answer",
    "emergency_to_review",
    "text_to_answer",
    "explanation_to_answer",
    "notice_to_issue",
    "challenge_to_decide",
    "application_to_decide",
    "dispute_to_follow",
]


class Item(NamedTuple):
    """Something to do. `command` names the command that settles it; `days` counts from today to its due date.

    `title` is what was typed (an action's issue, a reason, a summary) or empty; `version` is the entry it stands on,
    and `thing_id` the id that the command needs. `by` is who recorded it, `since` when it happened. `covered` is the
    caseworker whose work it is, where whoever looks stands in for them. A decision to look at again is of `decided_on`, is asked
    `because` of what became of these entries, and `by` is who decided, None where whoever looks did.
    """

    what: What
    code: str
    practice: str
    practice_tier: Tier
    version: int
    command: str
    title: str = ""
    thing_id: str = ""
    due_on: date | None = None
    days: int | None = None
    by: str | None = None
    since: date | None = None
    owner: Side | None = None
    kind: ActionKind | None = None
    tier: Tier | None = None
    moved: int = 0
    first_due_on: date | None = None
    amended: bool = False
    covered: str | None = None
    flag: FlagKind | None = None
    clock: Clock | None = None
    decided_on: date | None = None
    because: tuple[Arrived, ...] = ()


class Expected(NamedTuple):
    """A day that the framework's rules make due of a practice: no view knows the rules, so it is worked out beside them."""

    code: str
    practice: str
    due: Due


class Area(NamedTuple):
    """What is overdue in the organisation's practices and other people follow up: how many actions, in how many practices.

    `others` are the first of those actions, the longest overdue first, as everywhere that something is late.
    """

    actions: int
    practices: int
    others: list[Item]


@dataclass(frozen=True, slots=True)
class Work:
    """`late` is late or runs out today, by consequence; `week` is due in the seven days after; `waiting` waits for me.

    `waiting` is by kind, and in each kind what waits longest comes first. `practices` counts the practices that are
    mine. Where a list was cut short, `left_out` says how many it lacks: of `late`, of `week`, or of a kind that waits.
    `area` is a manager's or a lead's, where anything is overdue in it.
    """

    late: list[Item]
    week: list[Item]
    waiting: list[Item]
    practices: int
    left_out: dict[str, int]
    area: Area | None = None
