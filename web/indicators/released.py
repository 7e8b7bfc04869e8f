"""What an edition of a release found of each indicator, beside what chance alone would give, and the flags that followed.

The same numbers in the same columns wherever a release is told: on its own page, in Insight, and in files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from domain.access.permissions import scope_of
from domain.indicators.definitions import Definition
from domain.indicators.indicators import KeySet
from domain.indicators.signals import LATEST
from domain.practice.kinds import IndicatorModel, PeriodLength
from domain.releases.events import (
    IndicatorJudged,
    ReleaseFlagged,
    ReleasePublished,
    ReleaseRestated,
    ReleaseValidated,
)
from domain.rules import Asked, Recorded
from projections import flagged, observations
from web.export import Cell
from web.indicators.among import by_chance
from web.indicators.flagged import flags_link
from web.indicators.series import said_text
from web.indicators.tables import Linked, Table
from web.service import service


class Edition(NamedTuple):
    """One edition of a release: what was read and found, and between which places in the record its flags lie."""

    number: int
    entry: Recorded
    validated: ReleaseValidated
    published: ReleasePublished
    flagged: ReleaseFlagged | None
    reason: str
    after: int
    before: int | None


def editions(history: Iterable[Recorded]) -> list[Edition]:
    """The editions of a release, the latest first."""
    found: list[Edition] = []
    read: ReleaseValidated | None = None
    reason = ""
    for entry in history:
        match entry.fact:
            case ReleaseRestated() as fact:
                reason = fact.reason.words
            case ReleaseValidated() as fact:
                read = fact
            case ReleasePublished() as fact if read is not None:
                if found:
                    found[-1] = found[-1]._replace(before=entry.position)
                found.append(Edition(fact.edition, entry, read, fact, None, reason, entry.position, None))
            case ReleaseFlagged() as fact if found and fact.after != "withdrawn":
                found[-1] = found[-1]._replace(flagged=fact)
            case _:
                pass
    return found[::-1]


FOUND = (
    *("Indicator", "Name", "Period", "Practices", "Flags raised by this edition", "Open now"),
    *("Beyond 95%, chance alone", "Beyond 95%, adjusted", "Expected by chance, 95%"),
    *("Beyond 99.8%, chance alone", "Beyond 99.8%, adjusted", "Expected by chance, 99.8%"),
    *("For the better", "Judged"),
)
NOT_FLAGGED = (
    *(
        "Indicator",
        "Name",
        "Period",
        "Signals",
        "Explained beforehand",
        "Too few cases",
        "For the first time",
    ),
    "For the better",
)
NOTHING = flagged.Raised(0, 0)


def found_table(asked: Asked, release: str, edition: Edition, known: KeySet, *, stands: bool) -> Table:
    """Flags are those of practices that this person may read; practices are those of the whole release."""
    with service.views.reading() as reading:
        raised = flagged.of_release(
            reading, scope_of(asked), asked.on, release, edition.after, edition.before
        )
        periods = _periods(reading, edition, known) if stands else {}
    rows = [
        _row(release, judged, known, raised, periods.get(judged.indicator))
        for judged in edition.published.indicators
    ]
    name = "Practices beyond the limits for the worse, beside how many chance alone would give"
    return Table(name, FOUND, rows, (), frozenset(range(3, 13)))


def _periods(reading: Connection, edition: Edition, known: KeySet) -> dict[str, int]:
    """In how many periods each indicator has values, up to the one that was judged."""
    return {
        judged.indicator: len(observations.with_values(reading, judged.indicator, judged.period))
        for judged in edition.published.indicators
        if judged.indicator in known
    }


def _row(
    release: str,
    judged: IndicatorJudged,
    known: KeySet,
    raised: Mapping[tuple[str, str], flagged.Raised],
    periods: int | None,
) -> tuple[Cell | Linked, ...]:
    definition = _definition(judged, known)
    mine = raised.get((judged.indicator, judged.period), NOTHING)
    which = {"release": release, "indicator": judged.indicator}
    words = judged_in_words(judged, definition, periods)
    return (
        Linked(judged.indicator, f"/key-indicators/{judged.indicator}"),
        definition.name if definition else judged.indicator,
        said_text(judged.period),
        judged.practices,
        _linked(mine.raised, flags_link(**which, ended="yes")),
        _linked(mine.open, flags_link(**which)),
        *_counts(judged),
        judged.favourable if not words.startswith("Not judged") else None,
        words,
    )


def _linked(number: int, href: str) -> Cell | Linked:
    return Linked(number, href) if number else number


def _definition(judged: IndicatorJudged, known: KeySet) -> Definition | None:
    found = known.get(judged.indicator)
    return found.versions[judged.version - 1] if found else None


def _counts(judged: IndicatorJudged) -> list[Cell]:
    if judged.comparator is None:
        return [None] * 6
    counted: list[Cell] = []
    for beyond in (judged.beyond_alert, judged.beyond_alarm):
        counted += [beyond.adverse_unadjusted, beyond.adverse_adjusted, by_chance(beyond.by_chance)]
    return counted


def judged_in_words(judged: IndicatorJudged, definition: Definition | None, periods: int | None) -> str:
    """By what it was judged; where by nothing, why."""
    if not judged.newest:
        return "History: flags nothing"
    if definition is not None and definition.model == IndicatorModel.STATUS:
        return "Not judged: a yes or no"
    ways = ["among practices"] if judged.comparator is not None else []
    missing = ""
    if definition is not None and periods is not None and definition.period != PeriodLength.EVENT:
        of_years = definition.period == PeriodLength.YEAR
        needed = 2 if of_years else LATEST.xmr_points
        if periods >= needed and (ways or not of_years):
            ways.append("since the year before" if of_years else "by its own past")
        elif ways or not of_years:
            missing = f"{periods} of {needed} periods needed"
    if not ways:
        return f"Not judged: {missing}" if missing else "Not compared among practices"
    words = " and ".join(ways)
    told = f"{words[:1].upper()}{words[1:]}"
    return f"{told}; not by its past: {missing}" if missing else told


def not_flagged_table(edition: Edition, known: KeySet) -> Table:
    """How many signals became flags, and what was none: explained beforehand, of too few, an alert for the first time."""
    rows: list[tuple[Cell | Linked, ...]] = []
    for judged in edition.published.indicators:
        definition = _definition(judged, known)
        rows.append(
            (
                *(judged.indicator, definition.name if definition else "", said_text(judged.period)),
                *(judged.signals, judged.explained, judged.small, judged.passing, judged.favourable),
            )
        )
    return Table("Signals that flag, and what flags nothing", NOT_FLAGGED, rows, (), frozenset(range(3, 8)))
