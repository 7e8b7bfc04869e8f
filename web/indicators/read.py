"""What the pages of indicators are made of: definitions, observations, and what releases found of each period."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from application.releases.standing import releases
from domain.indicators.definitions import Definition
from domain.indicators.indicators import KeySet
from domain.releases.events import IndicatorJudged
from domain.releases.releases import Release
from projections import observations
from web.indicators.series import Series, series_of
from web.service import service


class Found(NamedTuple):
    """What a release that stands found of one indicator in one period."""

    release: str
    judged: IndicatorJudged


Findings = dict[str, list[Found]]
"""By indicator, in the order of periods; of each period what was published last."""


def every_release() -> dict[str, Release]:
    return releases(service.casebook.recorder)


def findings(every: dict[str, Release]) -> Findings:
    """What the releases that stand found. Of two releases of one period, the one that was published later."""
    found: dict[tuple[str, str], Found] = {}
    for name, release in sorted(every.items(), key=lambda one: one[1].position):
        if release.stands and release.published is not None:
            for judged in release.published.indicators:
                found[judged.indicator, judged.period] = Found(name, judged)
    by_indicator: Findings = {}
    for (indicator, _), one in sorted(found.items()):
        by_indicator.setdefault(indicator, []).append(one)
    return by_indicator


def definition_of(known: KeySet, indicator: str) -> Definition | None:
    """The newest version of an indicator: what is said of it today."""
    found = known.get(indicator)
    return found.latest if found is not None else None


def series_of_practice(code: str, known: KeySet) -> list[Series]:
    """Every indicator that something was published of for the practice, by domain and code."""
    with service.views.reading() as reading:
        rows = observations.of_practice(reading, code)
    return [one for indicator in sorted(rows) if (one := _series(indicator, rows[indicator], known))]


def one_series(code: str, indicator: str, known: KeySet) -> Series | None:
    with service.views.reading() as reading:
        rows = observations.of_practice(reading, code, indicator)
    return _series(indicator, rows.get(indicator, ()), known)


def _series(indicator: str, rows: Iterable[observations.Observation], known: KeySet) -> Series | None:
    definition = definition_of(known, indicator)
    return series_of(definition, rows) if definition is not None else None
