"""Since the year before: how an indicator of years changed, beside how it changed for all practices together.

It has no limits of its own: what it is judged by is the change, and how unusual that is among all practices' changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from domain.indicators.definitions import Definition
from domain.indicators.signals import LATEST, Z_ALARM, Z_ALERT, Place, RuleSet
from domain.practice.kinds import PeriodLength
from projections.observations import Observation
from web.export import Cell
from web.indicators.series import said_text, value_of
from web.indicators.tables import Table
from web.indicators.units import unit_of


class Since(NamedTuple):
    """One practice's change from a year to the next. `place` compares it with the year before, moved as all moved."""

    definition: Definition
    before: str
    now: str
    value_before: float
    all_before: float
    all_now: float
    place: Place
    practices: int


def since(
    definition: Definition,
    before: Sequence[Observation],
    now: Sequence[Observation],
    code: str,
    rules: RuleSet = LATEST,
) -> Since | None:
    """The change as a release judges it; None where there is no such change, or too few practices have one."""
    from domain.indicators import yearly  # numpy: only where something is judged
    from domain.indicators.outlying import SCALES
    from domain.indicators.places import Case
    from domain.indicators.places import since as placed

    scale = SCALES.get(definition.model)
    this, last = _counted(now), _counted(before)
    if definition.period != PeriodLength.YEAR or scale is None or code not in this or code not in last:
        return None
    codes = sorted({*this, *last})
    changes = yearly.change(scale, _columns(this, codes), _columns(last, codes))
    spread = yearly.spread_of(changes, rules.winsorised)
    if spread.used < rules.peers:
        return None
    all_now, all_before = changes.now.comparator, changes.before.comparator
    place = placed(
        scale, Case(*this[code], all_now), Case(*last[code], all_before), spread.tau2, (Z_ALERT, Z_ALARM)
    )
    mine = next(one for one in before if one.code == code)
    value_before = value_of(definition, mine) or 0.0
    return Since(
        definition, mine.period, now[0].period, value_before, all_before, all_now, place, spread.used
    )


def _counted(rows: Sequence[Observation]) -> dict[str, tuple[float, float]]:
    return {
        row.code: (row.numerator, row.denominator)
        for row in rows
        if row.numerator is not None and row.denominator
    }


_NONE = (float("nan"), float("nan"))


def _columns(
    counted: dict[str, tuple[float, float]], codes: Sequence[str]
) -> tuple[list[float], list[float]]:
    pairs = [counted.get(code, _NONE) for code in codes]
    return [numerator for numerator, _ in pairs], [denominator for _, denominator in pairs]


def in_words(told: Since) -> str:
    """How unusual the change is, in a sentence."""
    say, place = unit_of(told.definition).say, told.place
    change = (
        f"{say(told.value_before)} in {said_text(told.before)}, {say(place.value)} in {said_text(told.now)}"
    )
    if abs(place.z) <= Z_ALERT:
        return f"{change}: a change within what is usual among {told.practices:,} practices"
    level = "99.8%" if abs(place.z) > Z_ALARM else "95%"
    way = "higher" if place.z > 0 else "lower"
    return f"{change}: {way} than the {level} limits of the change among {told.practices:,} practices"


def table(told: Since) -> Table:
    """The year before and this one, of the practice and of all; what was to be expected, and how far from it."""
    say, place = unit_of(told.definition).say, told.place
    rows: list[tuple[Cell, ...]] = [
        ("This practice", say(told.value_before), say(place.value)),
        ("All practices together", say(told.all_before), say(told.all_now)),
        ("Expected: as all practices changed", "", say(place.comparator)),
        ("95% limits of that", "", f"{say(place.lower_alert)} to {say(place.upper_alert)}"),
        ("99.8% limits of that", "", f"{say(place.lower_alarm)} to {say(place.upper_alarm)}"),
        ("Distance, z", "", f"{place.z:+.2f}"),
    ]
    columns = ("", said_text(told.before), said_text(told.now))
    return Table("Since the year before", columns, rows, (), frozenset({1, 2}))
