"""An indicator of a practice among all others in one period: the funnel, and what chance alone would give."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from domain.indicators.definitions import Definition
from domain.indicators.signals import Z_ALARM, Z_ALERT
from domain.practice.kinds import Better
from domain.releases.events import IndicatorJudged
from projections.observations import Observation
from web.charts import funnel
from web.charts.funnel import Dot, Limits, Peers
from web.charts.shapes import NARROW, WIDE, Picture
from web.export import Cell
from web.indicators.read import Found
from web.indicators.series import said_text, value_of, whole
from web.indicators.tables import Table
from web.indicators.units import unit_of

MOST_NAMED = 30
EDGES = 32
"""At so many sizes of practice the limits are computed."""


class Placed(NamedTuple):
    """A practice in the funnel: how many standard deviations from all together, before and after the adjustment."""

    code: str
    dot: Dot
    z: float
    adjusted: float


class Among(NamedTuple):
    """One practice among its peers. `z` is how many standard deviations it lies from all of them together."""

    definition: Definition
    found: Found
    mine: Dot | None
    peers: Peers
    limits: list[Limits]
    adjusted: list[Limits]
    here: Limits | None
    here_adjusted: Limits | None
    z: float | None
    z_adjusted: float | None
    readable: list[Placed]

    @property
    def judged(self) -> IndicatorJudged:
        return self.found.judged


def among(
    definition: Definition, found: Found, rows: Sequence[Observation], code: str, may_read: Collection[str]
) -> Among | None:
    """The funnel of a period that a release found something of; None where practices are not compared.

    `may_read` are the practices whose names this person may know: the others are dots.
    """
    from domain.indicators.outlying import SCALES, limits, on_scale  # numpy: only where something is judged

    judged = found.judged
    scale = SCALES.get(definition.model)
    counted = [row for row in rows if row.numerator is not None and row.denominator]
    if scale is None or judged.comparator is None or not counted:
        return None
    comparator, tau2 = judged.comparator, judged.tau2 or 0.0
    sizes = [row.denominator or 0.0 for row in counted]
    every = on_scale(scale, [row.numerator or 0.0 for row in counted], sizes, comparator)
    adjusted = ((every.y - every.target) / (every.s**2 + tau2) ** 0.5).tolist()
    places = [
        Placed(row.code, Dot(size, value_of(definition, row) or 0.0), *both)
        for row, size, *both in zip(counted, sizes, every.z.tolist(), adjusted, strict=True)
    ]
    mine = next((one for one in places if one.code == code), None)
    wanted = [*_sizes(min(sizes), max(sizes)), *([mine.dot.of] if mine else [])]

    def edges(allowed: float) -> list[Limits]:
        alert = limits(scale, comparator, wanted, Z_ALERT, allowed)
        alarm = limits(scale, comparator, wanted, Z_ALARM, allowed)
        ends = (alarm[0], alert[0], alert[1], alarm[1])
        return [Limits(*one) for one in zip(wanted, *(end.tolist() for end in ends), strict=True)]

    return _told(definition, found, places, mine, (edges(0.0), edges(tau2) if tau2 else []), may_read)


def _told(
    definition: Definition,
    found: Found,
    places: Sequence[Placed],
    mine: Placed | None,
    edges: tuple[list[Limits], list[Limits]],
    may_read: Collection[str],
) -> Among:
    """Everybody but this practice without a name, and by name those far out that may be read, the furthest first. This
    practice is among them wherever it is.
    """
    plain, adjusted = edges
    here = plain.pop() if mine else None
    here_adjusted = adjusted.pop() if mine and adjusted else here
    others = [one for one in places if one is not mine]
    far = [one for one in others if abs(one.adjusted) > Z_ALERT and one.code in may_read]
    far = sorted(far, key=lambda one: -abs(one.adjusted))[:MOST_NAMED]
    named = sorted([*far, *([mine] if mine and far else [])], key=lambda one: -abs(one.adjusted))
    return Among(
        definition,
        found,
        mine.dot if mine else None,
        Peers([one.dot.of for one in others], [one.dot.value for one in others]),
        plain,
        adjusted,
        here,
        here_adjusted,
        mine.z if mine else None,
        mine.adjusted if mine else None,
        named,
    )


def _sizes(least: float, most: float) -> list[float]:
    """From the smallest practice to the largest, closer together where the limits bend."""
    if least == most:
        return [least * 0.9, least, least * 1.1]
    ratio = (most / least) ** (1 / (EDGES - 1))
    return [least * ratio**step for step in range(EDGES)]


def pictures(told: Among, called: str) -> list[Picture]:
    """The funnel for a desktop and for a telephone."""
    drawn = funnel.Funnel(
        peers=told.peers,
        mine=told.mine,
        mine_called=called,
        comparator=told.judged.comparator or 0.0,
        limits=told.limits,
        adjusted=told.adjusted,
        unit=unit_of(told.definition),
        of_what=told.definition.denominator,
    )
    return [funnel.draw(drawn, width) for width in (WIDE, NARROW)]


def limits_table(told: Among) -> Table:
    """The limits at this practice's size, and on which side of them it lies."""
    say = unit_of(told.definition).say
    rows: list[tuple[Cell, ...]] = []
    for name, edges, z in (
        ("chance alone", told.here, told.z),
        *([("adjusted", told.here_adjusted, told.z_adjusted)] if told.adjusted else []),
    ):
        if told.mine is not None and edges is not None and z is not None:
            for level, lower, upper, reach in (
                ("95%", edges.lower_alert, edges.upper_alert, Z_ALERT),
                ("99.8%", edges.lower_alarm, edges.upper_alarm, Z_ALARM),
            ):
                rows.append(
                    (f"{level}, {name}", _lies(z, reach), f"{z:+.2f}", say(lower), say(upper)),
                )
    return Table(
        "Limits at this practice’s size",
        ("Limits", "This practice", "Distance, z", "Lower", "Upper"),
        rows,
        (),
        frozenset({2, 3, 4}),
    )


