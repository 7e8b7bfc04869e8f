"""Looking for practices and for what was told of them, among what may be read."""

from __future__ import annotations

import click

from domain.practice.moment import Moment
from projections import searching
from projections.searching import WHATS, Found, What
from web.commands.moments import past_or_refuse, went_back, with_clocks
from web.commands.opening import as_person, opened
from web.commands.printing import many, print_json
from web.commands.purposes import for_purpose, looked_back


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(WHATS), help="Only this kind, by pages.")
@click.option("--page", type=click.IntRange(1, 999_999), default=1, help="Which page of a kind.")
@with_clocks
@for_purpose
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
def search_command(
    words: tuple[str, ...],
    kind: What | None,
    page: int,
    moment: Moment,
    purpose: str | None,
    as_json: bool,
    email: str | None,
) -> None:
    """Search practices by name, code or postcode, and what was told of them by its words."""
    with opened(email) as present:
        present.may("Search")
        past_or_refuse(present, moment)
        looked = looked_back(present, purpose, moment)
        casebook = went_back(present, moment)
        views = casebook.views
        views.catch_up()
        with views.reading() as reading:
            found = searching.find(reading, casebook.asked, " ".join(words), kind, page)
        casebook.casebook.log_access(casebook.asked, "searched", "Search", number=found.total, **looked)
    if as_json:
        print_json(_told(found))
        return
    for one in found.practices:
        click.echo("  ".join(filter(None, (one.code, one.name, one.postcode))))
    for hit in found.hits:
        text = "".join(piece.text for piece in hit.passage)
        click.echo(f"{hit.code}/{hit.version}  {hit.happened_on}  {hit.called}  {' '.join(text.split())}")
    if found.meant:
        click.echo(f"Did you mean: {found.meant}", err=True)
    click.echo(f"{found.total:,} found{_alike(found)}", err=True)


def _alike(found: Found) -> str:
    """What is listed though nothing has the words, as the page calls it."""
    if found.total or not found.practices:
        return ""
    return f"; listed: {many(len(found.practices), 'practice')} called like that"


def _told(found: Found) -> dict[str, object]:
    return {
        "total": found.total,
        "counts": found.counts,
        "page": found.page,
        "pages": found.pages,
        "meant": found.meant,
        "practices": [one._asdict() for one in found.practices],
        "entries": [
            {
                "code": hit.code,
                "version": hit.version,
                "practice": hit.name,
                "kind": hit.kind,
                "called": hit.called,
                "happened_on": hit.happened_on,
                "passage": [piece._asdict() for piece in hit.passage],
            }
            for hit in found.hits
        ],
    }
