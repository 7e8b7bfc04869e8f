"""Flags of many practices, one by one: who is flagged on an indicator, in a domain, or by a release.

Whoever reads practices reads it, of those that are theirs: from an indicator, a release or a count to the practices behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import GRANTED, scope_of
from domain.indicators.indicators import KeySet
from domain.practice.kinds import FlagKind, IndicatorDomain
from domain.rules import Asked
from projections import flagged
from projections.flagged import Flag, Wanted
from web.export import MOST, Cell, export
from web.filters import Filter, Option
from web.indicators import read
from web.indicators.series import said_text
from web.indicators.shown import indicators_link
from web.indicators.tables import Linked, Table
from web.practices.flags import EXPLAINED, kind_in_words
from web.practices.links import entry_link
from web.service import catch_up, current_asked, refuse, service
from web.words import day, label

blueprint = Blueprint("flagged", __name__, url_prefix="/key-indicators")

ADDRESS = "/key-indicators/flags"
PAGE = 50


class Choice(NamedTuple):
    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What an address asks for. An indicator or a release that there is none of is no page."""

    indicator: str = ""
    release: str = ""
    domain: IndicatorDomain | None = None
    kind: FlagKind | None = None
    ended: bool = False
    page: int = 1

    @classmethod
    def read(cls, args: Mapping[str, str], known: KeySet, releases: Iterable[str]) -> Chosen:
        indicator, release = args.get("indicator", "").upper(), args.get("release", "")
        if (indicator and indicator not in known) or (release and release not in set(releases)):
            abort(404)
        domain, kind, page = args.get("domain", ""), args.get("kind", ""), args.get("page", "")
        return cls(
            indicator=indicator,
            release=release,
            domain=IndicatorDomain(domain) if domain in set(IndicatorDomain) else None,
            kind=FlagKind(kind) if kind in set(FlagKind) else None,
            ended=args.get("ended") == "yes",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def wanted(self, known: KeySet) -> Wanted:
        """An indicator with those that refine it: a flag on one age and item is one on the immunisations."""
        finer = {code for code, one in known.items() if one.latest and one.latest.part_of == self.indicator}
        return Wanted(
            indicators=frozenset({self.indicator, *finer}) if self.indicator else frozenset(),
            release=self.release,
            domain=self.domain,
            kind=self.kind,
            ended=self.ended,
        )

    def address(self, path: str = ADDRESS, **more: str) -> str:
        return flags_link(
            path,
            **{
                "indicator": self.indicator,
                "release": self.release,
                "domain": self.domain or "",
                "kind": self.kind or "",
                "ended": "yes" if self.ended else "",
                **more,
            },
        )


def flags_link(path: str = ADDRESS, **asked: str) -> str:
    """The list of flags, narrowed."""
    given = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{given}" if given else path


def _allowed() -> Asked:
    asked = current_asked()
    if asked.role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    return asked


COLUMNS = ("Practice", "Code", "Indicator", "Flag", "Period", "Raised", "By", "How it stands")
AS_FILE = (
    *("Practice", "Code", "Domain", "Indicator code", "Indicator", "Kind", "Level", "Period", "Raised", "By"),
    "How it stands",
)


@blueprint.get("/flags")
def practices() -> ResponseReturnValue:
    """The flags of the practices that this person may read: alarms first, then the latest."""
    asked = _allowed()
    known, releases = service.casebook.key_set(), read.every_release()
    chosen = Chosen.read(request.args, known, releases)
    with service.views.reading() as reading:
        found, total, on = flagged.find(
            reading, scope_of(asked), asked.on, chosen.wanted(known), (chosen.page - 1) * PAGE, PAGE
        )
    last = max(1, -(-total // PAGE))
    return render_template(
        "indicators/flagged.html",
        today=asked.on,
        chosen=chosen,
        heading=_heading(chosen, known),
        narrowed=chosen.address(page="") != ADDRESS,
        filters=_filters(chosen, known, releases),
        table=Table("Flags", COLUMNS, [_row(one) for one in found], [_chart(one) for one in found]),
        total=total,
        on=on,
        previous_page=_turned(chosen, chosen.page - 1, last),
        next_page=_turned(chosen, chosen.page + 1, last),
        file=chosen.address(f"{ADDRESS}.csv"),
    )


def _heading(chosen: Chosen, known: KeySet) -> str:
    """Flags on childhood immunisations, by the release 2021-22."""
    latest = known[chosen.indicator].latest if chosen.indicator else None
    on = f" on {latest.name}" if latest else f" in {label(chosen.domain).lower()}" if chosen.domain else ""
    return f"Flags{on}" + (f" by the release {chosen.release}" if chosen.release else "")


def _chart(one: Flag) -> str:
    return indicators_link(one.code, one.indicator)


def _row(one: Flag) -> tuple[Cell | Linked, ...]:
    by = Linked(one.release, f"/releases/{one.release}") if one.release else "by hand"
    kind, level, period = _said(one)
    flag = Linked(f"{level}: {kind}", entry_link(one.code, one.version))
    return (one.practice, one.code, one.name, flag, period, day(one.raised_on), by, _stands(one))


def _said(one: Flag) -> tuple[str, str, str]:
    better = " for the better" if one.direction == "favourable" else ""
    period = said_text(one.period) if one.period else ""
    return f"{kind_in_words(one.kind)}{better}", label(one.level).lower(), period


def _stands(one: Flag) -> str:
    if one.status != "open":
        return f"{one.status} {day(one.ended_on)}" if one.ended_on else one.status
    return ", ".join(filter(None, ("open", EXPLAINED[one.answer])))


def _filters(chosen: Chosen, known: KeySet, releases: Iterable[str]) -> list[Filter]:
    indicators = [
        Option(code, f"{one.latest.name} ({code})", code == chosen.indicator)
        for code, one in known.items()
        if one.latest
    ]
    return [
        Filter("indicator", "Indicator", "Every indicator", sorted(indicators, key=lambda one: one.text)),
        Filter(
            "domain", "Domain", "Every domain",
            [Option(one, label(one), one == chosen.domain) for one in IndicatorDomain],
        ),
        Filter(
            "kind", "Kind", "Every kind", [Option(one, label(one), one == chosen.kind) for one in FlagKind]
        ),
        Filter(
            "release", "Release", "Every release, and by hand",
            [Option(one, one, one == chosen.release) for one in sorted(releases, reverse=True)],
        ),
    ]  # fmt: skip


def _turned(chosen: Chosen, number: int, last: int) -> Choice | None:
    if not 1 <= number <= last:
        return None
    return Choice(f"{number} of {last}", chosen.address(page=str(number)))


@blueprint.get("/flags.csv")
def file() -> ResponseReturnValue:
    asked = _allowed()
    known = service.casebook.key_set()
    chosen = Chosen.read(request.args, known, read.every_release())
    with service.views.reading() as reading:
        total = flagged.find(reading, scope_of(asked), asked.on, chosen.wanted(known), 0, 0)[1]

    def rows() -> Iterator[tuple[Cell, ...]]:
        with service.views.reading() as reading:
            found = flagged.find(reading, scope_of(asked), asked.on, chosen.wanted(known), 0, MOST)[0]
        for one in found:
            yield (
                *(one.practice, one.code, label(one.domain), one.indicator, one.name, *_said(one)),
                *(one.raised_on, one.release or "by hand", _stands(one)),
            )

    return export("Flags", "Flags of practices", AS_FILE, rows(), total)
