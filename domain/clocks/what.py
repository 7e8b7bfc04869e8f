"""What a day that something is due on is: its kind, its rule, and how it was worked out."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain.clocks.periods import Rule, rule
from domain.clocks.sums import counted
from domain.practice.kinds import Side
from domain.practice.state import Practice
from domain.rules import RuleBroken, Sealed


class Clock(StrEnum):
    """What kind of day it is, in the order of what follows from missing it."""

    SAFETY_CONVERSATION = "safety_conversation"
    NOTICE_PERIOD = "notice_period"
    NOTICE_TO_SERVE = "notice_to_serve"
    TERMINATION = "termination"
    SANCTION_TO_LIFT = "sanction_to_lift"
    SANCTION_BEGINS = "sanction_begins"
    SANCTION_ENDS = "sanction_ends"
    SUSPENSION_ENDS = "suspension_ends"
    NOTICE_TO_ISSUE = "notice_to_issue"
    DISPUTE_PENDING = "dispute_pending"
    DISPUTE_WINDOW = "dispute_window"
    CHALLENGE_TO_DECIDE = "challenge_to_decide"
    LIST_TO_DECIDE = "list_to_decide"
    BRANCH_TO_DECIDE = "branch_to_decide"
    MERGER = "merger"
    MERGER_NOTICE = "merger_notice"
    LIST_EXTENSION = "list_extension"
    LIST_OPENS = "list_opens"
    REGULATOR_COMPLY = "regulator_comply"
    REGULATOR_REPRESENTATIONS = "regulator_representations"
    REGULATOR_APPEAL = "regulator_appeal"
    DECLARATION = "declaration"
    RESPONSE_CONVERSATION = "response_conversation"
    RESPONSE_VISIT = "response_visit"
    RESPONSE_PLAN = "response_plan"
    EXPECTATION = "expectation"
    REVIEW = "review"
    RESPONSE_REVIEW = "response_review"
    CONTRACT_ENDS = "contract_ends"
    VARIATION = "variation"
    LIST_BARRED = "list_barred"


RANK = {clock: rank for rank, clock in enumerate(Clock)}

PASSES = frozenset(
    {
        Clock.SANCTION_BEGINS,
        Clock.DISPUTE_WINDOW,
        Clock.MERGER_NOTICE,
        Clock.LIST_EXTENSION,
        Clock.LIST_OPENS,
        Clock.LIST_BARRED,
        Clock.REGULATOR_REPRESENTATIONS,
        Clock.REGULATOR_APPEAL,
        Clock.CONTRACT_ENDS,
        Clock.VARIATION,
    }
)
"""Days after which nothing is left to do: nobody is late."""


WAITS = frozenset(
    {
        Clock.NOTICE_TO_ISSUE,
        Clock.DISPUTE_PENDING,
        Clock.CHALLENGE_TO_DECIDE,
        Clock.LIST_TO_DECIDE,
        Clock.BRANCH_TO_DECIDE,
    }
)
"""What waits for somebody since its day, with no last day for it: it stays until it is done, and nobody is late."""


class Due(NamedTuple):
    """A day, and why it is that day. `version` is the fact that it follows from, `of` whose move it is.

    `rule` names a dated rule and `source` where it is from; `sum` is how the day was worked out. `words` are what was
    asked for, where a person typed it. `asked_by` is the side that follows it up, where not the contract holder. `began_by`
    is who may not settle it, as they began it.
    """

    clock: Clock
    thing_id: str
    version: int
    due_on: date
    of: Side
    rule: str | None
    source: str | None
    sum: str
    words: Sealed | None = None
    asked_by: Side | None = None
    began_by: str | None = None

    @property
    def passes(self) -> bool:
        return self.clock in PASSES

    @property
    def waits(self) -> bool:
        return self.clock in WAITS

    def late(self, on: date) -> bool:
        """Whether somebody should have done something about it by now."""
        return not self.passes and not self.waits and self.due_on < on


def said(clock: Clock, thing_id: str, version: int, due_on: date, of: Side, words: str) -> Due:
    """A day that a fact names itself, by no rule."""
    return Due(clock, thing_id, version, due_on, of, None, None, words)


def rule_of(practice: Practice, name: str, on: date | None) -> Rule | None:
    """The rule of a day; None where there is none, and then no day is worked out by it."""
    if not name or on is None:
        return None
    try:
        return rule(name, on=on, kind=practice.kind)
    except RuleBroken:
        return None


def named(known: Rule | None) -> tuple[str | None, str | None]:
    return (known.name, known.source) if known else (None, None)


def in_sum(known: Rule, from_on: date, to_on: date) -> str:
    return counted(known.length, known.unit, from_on, to_on)
