"""Flags of many practices: by domain, and by indicator and release, with what chance alone would give beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from domain.practice.kinds import IndicatorDomain
from domain.releases.releases import RESTATED, Release
from domain.rules import Asked
from projections import flagged
from web.export import MOST, Cell, export
from web.indicators.read import every_release
from web.indicators.released import FOUND, Edition, editions, found_table
from web.indicators.shown import indicators_link
from web.indicators.tables import Table, plain
from web.insight.asking import allowed
from web.insight.sections import SECTIONS, whose
from web.practices.presenters import flag_words
from web.service import service
from web.words import label

blueprint = Blueprint("flags", __name__, url_prefix="/insight")

PAGE = 50


class Choice(NamedTuple):
    text: str
    href: str
    current: bool = False


# --- by domain ------------------------------------------------------------------------------------------------

BY_DOMAIN = ("Practice", "Code", *(label(domain) for domain in IndicatorDomain))


@blueprint.get("/flags")
def by_domain() -> ResponseReturnValue:
    """Each practice with open flags, and in which domains they are."""
    asked = allowed()
    typed = request.args.get("page", "")
    number = max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
    with service.views.reading() as reading:
        found = flagged.practices(reading, scope_of(asked), asked.on, (number - 1) * PAGE, PAGE)
    table = Table(
        "Flags by domain",
        BY_DOMAIN,
        [_practice(one) for one in found.rows],
        [indicators_link(one.code) for one in found.rows],
    )
    last = max(1, -(-found.total // PAGE))
    return _page(
        "flags_by_domain",
        asked,
        table=table,
        found=found,
        previous_page=_turned(number - 1, last),
        next_page=_turned(number + 1, last),
    )


def _practice(one: flagged.Flagged) -> tuple[Cell, ...]:
    return (one.name, one.code, *(flag_words(*one.domains[domain]) for domain in IndicatorDomain))


def _turned(number: int, last: int) -> Choice | None:
    return Choice(f"{number} of {last}", f"/insight/flags?page={number}") if 1 <= number <= last else None


# --- by indicator and release ---------------------------------------------------------------------------------


@blueprint.get("/flags-by-release")
def by_release() -> ResponseReturnValue:
    """What a release found of each indicator, beside what chance alone would give; and the flags that followed."""
    asked = allowed()
    every = _latest_first(every_release())
    chosen = _chosen(every)
    if chosen is None:
        return _page("flags_by_release", asked, name="", table=None, state="", choices=[])
    name, release = chosen
    edition, table = _found(asked, name, release)
    return _page(
        "flags_by_release",
        asked,
        name=name,
        table=table,
        state=_state(release),
        on=edition.published.occurred_on,
        file=f"/insight/flags-by-release.csv?release={name}",
        choices=[Choice(one, f"/insight/flags-by-release?release={one}", one == name) for one, _ in every],
    )


def _latest_first(every: dict[str, Release]) -> list[tuple[str, Release]]:
    known = [(name, one) for name, one in every.items() if one.published is not None]
    return sorted(known, key=lambda one: -one[1].position)


def _chosen(every: list[tuple[str, Release]]) -> tuple[str, Release] | None:
    """The release that is asked for, or else the latest. One that there is not is no page."""
    asked_for = request.args.get("release", "")
    if not asked_for:
        return every[0] if every else None
    found = next((one for one in every if one[0] == asked_for), None)
    return found if found is not None else abort(404)


def _state(release: Release) -> str:
    if not release.stands:
        return "Withdrawn: its numbers stand no more. What follows is what it had found."
    if release.after == RESTATED:
        return f"Restated: this is edition {release.edition}."
    return ""


def _found(asked: Asked, name: str, release: Release) -> tuple[Edition, Table]:
    edition = editions(service.casebook.history(f"release-{name}"))[0]
    known = service.casebook.key_set()
    return edition, found_table(asked, name, edition, known, stands=release.stands)


# --- as files -------------------------------------------------------------------------------------------------


@blueprint.get("/flags.csv")
def by_domain_file() -> ResponseReturnValue:
    asked = allowed()
    with service.views.reading() as reading:
        total = flagged.practices(reading, scope_of(asked), asked.on, 0, 0).total

    def rows() -> Iterator[tuple[Cell, ...]]:
        with service.views.reading() as reading:
            found = flagged.practices(reading, scope_of(asked), asked.on, 0, MOST)
        yield from map(_practice, found.rows)

    return export("FlagsByDomain", "Flags by domain", BY_DOMAIN, rows(), total)


@blueprint.get("/flags-by-release.csv")
def by_release_file() -> ResponseReturnValue:
    asked = allowed()
    chosen = _chosen(_latest_first(every_release()))
    rows = _found(asked, *chosen)[1].rows if chosen else []
    return export("FlagsByRelease", "Flags by indicator and release", FOUND, plain(rows), len(rows))


def _page(template: str, asked: Asked, **given: Any) -> str:
    return render_template(
        f"indicators/{template}.html", sections=SECTIONS, whose=whose(asked), today=asked.on, **given
    )
