"""Practices whose evidence is most like one's, and whose tier is another: like cases seen side by side.

The one practice is as its decision knows it; the others are as they stand today. Only practices that the reader may read are
looked at, and of these only what the reader sees.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from application.framework.alike import apart_from
from domain.access.permissions import scope_of
from domain.framework.evidence import Evidence
from domain.framework.likeness import NEARLY, RULE, Difference, Profile, profile
from domain.framework.parts import Framework
from domain.practice.kinds import IndicatorDomain, Tier
from domain.practice.state import Practice
from domain.rules import Asked
from projections import alike, caseload_found
from projections.alike import Little
from web.practices.links import practice_link
from web.service import catch_up, looking_back, service
from web.words import label, plural

LOOKED_AT, SHOWN = 40, 3
_HOLDS = {RULE: "holds", NEARLY: "nearly holds", 0: "does not hold"}


class Alike(NamedTuple):
    """A practice at another tier: by how many points its evidence stands apart, and in what."""

    name: str
    code: str
    href: str
    tier: str
    points: str
    differs: list[str]


def most_alike(practice: Practice, framework: Framework, on: date, tier: Tier, asked: Asked) -> list[Alike]:
    """The practices at another tier than this that stand nearest. The practice has what the rules look at beside it. Of the
    past none is told: that would be to replay every other practice for one page.
    """
    if looking_back():
        return []
    mine = profile(Evidence(practice, on), framework)
    catch_up()
    with service.views.reading() as reading:
        codes = alike.few(reading, scope_of(asked), asked.on, practice.code, tier, _little(mine), LOOKED_AT)
    found = apart_from(service.casebook, asked, mine, framework, tier, codes)[:SHOWN]
    with service.views.reading() as reading:
        names = caseload_found.names(reading, [other.code for other in found])
    return [
        Alike(
            names.get(other.code, other.code),
            other.code,
            practice_link(other.code),
            label(other.tier, Tier) + ("" if other.reviewed else " (starting tier, not yet reviewed)"),
            plural(other.points, "point"),
            [_said(one) for one in other.differences],
        )
        for other in found
    ]


def _little(mine: Profile) -> Little:
    flags = tuple(
        mine.kinds[f"{domain.value} {level}"] for domain in IndicatorDomain for level in ("alarm", "alert")
    )
    return Little(flags, mine.kinds["intelligence"], mine.kinds["open notice"])


def _said(one: Difference) -> str:
    """What differs, here first."""
    if one.rule:
        return f"rule {one.what} {_HOLDS[one.first]} here, and {_HOLDS[one.second]} there"
    if one.what == "rating":
        return "the regulator rated them otherwise"
    kind, _, level = one.what.rpartition(" ")
    domains = {domain.value: label(domain, IndicatorDomain) for domain in IndicatorDomain}
    what = f"{domains[kind]}, {level}s" if kind in domains else f"{one.what}"
    return f"{what}: {one.first} here, {one.second} there"
