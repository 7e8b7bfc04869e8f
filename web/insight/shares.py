"""Shares by team in our own funnel, so that chance is not shown as difference: numbers in, a funnel and its table out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from markupsafe import Markup

from domain.access.permissions import scope_of
from domain.indicators.signals import Z_ALARM, Z_ALERT
from domain.rules import Asked
from projections import fairness
from projections.fairness import Case
from projections.insight import By
from projections.observations import FEWEST
from web.charts import funnel, svg
from web.charts.funnel import Dot, Limits, Peers
from web.charts.shapes import NARROW, PERCENT, WIDE
from web.export import Cell
from web.indicators.tables import SUPPRESSED, SUPPRESSED_REST, SUPPRESSED_VALUE
from web.insight.tables import Table, called_by
from web.names import sides_in
from web.service import service
from web.words import plural

EDGES = 40
"""At so many sizes the limits are worked out."""


class Share(NamedTuple):
    """A team's: `number` of `of`. The limits are those of chance alone at its size; half took `days` at most, of the
    `with_days` of which the days are known.
    """

    name: str
    of: int
    number: int
    limits: Limits
    days: int | None
    own: bool
    with_days: int = 0

    @property
    def value(self) -> float:
        return self.number / self.of

    @property
    def reads(self) -> str:
        """What may be said of it; of fewer than five, nothing."""
        low, high = self.limits.lower_alarm, self.limits.upper_alarm
        if self.of < FEWEST:
            return "Too few to tell"
        if not low <= self.value <= high:
            return f"{'Higher' if self.value > high else 'Lower'} than chance explains"
        if not self.limits.lower_alert <= self.value <= self.limits.upper_alert:
            return "Chance alone seldom gives this"
        return "Chance alone explains it"


class Shares(NamedTuple):
    """All teams together, and each: the most cases first."""

    of: int
    number: int
    teams: list[Share]

    @property
    def value(self) -> float:
        return self.number / self.of if self.of else 0.0

    @property
    def beyond(self) -> list[Share]:
        return [one for one in self.teams if one.reads.endswith("than chance explains")]

    def beside_chance(self, one: Share, *, kept: bool = False) -> tuple[str, str]:
        """The limits and what may be said of a team beside them. One alone would be compared with itself."""
        if len(self.teams) < 2:
            return "", "None to compare it with"
        return "" if kept else _between(one), one.reads


def against(asked: Asked, by: By, since: date, until: date) -> Shares:
    """Of what was decided, the share that differs from the recommendation."""
    return _shares(
        asked, by, lambda reading, scope: fairness.decided(reading, scope, asked.on, by, since, until)
    )


def soon(asked: Asked, by: By, since: date, until: date) -> Shares:
    """Of the flags that were raised, the share that was validated in good time."""
    return _shares(
        asked, by, lambda reading, scope: fairness.validated(reading, scope, asked.on, by, since, until)
    )


def _shares(asked: Asked, by: By, cases: Callable[..., Iterable[Case]]) -> Shares:
    with service.views.reading() as reading:
        found = list(cases(reading, scope_of(asked)))
        nobody = "Nobody named" if by == "caseworker" else f"No {sides_in(reading, asked).side(by)}"
        called = called_by(reading, asked.on, by, [one.who for one in found], nobody)
    teams: dict[str, list[Case]] = {}
    for one in found:
        teams.setdefault(called(one.who), []).append(one)
    number = sum(one.counted for one in found)
    names = sorted(teams, key=lambda name: (-len(teams[name]), name.casefold()))
    edges = limits_at(number / len(found), [len(teams[name]) for name in names]) if found else []
    own = {asked.organisation, asked.person}
    return Shares(
        len(found),
        number,
        [_share(name, teams[name], here, own) for name, here in zip(names, edges, strict=True)],
    )


def _share(name: str, cases: list[Case], here: Limits, own: set[str | None]) -> Share:
    days = [one.days for one in cases if one.days is not None]
    mine = any(one.who in own for one in cases if one.who)
    counted = sum(one.counted for one in cases)
    return Share(name, len(cases), counted, here, round(median(days)) if days else None, mine, len(days))


def limits_at(comparator: float, sizes: Sequence[float]) -> list[Limits]:
    """The exact limits of chance alone at these numbers of cases: with few of them, what is nearly right is wrong."""
    from domain.indicators.funnel import whole_binomial  # numpy: only where something is drawn

    alert, alarm = (whole_binomial(comparator, sizes, z) for z in (Z_ALERT, Z_ALARM))
    ends = (alarm[0], alert[0], alert[1], alarm[1])
    return [Limits(*one) for one in zip(sizes, *(end.tolist() for end in ends), strict=True)]


def picture(found: Shares, name: str, title: str, of_what: str) -> Markup | None:
    """The funnel: one dot for each team, the own picked out. One team alone is beside nobody."""
    if len(found.teams) < 2:
        return None
    own = next((one for one in found.teams if one.own), None)
    others = [one for one in found.teams if one is not own]
    most = max(one.of for one in found.teams)
    sizes = sorted({round(1 + (most - 1) * step / (EDGES - 1)) for step in range(EDGES)})
    drawn = funnel.Funnel(
        peers=Peers([one.of for one in others], [one.value for one in others]),
        mine=Dot(own.of, own.value) if own else None,
        mine_called=own.name if own else "",
        comparator=found.value,
        limits=limits_at(found.value, sizes),
        adjusted=[],
        unit=PERCENT,
        of_what=of_what,
    )
    description = (
        "A dot for each team, with the limits of chance alone. The table beside it has every number."
    )
    wide, narrow = (funnel.draw(drawn, width) for width in (WIDE, NARROW))
    return svg.both(wide, narrow, name, title, description)


def table(found: Shares, name: str, cases: str, counted: str, *, days: bool = False) -> Table:
    """Each team's numbers beside its limits."""
    rows = [
        (one.name, one.of, one.number, PERCENT.say(one.value), *found.beside_chance(one))
        + ((one.days,) if days else ())
        for one in found.teams
    ]
    return Table(name, _columns(cases, counted, days=days), [tuple(row) for row in rows], [])


