"""Indicator flags, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import FlagKind
from web.practices.told import Told, itself, listed, lower_first, typed
from web.words import label

if TYPE_CHECKING:
    from web.practices.telling import Telling


def flag_raised(t: Telling, fact: e.FlagRaised) -> Told:
    better = " (favourable)" if fact.direction == "favourable" else ""
    return Told(
        title=f"Flag raised: {fact.indicator_name}",
        group="flags",
        how=f"{lower_first(label(fact.kind, FlagKind))}{better} · {lower_first(label(fact.domain))}",
        words=typed(("", fact.note)),
        rows=listed(
            ("Period", fact.period),
            ("Value", fact.value),
            ("Comparator", fact.comparator),
            ("Release", fact.release),
        ),
        tag=_flag_state(t, fact),
    )


def _flag_state(t: Telling, fact: e.FlagRaised) -> str:
    """Alarm, explained: how far it went, and where the flag stands now."""
    flag = t.practice.flags.get(fact.flag_id)
    if flag is None:
        return label(fact.level)
    return f"{label(fact.level)}, {'explained' if flag.open and flag.explanations else flag.status}"


def flag_explained(t: Telling, fact: e.FlagExplained) -> Told:
    flag = t.flag(fact.flag_id)
    return Told(
        title=f"Explanation {'proposed' if fact.proposed else 'given'}: {flag.text}",
        group="flags",
        how=f"{lower_first(label(fact.category))} · given by the {t.names.side(fact.given_by)} · the flag stays open",
        words=typed(("", fact.words)),
        about=(itself("flag", flag),),
    )


def flag_cleared(t: Telling, fact: e.FlagCleared) -> Told:
    flag = t.flag(fact.flag_id)
    return Told(
        title=f"Flag cleared: {flag.text}",
        group="flags",
        how=lower_first(label(fact.because)),
        words=typed(("", fact.reason)),
        about=(itself("flag", flag),),
    )


def flag_withdrawn(t: Telling, fact: e.FlagWithdrawn) -> Told:
    flag = t.flag(fact.flag_id)
    return Told(
        title=f"Flag withdrawn: {flag.text}",
        group="flags",
        how=lower_first(label(fact.because)),
        words=typed(("", fact.reason)),
        about=(itself("flag", flag),),
    )


def flag_reopened(t: Telling, fact: e.FlagReopened) -> Told:
    flag = t.flag(fact.flag_id)
    return Told(
        title=f"Flag reopened: {flag.text}",
        group="flags",
        words=typed(("", fact.reason)),
        about=(itself("flag", flag),),
    )
