"""The key indicator set: what each indicator is on a day, or every version there ever was."""

from __future__ import annotations

from datetime import date

import click

from domain.practice.moment import Moment
from web.commands.moments import list_then, of_then
from web.commands.opening import as_person, opened
from web.commands.printing import print_json


class Day(click.ParamType):
    """A day, as 2014-05-01."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("must be a date that exists, as YYYY-MM-DD", param, ctx)


@click.command("indicators")
@click.option(
    "--on",
    "day",
    type=Day(),
    help="As they are defined on this day; today, or the day of the clocks, where it is left out.",
)
@click.option("--all", "every", is_flag=True, help="Every version of each, whether valid or not.")
@of_then
@click.option("--json", "as_json", is_flag=True, help="As JSON, with all that a definition says.")
@as_person
def indicators_command(
    day: date | None, every: bool, moment: Moment, purpose: str | None, as_json: bool, email: str | None
) -> None:
    """List the key indicator set: now, or with either clock set to the past. `casebook do DefineIndicator` and
    `RetireIndicator` change it.
    """
    with opened(email) as present:
        present.may("ReadIndicators")
        casebook = list_then(present, "KeyIndicators", moment, purpose)
        known = casebook.casebook.key_set()
        today = casebook.asked.on
    if every:
        found = [version for one in known.values() for version in one.versions]
    else:
        found = list(known.on(day or today).values())
    if as_json:
        print_json(found)
        return
    for one in found:
        valid = f"from {one.valid_from}" + (f" until {one.valid_to}" if one.valid_to else "")
        click.echo("  ".join((one.code, f"version {one.version}", valid, one.domain.value, one.name)))
