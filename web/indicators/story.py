"""From flag to explanation to decision: what was recorded about one indicator of a practice, in order of day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from application.releases.merged import Mergers
from domain.indicators.definitions import Definition
from domain.periods import period_of
from domain.practice import events as e
from domain.practice.explained import waiting_of
from domain.practice.kinds import ExplanationCategory
from domain.practice.state import Explanation, Flag, Practice
from domain.rules import Recorded
from web.charts.xmr import Mark, What
from web.indicators.series import Series
from web.practices.flags import level_and_kind, stands
from web.practices.offers import Offer, Offers
from web.practices.offers.flags import on_explanation, on_flag
from web.practices.telling import Telling
from web.practices.told import short
from web.words import day, label

_WHAT: dict[type, What] = {
    e.FlagRaised: "raised",
    e.FlagExplained: "explained",
    e.ExplanationAccepted: "accepted",
    e.ExplanationNotAccepted: "refused",
    e.FlagCleared: "cleared",
    e.FlagWithdrawn: "withdrawn",
    e.FlagReopened: "reopened",
    e.ConversationRecorded: "spoke",
    e.TierDecided: "decided",
}
"""What each kind of fact is on the chart's time axis. An action has no mark: the list has it."""


class Step(NamedTuple):
    """Something that was recorded about the indicator. `what` is its mark on the chart, where it has one."""

    on: date
    version: int
    title: str
    how: str
    words: str
    what: What | None


class ExplanationShown(NamedTuple):
    """An explanation of a flag that waits: what it says, and what this person may answer."""

    words: str
    version: int
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class FlagShown:
    """A flag of the indicator: how it stands, what may be done about it, and which explanations wait."""

    flag: Flag
    raised: e.FlagRaised
    words: str
    stands: str
    numbers: str
    offers: list[Offer]
    waiting: list[ExplanationShown]


def flags_of(telling: Telling, indicator: str, offers: Offers, series: Series | None) -> list[FlagShown]:
    """The indicator's flags, open ones first, the latest first."""
    practice = telling.practice
    found = [
        FlagShown(
            flag,
            raised.fact,
            level_and_kind(flag),
            stands(practice, flag),
            _numbers(raised.fact, series),
            on_flag(offers, flag.flag_id) if flag.open else [],
            [_waiting(telling, one, offers) for one in waiting_of(practice, flag.flag_id) if flag.open],
        )
        for flag in practice.flags.values()
        if flag.indicator == indicator
        and (raised := practice.standing.get(flag.version)) is not None
        and isinstance(raised.fact, e.FlagRaised)
    ]
    return sorted(found, key=lambda one: (one.flag.open, one.flag.raised_on, one.flag.version), reverse=True)


def _numbers(raised: e.FlagRaised, series: Series | None) -> str:
    """What a release said when it raised the flag. Of one that somebody raised by hand, that no number bears it out."""
    if raised.value is not None and series is not None:
        say = series.unit.say
        beside = f", beside {say(raised.comparator)}" if raised.comparator is not None else ""
        far = f", z {raised.z:+.2f}" if raised.z is not None else ""
        return f"{say(raised.value)}{beside}{far}"
    if raised.release is not None:
        return ""
    period = period_of(raised.period or "")
    known = {cell.period.text for cell in series.cells if cell.value is not None} if series else set()
    if raised.period and (period is None or period.text not in known):
        return "raised by hand: nothing is published for its period"
    return "raised by hand: no release flagged it"


def _waiting(telling: Telling, one: Explanation, offers: Offers) -> ExplanationShown:
    who = telling.names.person(one.explained_by)
    words = f"{label(one.category)}, {telling.names.side(one.given_by)}, {day(one.explained_on)}, recorded by {who}"
    return ExplanationShown(words, one.version, on_explanation(offers, one.explanation_id))


def steps(telling: Telling, indicator: str) -> list[Step]:
    """Every standing fact that is about the indicator's flags, or rests on one that is, in order of day."""
    practice = telling.practice
    flags = {flag.flag_id for flag in practice.flags.values() if flag.indicator == indicator}
    if not flags:
        return []
    about = list(_about(practice, flags))
    return [
        _step(telling, entry)
        for entry in sorted(about, key=lambda one: (one.fact.occurred_on, one.version))  # type: ignore[attr-defined]
    ]


def _about(practice: Practice, flags: set[str]) -> Iterable[Recorded]:
    """Facts of the flags and about them; actions about them; then the decisions that rest on any of these."""
    cites = set()
    for version, entry in practice.standing.items():
        fact: Any = entry.fact
        of_a_flag = getattr(fact, "flag_id", None) in flags
        about_one = bool(flags & set(getattr(fact, "about_flags", ())))
        if of_a_flag or about_one:
            cites.add(f"{practice.code}/{version}")
            yield entry
        elif isinstance(fact, e.TierDecided) and cites & set(fact.inputs):
            yield entry


def _step(telling: Telling, entry: Recorded) -> Step:
    fact: Any = entry.fact
    told = telling.tell(fact)
    words = short(told.words[0][1], 160) if told.words else ""
    how = (
        told.how[len(told.title) :].lstrip(" ,")
        if told.how.lower().startswith(told.title.lower())
        else told.how
    )
    return Step(fact.occurred_on, entry.version, told.title, how, words, _WHAT.get(type(fact)))


def merged(practice: Practice, definition: Definition, periods: Sequence[str]) -> set[str]:
    """The periods that a merger explains: it was given as the explanation of a flag, and another person accepted it."""
    held: set[tuple[str, date]] = set()
    for one in practice.explanations.values():
        flag = practice.flags.get(one.flag_id)
        if one.category != ExplanationCategory.MERGER or one.status != "accepted" or flag is None:
            continue
        raised = practice.standing.get(flag.version)
        if flag.indicator == definition.code and raised and isinstance(raised.fact, e.FlagRaised):
            period = period_of(raised.fact.period or "")
            if period is not None:
                held.add((practice.code, period.starts_on))
    explained = Mergers(explained={definition.code: held}).of(definition, periods) if held else ()
    return {period for _, period in explained}


def marks(found: Iterable[Step]) -> list[Mark]:
    """The steps that stand on the chart's time axis."""
    return [Mark(step.on, step.what, step.title) for step in found if step.what is not None]
