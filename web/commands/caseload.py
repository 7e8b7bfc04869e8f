"""The caseload from the command line: as it stands, as it was at a moment, and compared between two days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from application.no_past import FIRST_DAY
from domain.access.permissions import scope_of
from domain.practice.kinds import Tier
from domain.practice.moment import NOW, Moment
from projections.caseload_found import Caseload, Filters
from projections.caseload_order import SORTS, Sort
from projections.caseload_row import CaseloadRow
from projections.caseload_then import known_to, seen_at
from projections.compared import Change, Compared, between
from web.caseload.wanted import NOBODY, Wanted
from web.commands.moments import past_or_refuse, with_clocks
from web.commands.opening import Opened, as_person, opened
from web.commands.printing import many, print_json
from web.commands.purposes import for_purpose, noted
from web.purposes.noted import days_noted
from web.words import label

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("caseload")
@with_clocks
@click.option("--from", "first", type=DAY, help="Compare: how it stood at the end of this day.")
@click.option("--to", "last", type=DAY, help="With this day; without it with today.")
@click.option("--known-now", is_flag=True, help="Compare as is known now, not as was known on each day.")
@click.option("--tier", type=click.Choice([tier.value for tier in Tier]), help="Only practices in this tier.")
@click.option("--contract-holder", metavar="CODE", help="Only practices of this organisation.")
@click.option("--local-commissioner", metavar="CODE", help="Only practices of this organisation.")
@click.option(
    "--caseworker", metavar="PERSON", help="Only practices of this person; none for those of nobody."
)
@click.option("--words", default="", help="Only practices with these words in their name or code.")
@click.option("--overdue", is_flag=True, help="Only practices with overdue actions.")
@click.option("--closed", is_flag=True, help="Closed practices too.")
@click.option("--sort", type=click.Choice(SORTS), default="consequence", help="In which order.")
@click.option("--descending", is_flag=True, help="Turn the order round.")
@click.option("--page", type=click.IntRange(1, 999_999), default=1, help="Which page.")
@for_purpose
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
def caseload_command(
    moment: Moment,
    first: datetime | None,
    last: datetime | None,
    known_now: bool,
    purpose: str | None,
    as_json: bool,
    email: str | None,
    **asked: Any,
) -> None:
    """List practices as the caseload does: now, with either clock set to the past, or what changed between two days."""
    if first is None and (last or known_now):
        raise click.UsageError("--to and --known-now compare with a day that --from gives")
    if first is not None and moment != NOW:
        raise click.UsageError("--from compares two days: leave --as-recorded-by and --as-happened-on out")
    with opened(email) as casebook:
        casebook.may("ReadPractice")
        past_or_refuse(casebook, moment)
        looks_back = moment != NOW or first is not None or purpose is not None
        looked = noted(casebook, purpose, moment) if looks_back else {}
        if first is not None:
            days = first.date(), last.date() if last else casebook.asked.on
            told, number = _compared(casebook, days, asked, known_now=known_now)
            looked["moment"] = days_noted(*days)
        else:
            told, number = _found(casebook, moment, asked)
        name = "Practices" if first is None else "CaseloadCompared"
        casebook.casebook.log_access(casebook.asked, "read", name, number=number, **looked)
    if as_json:
        print_json(told)
        return
    for one in told["practices"]:
        click.echo("  ".join(_in_line(one)))
    click.echo(many(number, "practice"), err=True)


def _in_line(one: dict[str, Any]) -> list[str]:
    if "what" not in one:
        return [one["code"], one["name"], label(Tier(one["tier"]))]
    tiers = [label(stood["tier"]) for stood in (one["before"], one["after"]) if stood]
    return [one["code"], one["name"], one["what"], " -> ".join(dict.fromkeys(tiers))]


def _filters(casebook: Opened, asked: dict[str, Any]) -> Filters:
    chosen = {asked["contract_holder"], asked["local_commissioner"]} - {None}
    succession = casebook.casebook.succession()
    return Filters(
        tier=Tier(asked["tier"]) if asked["tier"] else None,
        contract_holder=asked["contract_holder"],
        local_commissioner=asked["local_commissioner"],
        caseworker="" if asked["caseworker"] == NOBODY else asked["caseworker"],
        predecessors=frozenset().union(
            *(succession.predecessors(code, casebook.asked.on) for code in chosen)
        ),
        words=asked["words"],
        overdue=asked["overdue"],
        closed=asked["closed"],
    )


def _found(casebook: Opened, moment: Moment, asked: dict[str, Any]) -> tuple[dict[str, Any], int]:
    sort: Sort = asked["sort"]
    names = sort == "name" or bool(asked["words"])
    with seen_at(casebook.views, casebook.casebook, casebook.asked, moment, names=names) as then:
        found: Caseload = then.find(
            scope_of(casebook.asked),
            _filters(casebook, asked),
            sort=sort,
            descending=asked["descending"],
            page=asked["page"],
        )
        today = then.today
    told = {
        "today": today,
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "counts": found.counts._asdict(),
        "practices": [_row(one) for one in found.rows],
    }
    return told, found.total


def _row(one: CaseloadRow) -> dict[str, Any]:
    told = one._asdict()
    del told["facts"]  # how many there are tells of what one organisation keeps to itself
    told["tiers"] = [step._asdict() for step in one.tiers]
    told["domains"] = {domain: flags._asdict() for domain, flags in one.domains.items()}
    return told


def _compared(
    casebook: Opened, days: tuple[date, date], asked: dict[str, Any], *, known_now: bool
) -> tuple[dict[str, Any], int]:
    today = casebook.asked.on
    if not FIRST_DAY <= days[0] <= days[1] <= today:
        since = f"{FIRST_DAY:%Y}"
        raise click.UsageError(f"--from is a day since {since} before --to, and neither is still to come")
    wanted = Wanted(first=days[0], last=days[1], known="now" if known_now else "then")
    views = casebook.views
    views.catch_up()
    with views.reading() as reading:
        found: Compared
        found, _ = between(
            reading,
            casebook.casebook.recorder,
            scope_of(casebook.asked),
            [(wanted.moment(day, today), day) for day in days],
            _filters(casebook, asked),
            known_to(reading, casebook.asked, today),
        )
    told = {
        "from": days[0],
        "to": days[1],
        "practices_before": len(found.first),
        "practices_after": len(found.last),
        "flags_changed": found.flags_changed,
        "no_longer_theirs": found.gone,
        "practices": [_change(one) for one in found.changes],
    }
    return told, len(found.changes)


def _change(one: Change) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "what": one.kind,
        "before": one.before and one.before._asdict(),
        "after": one.after and one.after._asdict(),
    }
