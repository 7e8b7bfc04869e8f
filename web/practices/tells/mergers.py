"""Mergers, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clocks.sums import so_many
from domain.clocks.what import rule_of
from domain.practice import events as e
from domain.practice.kinds import MergerModel
from web.practices.told import About, Told, listed, typed
from web.words import day, label, plural

if TYPE_CHECKING:
    from web.practices.telling import Telling


def merger_approved(t: Telling, fact: e.MergerApproved) -> Told:
    return Told(
        title=f"Merger with {fact.other} approved",
        group="contract",
        how=f"{_which(fact.survives)}, from {day(fact.effective_on)}",
        words=typed(
            ("", fact.reason),
            ("How patients were engaged", fact.engagement),
            ("Why support services were told late", fact.services_told_late),
        ),
        rows=listed(
            ("How", label(fact.model, MergerModel)),
            ("Business case", fact.business_case),
            ("Support services told", day(fact.services_told_on) or _not_told(t, fact)),
        ),
        tag="Contract",
    )


def _not_told(t: Telling, fact: e.MergerApproved) -> str:
    """By which day they were to be told, and where the merger was approved after it, that it left less time."""
    known = rule_of(t.practice, "merger-notice", fact.occurred_on)
    if known is None:
        return "not recorded"
    last = known.before(fact.effective_on)
    length = so_many(known.length, known.unit)
    if fact.occurred_on > last:
        return f"not recorded; it was approved less than {length} before it takes effect"
    return f"not recorded; by {day(last)}, {length} before"


def practices_merged(t: Telling, fact: e.PracticesMerged) -> Told:
    merger = t.practice.mergers.get(fact.merger_id)
    left = len(fact.open_actions)
    return Told(
        title=f"Merged with {fact.other}",
        group="contract",
        how=_which(fact.survives),
        rows=listed(
            ("Open actions", f"{plural(left, 'action')} open here: each to be proposed anew at {fact.other}")
        )
        if left
        else (),
        about=(
            *((About(f"its approval, entry {merger.version}", merger.version),) if merger else ()),
            *map(t.action, fact.open_actions),
        ),
        tag="Contract",
    )


def _which(survives: bool) -> str:
    return "this practice goes on" if survives else "this practice ceases"
