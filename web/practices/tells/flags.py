"""Indicator flags, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import FlagKind
from domain.practice.state import Explanation
from web.practices.told import About, Told, itself, listed, lower_first, typed
from web.words import day, label

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
            *_explanations(t, fact.flag_id),
        ),
        tag=_flag_state(t, fact),
    )


def _flag_state(t: Telling, fact: e.FlagRaised) -> str:
    """Alarm, explained: how far it went, and where the flag stands now."""
    flag = t.practice.flags.get(fact.flag_id)
    if flag is None:
        return label(fact.level)
    if not flag.open or not flag.explanations:
        return f"{label(fact.level)}, {flag.status}"
    answers = {one.status for one in _of(t, fact.flag_id)}
    if "accepted" in answers:
        return f"{label(fact.level)}, explanation accepted"
    return f"{label(fact.level)}, {'explained' if 'waiting' in answers else 'explanation not accepted'}"


def _of(t: Telling, flag_id: str) -> list[Explanation]:
    return [one for one in t.practice.explanations.values() if one.flag_id == flag_id]


def _explanations(t: Telling, flag_id: str) -> list[tuple[str, str]]:
    """Each explanation of a flag on its own line: of what kind, whose, and what another person said of it."""
    found = _of(t, flag_id)
    return [
        ("Explanation" if len(found) == 1 else f"Explanation {number}", _explanation(t, one))
        for number, one in enumerate(found, start=1)
    ]


def _explanation(t: Telling, one: Explanation) -> str:
    told = f"{label(one.category)}, given by the {t.names.side(one.given_by)}, {day(one.explained_on)}"
    if one.answered_on is None:
        return f"{told}: not answered yet"
    return f"{told}: {one.status} by {t.names.person(one.answered_by)}, {day(one.answered_on)}"


def flag_explained(t: Telling, fact: e.FlagExplained) -> Told:
    flag = t.flag(fact.flag_id)
    return Told(
        title=f"Explanation {'proposed' if fact.proposed else 'given'}: {flag.text}",
        group="flags",
        how=f"{lower_first(label(fact.category))} · given by the {t.names.side(fact.given_by)} · the flag stays open",
        words=typed(("", fact.words)),
        about=(itself("flag", flag),),
    )


def explanation_accepted(t: Telling, fact: e.ExplanationAccepted) -> Told:
    return _answered(t, fact, "accepted")


def explanation_not_accepted(t: Telling, fact: e.ExplanationNotAccepted) -> Told:
    return _answered(t, fact, "not accepted")


def _answered(t: Telling, fact: e.ExplanationAccepted | e.ExplanationNotAccepted, how: str) -> Told:
    """What was said of an explanation, with the explanation itself: whoever reads the answer reads both."""
    flag, explained = t.flag(fact.flag_id), t.practice.explanations.get(fact.explanation_id)
    about = [itself("flag", flag)]
    if explained is not None:
        about.append(itself("explanation", About("", explained.version)))
    return Told(
        title=f"Explanation {how}: {flag.text}",
        group="flags",
        how=lower_first(label(explained.category)) if explained else "",
        words=typed(("", fact.reason)),
        about=tuple(about),
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
