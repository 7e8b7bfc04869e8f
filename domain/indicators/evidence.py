"""A signal from what stands in a flag alone: its numbers, its method and the method's parameters.

When an indicator is judged, each signal is made here too, from what the flag will hold. So what was raised is what can
be derived again, by anybody, for ever: a method keeps its name and version, and another way to compute is another one.
`phi` and `tau2` are of all practices together and stand as they were; everything else follows from them.

Parameters are pairs of text. `numerator_1` is the number of one period before, `pooled_1` what all practices had then
together. An XmR chart's `points` are parted by spaces, and a gap is `-`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from domain.indicators import outlying, yearly
from domain.indicators.places import Case, in_funnel, since
from domain.indicators.signals import Place, Scale, Signal
from domain.indicators.spc import DEVIATION, Rule, Xmr, xmr
from domain.practice.kinds import Better, Direction, FlagKind, Level

Parameters = tuple[tuple[str, str], ...]
Given = Mapping[str, str]
GAP = "-"
XMR = "xmr"
XMR_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a flag tells of where it came from. `code` is the practice's: a fact is on its practice's own stream."""

    code: str
    period: str
    numerator: float | None
    denominator: float | None
    comparator: float | None
    phi: float | None
    tau2: float | None
    method: str
    method_version: str
    parameters: Parameters


class UnknownMethodError(ValueError):
    """No method of this name and version computes flags: raised by hand, or by a later Casebook."""


def signal_from(told: Told) -> Signal | None:
    """The signal that follows; None where these numbers give none."""
    derived = METHODS.get((told.method, told.method_version))
    if derived is None:
        raise UnknownMethodError(f"{told.method} {told.method_version}")
    return derived(told, dict(told.parameters))


def _in_funnel(told: Told, given: Given) -> Signal | None:
    scale, levels = Scale(given["scale"]), _levels(given)
    now = Case(_known(told.numerator), _known(told.denominator), _known(told.comparator))
    here = in_funnel(scale, now, _known(told.tau2), levels)
    before = (
        in_funnel(scale, _case(given, back), float(given[f"tau2_{back}"]), levels).z
        for back in _periods_before(given)
    )
    level = _level(given, here.z, before)
    return _signal(told, FlagKind.OUTLYING, here, _direction(given, here.z), level)


def _year_on_year(told: Told, given: Given) -> Signal | None:
    scale, levels = Scale(given["scale"]), _levels(given)
    now = Case(_known(told.numerator), _known(told.denominator), float(given["pooled_0"]))
    here = since(scale, now, _case(given, 1), _known(told.tau2), levels)
    before = (
        since(scale, _case(given, back), _case(given, back + 1), float(given[f"tau2_{back}"]), levels).z
        for back in _periods_before(given)
    )
    level = _level(given, here.z, before)
    return _signal(told, FlagKind.SHIFTING, here, _direction(given, here.z), level)


def _shifting(told: Told, given: Given) -> Signal | None:
    chart = xmr(
        points_of(given["points"]),
        run=int(given["run"]),
        trend=int(given["trend"]),
        screening=given["screening"] == "yes",
    )
    return from_chart(told, given, chart, 0)


def from_chart(told: Told, given: Given, chart: Xmr, row: int) -> Signal | None:
    """Of the latest point. Outside the limits is an alarm; trend, two of three and run are alerts, and have lasted."""
    value, mean = float(chart.values[row, -1]), float(chart.mean[row, -1])
    here = Place(
        value=value,
        comparator=mean,
        z=(value - mean) * DEVIATION / float(chart.range[row, -1]),
        lower_alert=float(chart.near_lower[row, -1]),
        upper_alert=float(chart.near_upper[row, -1]),
        lower_alarm=float(chart.lower[row, -1]),
        upper_alarm=float(chart.upper[row, -1]),
    )
    rule = Rule(int(chart.rule[row, -1]))
    if rule.name.lower() != given["rule"]:
        return None
    level = Level.ALARM if rule is Rule.OUTSIDE_LIMITS else Level.ALERT
    return _signal(told, FlagKind.SHIFTING, here, _direction(given, float(chart.direction[row, -1])), level)


METHODS: dict[tuple[str, str], Callable[[Told, Given], Signal | None]] = {
    **{(name, outlying.METHOD_VERSION): _in_funnel for name in outlying.METHODS.values()},
    (yearly.METHOD, yearly.METHOD_VERSION): _year_on_year,
    (XMR, XMR_VERSION): _shifting,
}


def points_of(text: str) -> list[float]:
    return [np.nan if point == GAP else float(point) for point in text.split()]


def as_text(points: Iterable[float]) -> str:
    """In the fewest digits that give the same number back."""
    return " ".join(GAP if np.isnan(point) else repr(float(point)) for point in points)


def _signal(
    told: Told, kind: FlagKind, here: Place, direction: Direction | None, level: Level | None
) -> Signal | None:
    if direction is None or level is None:
        return None
    return Signal(
        code=told.code,
        kind=kind,
        direction=direction,
        level=level,
        period=told.period,
        numerator=told.numerator,
        denominator=told.denominator,
        value=here.value,
        comparator=here.comparator,
        lower_alert=here.lower_alert,
        upper_alert=here.upper_alert,
        lower_alarm=here.lower_alarm,
        upper_alarm=here.upper_alarm,
        z=here.z,
        phi=told.phi,
        tau2=told.tau2,
        method=told.method,
        method_version=told.method_version,
        parameters=told.parameters,
    )


def _direction(given: Given, way: float) -> Direction | None:
    """Neither, where neither way is better."""
    match given["better"]:
        case Better.HIGH:
            return Direction.ADVERSE if way < 0 else Direction.FAVOURABLE
        case Better.LOW:
            return Direction.ADVERSE if way > 0 else Direction.FAVOURABLE
        case _:
            return None


def _level(given: Given, z: float, before: Iterable[float]) -> Level | None:
    """An alarm stands by itself; an alert only if the periods before were beyond the same limit on the same side."""
    alert, alarm = _levels(given)
    if abs(z) > alarm:
        return Level.ALARM
    lasted = [other for other in before if abs(other) > alert and (other > 0) == (z > 0)]
    enough = len(lasted) >= int(given["persistence"]) - 1
    return Level.ALERT if abs(z) > alert and enough else None


def _levels(given: Given) -> tuple[float, float]:
    return float(given["z_alert"]), float(given["z_alarm"])


def _periods_before(given: Given) -> range:
    """Of the periods before, one after another, those whose spread is told."""
    last = 0
    while f"tau2_{last + 1}" in given:
        last += 1
    return range(1, min(last, int(given["persistence"]) - 1) + 1)


def _case(given: Given, back: int) -> Case:
    return Case(*(float(given[f"{name}_{back}"]) for name in ("numerator", "denominator", "pooled")))


def _known(number: float | None) -> float:
    if number is None:
        raise ValueError("a number that the method needs does not stand in the flag")
    return number
