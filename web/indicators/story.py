"""From flag to explanation to decision: what was recorded about one indicator of a practice, in order of day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from application.releases.flags import Mergers
from domain.indicators.definitions import Definition
from domain.periods import period_of
from domain.practice import events as e
from domain.practice.kinds import ExplanationCategory
from domain.practice.state import Flag, Practice
from domain.rules import Recorded
from web.charts.xmr import Mark, What
from web.practices.offers import Offer, Offers
from web.practices.telling import Telling
from web.practices.told import short

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


@dataclass(frozen=True, slots=True)
class FlagShown:
    """A flag of the indicator: how it stands, and what may be done about it."""

    flag: Flag
    raised: e.FlagRaised
    offers: list[Offer]


def flags_of(practice: Practice, indicator: str, offers: Offers) -> list[FlagShown]:
    """The indicator's flags, open ones first, the latest first."""
    found = [
        FlagShown(flag, raised.fact, offers.on_flag(flag.flag_id) if flag.open else [])
        for flag in practice.flags.values()
        if flag.indicator == indicator
        and (raised := practice.standing.get(flag.version)) is not None
        and isinstance(raised.fact, e.FlagRaised)
    ]
    return sorted(found, key=lambda one: (one.flag.open, one.flag.raised_on, one.flag.version), reverse=True)


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
