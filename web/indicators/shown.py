"""What the pages of a practice's indicators show: cards of small charts by domain, and one indicator whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from domain.practice.kinds import IndicatorDomain
from domain.practice.state import Flag, Practice
from web.charts import svg
from web.export import Cell
from web.indicators.read import Findings
from web.indicators.series import Series, said
from web.indicators.story import merged
from web.indicators.tables import Linked, Table
from web.indicators.through import OverTime, in_words, over_time, thumbnail
from web.practices.flags import explained, level_and_kind
from web.practices.links import entry_link, practice_link
from web.words import label


class FlagLine(NamedTuple):
    """An open flag in words, and its entry."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator among many: its chart in small, its latest value, and the flags that are open."""

    code: str
    name: str
    href: str
    drawn: Markup
    latest: str
    beside: str
    stands: str
    flags: list[FlagLine]


@dataclass(frozen=True, slots=True)
class DomainShown:
    domain: IndicatorDomain
    cards: list[Card]
    table: Table


def indicators_link(code: str, indicator: str = "") -> str:
    return f"{practice_link(code)}/indicators{f'/{indicator}' if indicator else ''}"


def open_flags(practice: Practice) -> dict[str, list[Flag]]:
    """By indicator; alarms first."""
    found: dict[str, list[Flag]] = {}
    for flag in sorted(practice.flags.values(), key=lambda one: (one.level.value, one.version)):
        if flag.open:
            found.setdefault(flag.indicator, []).append(flag)
    return found


def flag_line(practice: Practice, flag: Flag) -> FlagLine:
    words = ", ".join(filter(None, (level_and_kind(flag), explained(practice, flag))))
    return FlagLine(words, entry_link(practice.code, flag.version))


def by_domain(practice: Practice, every: Sequence[Series], found: Findings) -> list[DomainShown]:
    """Each domain that something was published in; in each, indicators with open flags come first."""
    flags = open_flags(practice)
    shown = []
    for domain in IndicatorDomain:
        mine = [one for one in every if one.definition.domain == domain]
        mine.sort(key=lambda one: (one.definition.code not in flags, one.definition.code))
        if mine:
            seen = [over_time(one, merged(practice, one.definition, one.periods)) for one in mine]
            cards = [
                _card(practice, one, comparator_of(found, one.series), flags.get(_code(one), []))
                for one in seen
            ]
            shown.append(DomainShown(domain, cards, _latest(practice, domain, seen, found, flags)))
    return shown


def _code(seen: OverTime) -> str:
    return seen.series.definition.code


def comparator_of(found: Findings, series: Series) -> float | None:
    """What all practices have together in the latest period, if a release that stands says so."""
    return next(
        (
            one.judged.comparator
            for one in found.get(series.definition.code, ())
            if one.judged.period == series.last.period.text
        ),
        None,
    )


def _card(practice: Practice, seen: OverTime, comparator: float | None, flags: Sequence[Flag]) -> Card:
    series, unit = seen.series, seen.series.unit
    definition, last = series.definition, series.last
    return Card(
        code=definition.code,
        name=definition.name,
        href=indicators_link(practice.code, definition.code),
        drawn=svg.thumb(
            thumbnail(seen, comparator),
            f"small-{definition.code}",
            f"{definition.name}, to {said(last.period)}",
            "Each period as a line; the table below has the latest numbers, and its own page has all.",
        ),
        latest=f"{unit.say(last.value)} in {said(last.period)}"
        + (f", {last.counted}" if last.counted else ""),
        beside=f"All practices: {unit.say(comparator)}" if comparator is not None else "",
        stands=in_words(seen),
        flags=[flag_line(practice, flag) for flag in flags],
    )


LATEST = (
    *("Indicator", "Period", "Value", "Counted", "All practices", "Own mean", "Own limits"),
    *("Beside its own past", "Open flags"),
)


def _latest(
    practice: Practice,
    domain: IndicatorDomain,
    seen: Sequence[OverTime],
    found: Findings,
    flags: dict[str, list[Flag]],
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in seen:
        say, last, limits = one.series.unit.say, one.series.last, one.limits
        rows.append(
            (
                one.series.definition.name,
                said(last.period),
                say(last.value),
                last.counted,
                say(comparator_of(found, one.series)),
                say(limits.mean) if limits else "",
                f"{say(limits.lower)} to {say(limits.upper)}" if limits else "",
                in_words(one),
                "; ".join(flag_line(practice, flag).words for flag in flags.get(_code(one), ())) or "none",
            )
        )
    links = [indicators_link(practice.code, _code(one)) for one in seen]
    return Table(label(domain), LATEST, rows, links, frozenset({2, 4, 5}))


PERIODS = ("Period", "Value", "Counted", "Beside its own past", "Release")


def periods_table(seen: OverTime) -> Table:
    """Every period of the chart, the latest first."""
    words = {"none": "as before", "concern": "worse", "better": "better", "neutral": "changed"}
    rows: list[tuple[Cell | Linked, ...]] = []
    for one in reversed(seen.shown):
        cell = one.cell
        stands = words[one.signal] if seen.limits and cell.value is not None else ""
        rows.append(
            (
                said(cell.period),
                seen.series.unit.say(cell.value),
                cell.counted,
                f"{stands}: {one.why}" if one.why else stands,
                Linked(cell.release, f"/releases/{cell.release}") if cell.release else "",
            )
        )
    return Table("Through time", PERIODS, rows, (), frozenset({1}), frozenset({2, 4}))