def in_a_file(found: Shares, name: str, cases: str, counted: str, *, days: bool = False) -> Table:
    """The same as it is given out: small counts are kept back, and what they could be worked out from."""
    rows = []
    for one in found.teams:
        few, small = one.of < FEWEST, one.number < FEWEST
        kept: Cell = SUPPRESSED if small else SUPPRESSED_REST if one.of - one.number < FEWEST else one.number
        hidden = few or kept != one.number
        row: tuple[Cell, ...] = (
            one.name,
            SUPPRESSED if few else one.of,
            kept,
            SUPPRESSED_VALUE if hidden else PERCENT.say(one.value),
            *found.beside_chance(one, kept=few),
        )
        rows.append(row + ((SUPPRESSED_VALUE if one.with_days < FEWEST else one.days,) if days else ()))
    return Table(name, _columns(cases, counted, days=days), rows, [])


def _columns(cases: str, counted: str, *, days: bool) -> tuple[str, ...]:
    more = ("Half of those validated took at most (days)",) if days else ()
    return ("Whose practices", cases, counted, "Share", "95% limits of chance", "Reads as", *more)


def _between(one: Share) -> str:
    return f"{PERCENT.say(one.limits.lower_alert)} to {PERCENT.say(one.limits.upper_alert)}"


def said(found: Shares, cases: str, counted: str) -> str:
    """The sentence above the funnel: what all teams have together, and of how many it may be said that they differ."""
    together = (
        f"All together: {found.number:,} of {plural(found.of, cases)} {counted} ({PERCENT.say(found.value)})."
    )
    if len(found.teams) < 2:
        return f"{together} There is only one to count by, so there is none to compare it with."
    beyond = [one.name for one in found.beyond]
    differ = (
        f"More than chance explains, {' and '.join(beyond)} {'differs' if len(beyond) == 1 else 'differ'} from all together."
        if beyond
        else "None of them differs from all together by more than chance explains."
    )
    return f"{together} {differ}"
