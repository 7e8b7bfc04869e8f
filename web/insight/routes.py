"""The pages of Insight: a picture first, its numbers in a table beside it, and the table as a file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from domain.rules import Asked
from web.band import months_before
from web.charts import svg
from web.export import export
from web.insight import pictures, shares, tables
from web.insight.asking import Period, allowed, counted_by, one_day, who_is_called
from web.insight.counting import BANDS, day_before, spell
from web.insight.fair import AGAINST, VALIDATION, Fair
from web.insight.pictures import NARROW, WIDE, Bar
from web.insight.sections import SECTIONS, whose
from web.insight.tables import Table
from web.practices.forms.common import first_upper
from web.words import plural

blueprint = Blueprint("insight", __name__, url_prefix="/insight")

WITH_WHOM = {
    "contract_holder": "the {} that holds the contract",
    "local_commissioner": "the {} of the practice",
    "caseworker": "the practice’s named {}",
}
USUAL_GAP = 30
"""Days within which both organisations are to speak together about a practice with cause for concern."""

MOST_BARS = 30


def _page(template: str, asked: Asked, **given: Any) -> str:
    return render_template(
        f"insight/{template}.html", sections=SECTIONS, whose=whose(asked), today=asked.on, **given
    )


@blueprint.get("/")
def tiers() -> ResponseReturnValue:
    asked = allowed()
    period = Period.read(months_before(asked.on, 24), asked.on)
    counts, table = tables.tiers(asked, period.since, period.until)
    drawn = [pictures.tiers_over_time(counts, width) for width in (WIDE, NARROW)]
    file = period.address("/insight/tiers.csv")
    return _page("tiers", asked, period=period, counts=counts, drawn=drawn, table=table, file=file)


@blueprint.get("/movement")
def movement() -> ResponseReturnValue:
    asked = allowed()
    period = Period.read(months_before(asked.on, 12), asked.on)
    found, table, listed = tables.moved(asked, period.since, period.until)
    drawn = [pictures.flows(found, period.since, period.until, width) for width in (WIDE, NARROW)]
    return _page(
        "movement",
        asked,
        period=period,
        found=found,
        drawn=drawn,
        table=table,
        listed=listed,
        file=period.address("/insight/movement.csv"),
        listed_file=period.address("/insight/moved.csv"),
    )


@blueprint.get("/time-in-tier")
def time_in_tier() -> ResponseReturnValue:
    asked = allowed()
    on, mistakes = one_day("on", asked.on, asked.on)
    found, table = tables.time_in_tier(asked, on)
    rows = [(tables.stay_called(one), one.bands) for one in found]
    heads = [name for name, _ in BANDS]
    drawn = [pictures.columns(rows, heads, width) for width in (WIDE, NARROW)]
    file = f"/insight/time-in-tier.csv?on={on.isoformat()}"
    return _page(
        "time_in_tier", asked, on=on, mistakes=mistakes, found=found, drawn=drawn, table=table, file=file
    )


@blueprint.get("/overdue")
def overdue() -> ResponseReturnValue:
    asked = allowed()
    period, by = Period.read(asked.on.min, asked.on), counted_by()
    named, table = tables.overdue(asked, by, period.since, period.until)
    called = who_is_called(asked)
    shown = [(name, one) for name, one in named if one.actions][:MOST_BARS]
    rows = [Bar(name, one.actions, f"{one.actions:,}") for name, one in shown]
    drawn = [pictures.bars(rows, width, kind="late") for width in (WIDE, NARROW)]
    return _page(
        "overdue",
        asked,
        period=period,
        all_days=period.since == asked.on.min,
        by=by,
        counted_by={one: first_upper(words) for one, words in called.items()},
        with_whom=WITH_WHOM[by].format(called[by]),
        actions=sum(one.actions for _, one in named),
        practices=sum(one.late_practices for _, one in named),
        drawn=drawn,
        table=table,
        file=period.address("/insight/overdue.csv", by=by),
    )


@blueprint.get("/conversation-gap")
def gap() -> ResponseReturnValue:
    asked = allowed()
    since, mistakes = one_day("since", day_before(asked.on, USUAL_GAP), asked.on)
    found, of, table = tables.gap(asked, since)
    days = (asked.on - since).days
    rows = [
        Bar(one.name, ago, spell(ago))
        if (ago := _ago(asked, one.last_shared_on))
        else Bar(one.name, 0, "never", open=True)
        for one in found[:MOST_BARS]
    ]
    mark = (float(days), plural(days, "day"))
    drawn = [pictures.bars(rows, width, kind="gap", mark=mark) for width in (WIDE, NARROW)]
    file = f"/insight/conversation-gap.csv?since={since.isoformat()}"
    return _page(
        "gap", asked, since=since, mistakes=mistakes, found=found, of=of, drawn=drawn, table=table, file=file
    )


def _ago(asked: Asked, on: Any) -> int | None:
    return (asked.on - on).days if on else None


@blueprint.get("/against")
def against() -> ResponseReturnValue:
    asked = allowed()
    return _shares(asked, AGAINST, Period.read(months_before(asked.on, 24), asked.on))


@blueprint.get("/validation")
def validation() -> ResponseReturnValue:
    asked = allowed()
    return _shares(asked, VALIDATION, Period.read(months_before(asked.on, 24), asked.on))


def _shares(asked: Asked, of: Fair, period: Period) -> str:
    by = counted_by()
    found = of.find(asked, by, period.since, period.until)
    called = who_is_called(asked)
    return _page(
        "shares",
        asked,
        key=svg.key,
        title=of.title,
        period=period,
        from_called=of.from_called,
        to_called=of.to_called,
        by=by,
        counted_by={one: first_upper(words) for one, words in called.items()},
        with_whom=WITH_WHOM[by].format(called[by]),
        said=shares.said(found, of.case, of.said),
        explains=of.explains,
        empty=of.empty,
        own=any(one.own for one in found.teams),
        drawn=shares.picture(found, of.name, of.title, of.cases),
        table=shares.table(found, of.title, of.cases, of.counted, days=of.days),
        caption=of.caption,
        file=period.address(f"/insight/{of.name}.csv", by=by),
    )


# --- the tables as files ------------------------------------------------------------------------------------


@blueprint.get("/tiers.csv")
def tiers_file() -> ResponseReturnValue:
    asked = allowed()
    period = Period.read(months_before(asked.on, 24), asked.on)
    return _file("InsightTiers", tables.tiers(asked, period.since, period.until)[1])


@blueprint.get("/movement.csv")
def movement_file() -> ResponseReturnValue:
    return _file("InsightMovement", _moved()[1])


@blueprint.get("/moved.csv")
def moved_file() -> ResponseReturnValue:
    return _file("InsightMoved", _moved()[2])


def _moved() -> tuple[Any, Table, Table]:
    asked = allowed()
    period = Period.read(months_before(asked.on, 12), asked.on)
    return tables.moved(asked, period.since, period.until)


@blueprint.get("/time-in-tier.csv")
def time_in_tier_file() -> ResponseReturnValue:
    asked = allowed()
    return _file("InsightTimeInTier", tables.time_in_tier(asked, one_day("on", asked.on, asked.on)[0])[1])


@blueprint.get("/overdue.csv")
def overdue_file() -> ResponseReturnValue:
    asked = allowed()
    period = Period.read(asked.on.min, asked.on)
    return _file("InsightOverdue", tables.overdue(asked, counted_by(), period.since, period.until)[1])


@blueprint.get("/conversation-gap.csv")
def gap_file() -> ResponseReturnValue:
    asked = allowed()
    since, _ = one_day("since", day_before(asked.on, USUAL_GAP), asked.on)
    return _file("InsightGap", tables.gap(asked, since)[2])


@blueprint.get("/against.csv")
def against_file() -> ResponseReturnValue:
    return _shares_file("InsightAgainst", AGAINST)


@blueprint.get("/validation.csv")
def validation_file() -> ResponseReturnValue:
    return _shares_file("InsightValidation", VALIDATION)


def _shares_file(name: str, of: Fair) -> ResponseReturnValue:
    asked = allowed()
    period = Period.read(months_before(asked.on, 24), asked.on)
    found = of.find(asked, counted_by(), period.since, period.until)
    return _file(name, shares.in_a_file(found, of.title, of.cases, of.counted, days=of.days))


def _file(name: str, table: Table) -> ResponseReturnValue:
    return export(name, table.name, table.columns, table.rows, len(table.rows))