def _lies(z: float, reach: float) -> str:
    if abs(z) <= reach:
        return "within"
    return "above" if z > 0 else "below"


def chance_table(judged: IndicatorJudged) -> Table:
    """How many practices lie beyond the limits for the worse, beside how many chance alone would give."""
    rows: list[tuple[Cell, ...]] = [
        (level, beyond.adverse_unadjusted, beyond.adverse_adjusted, by_chance(beyond.by_chance))
        for level, beyond in (("95%", judged.beyond_alert), ("99.8%", judged.beyond_alarm))
    ]
    columns = ("Limits", "Beyond those of chance alone", "Beyond the adjusted ones", "Expected by chance")
    return Table("Practices beyond the limits, for the worse", columns, rows, (), frozenset({1, 2, 3}))


def by_chance(number: float) -> str:
    """How many chance alone would give: small numbers to two places, so that none reads as nothing."""
    return f"{number:.2f}" if number < 1 else f"{number:.1f}" if number < 10 else f"{number:,.0f}"


def spread_in_words(judged: IndicatorJudged) -> str:
    """How much practices differ, as plainly as it can be said, with the figures that statisticians know it by."""
    if judged.phi is None:
        return ""
    figures = f"φ {judged.phi:.3f}, τ² {judged.tau2 or 0:.6f}"
    if not judged.tau2:
        return f"Practices differ no more than chance alone would make them ({figures}), so the adjusted limits are those of chance."
    return (
        f"Practices vary {judged.phi:.1f} times as much as chance alone would make them ({figures}): the adjusted "
        "limits allow for that, and are wider."
    )


def named_table(told: Among, names: Mapping[str, str], links: Mapping[str, str], mine: str) -> Table:
    """The practices beyond the 95% limits whose record this person may read, and this one among them."""
    say = unit_of(told.definition).say
    worse = ADVERSE_WAY[told.definition.better]
    rows: list[tuple[Cell, ...]] = [
        (
            "This practice" if one.code == mine else names.get(one.code, one.code),
            one.code,
            say(one.dot.value),
            f"{one.adjusted:+.2f}",
            _way(one.adjusted, worse),
            whole(one.dot.of),
        )
        for one in told.readable
    ]
    return Table(
        "Practices that you may read, beyond the adjusted 95% limits",
        ("Practice", "Code", "Value", "Distance, z", "Which way", "Of"),
        rows,
        [links.get(one.code, "") for one in told.readable],
        frozenset({2, 3, 5}),
    )


ADVERSE_WAY = {Better.HIGH: -1, Better.LOW: 1, Better.NEUTRAL: 0}


def _way(z: float, worse: int) -> str:
    if abs(z) <= Z_ALERT:
        return "within"
    if not worse:
        return "higher" if z > 0 else "lower"
    return "worse" if z * worse > 0 else "better: not flagged"


def in_words(told: Among) -> str:
    """How the practice stands among all of them, in one sentence: never a judgement."""
    if told.mine is None or told.z_adjusted is None or told.judged.comparator is None:
        return f"Nothing was published of this practice for {said_text(told.judged.period)}."
    unit = unit_of(told.definition)
    beside = (
        f"{unit.say(told.mine.value)} beside {unit.say(told.judged.comparator)} for all practices together"
    )
    if abs(told.z_adjusted) <= Z_ALERT:
        return f"{beside}: within the limits."
    level = "99.8%" if abs(told.z_adjusted) > Z_ALARM else "95%"
    side = "higher" if told.z_adjusted > 0 else "lower"
    adjusted = ", adjusted for how much practices differ" if told.adjusted else ""
    return f"{beside}: {side} than the {level} limits{adjusted}."
