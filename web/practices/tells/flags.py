"""Indicator flags, in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from domain.indicators.definitions import LOG_RATIO
from domain.practice import events as e
from domain.practice.explained import explanations_of
from domain.practice.state import Explanation
from web.indicators.series import said_text, whole
from web.indicators.units import unit_of, with_unit
from web.practices.flags import called, explained
from web.practices.told import About, Told, itself, listed, lower_first, typed
from web.words import day, label

XMR, YEAR_ON_YEAR = "xmr", "year_on_year"
"""Methods as flags name them. Who computes them loads numpy, which no page waits for."""

if TYPE_CHECKING:
    from web.practices.telling import Telling


def flag_raised(t: Telling, fact: e.FlagRaised) -> Told:
    better = "for the better · " if fact.direction == "favourable" else ""
    return Told(
        title=f"Flag raised: {called(fact.indicator_name, fact.kind)}",
        group="flags",
        how=f"{better}{lower_first(label(fact.domain))}",
        words=typed(("", fact.note)),
        rows=listed(
            ("Period", said_text(fact.period) if fact.period else None),
            *numbers_of(t, fact),
            *_explanations(t, fact.flag_id),
        ),
        tag=_flag_state(t, fact),
    )


_BESIDE = {XMR: "Its own mean", YEAR_ON_YEAR: "Expected, as all practices changed"}
"""What a value was compared with, by method; any other compares it with all practices together."""


def numbers_of(t: Telling, fact: e.FlagRaised) -> list[tuple[str, str]]:
    """What a release said, as its chart says it. What somebody raised by hand has no number of a release, whatever is
    published for its period.
    """
    if fact.value is None:
        return [("Release", "none: raised by hand; no release flagged it")] if fact.release is None else []
    definition = t.names.definition(fact.indicator, fact.indicator_version)
    if definition is None:
        return [("Release", fact.release or "")]
    say = unit_of(definition).say
    counted = ""
    if fact.numerator is not None and fact.denominator is not None:
        beside = "after" if definition.unit == LOG_RATIO else "of"
        counted = f", {whole(fact.numerator)} {beside} {whole(fact.denominator)}"
    beside = _BESIDE.get(fact.method or "", "All practices together")
    found = [
        ("Value", f"{with_unit(definition, fact.value)}{counted}"),
        (beside, with_unit(definition, fact.comparator)),
        *_limits(fact, say),
        ("Distance", f"z {fact.z:+.2f} standard deviations" if fact.z is not None else ""),
        ("Release", fact.release or ""),
    ]
    return [(heading, words) for heading, words in found if words]


def _limits(fact: e.FlagRaised, say: Callable[[float | None], str]) -> list[tuple[str, str]]:
    """Of a chart through time they are its own; else those of 95% and of 99.8%."""
    inner, outer = (
        f"{say(lower)} to {say(upper)}" if lower is not None and upper is not None else ""
        for lower, upper in ((fact.lower_alert, fact.upper_alert), (fact.lower_alarm, fact.upper_alarm))
    )
    return (
        [("Its own limits", outer)]
        if fact.method == XMR
        else [("95% limits", inner), ("99.8% limits", outer)]
    )


def _flag_state(t: Telling, fact: e.FlagRaised) -> str:
    """Alarm, explanation accepted: how far it went, and where the flag stands now."""
    flag = t.practice.flags.get(fact.flag_id)
    if flag is None:
        return label(fact.level)
    return f"{label(fact.level)}, {explained(t.practice, flag) or flag.status}"


def _explanations(t: Telling, flag_id: str) -> list[tuple[str, str]]:
    """Each explanation of a flag on its own line: of what kind, whose, and what another person said of it."""
    found = explanations_of(t.practice, flag_id)
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
