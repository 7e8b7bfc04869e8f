"""Making an installation, and filling one with the demonstration."""

from __future__ import annotations

from contextlib import closing

import click

from application.demonstration import fill
from application.demonstration.clock import DEMONSTRATION
from application.first_rules import record_first_rules
from application.init import init
from application.key_set import holds_more_than_the_key_set, record_key_set
from application.stores import Stores
from projections.catch_up import Views
from projections.observations_judged import Observations
from web.commands.opening import as_person, casebook_on, opened, settings
from web.commands.printing import progress
from web.commands.refusals import Refused

WHOLE = "demonstration-whole"
"""The mark of a demonstration that was told to its end."""


@click.command("init")
@click.option(
    "--stores-only", is_flag=True, help="Record nothing: `casebook demo` records all of it on its own days."
)
@as_person
def init_command(stores_only: bool, email: str | None) -> None:
    """Create or upgrade the stores: the record, its keys and the views. Again, it changes nothing.

    It records version 1 of each of the thirty indicators of the key set that the record lacks, and of the tier
    framework's rules where it has none.
    """
    told = settings()
    if email is not None:
        # Who a person is stands in the record: where there is none yet, nobody is known.
        with opened(email) as asking:
            asking.may("Init")
    with closing(init(told, make_views)) as stores:
        if not stores_only:
            casebook = casebook_on(stores)
            record_key_set(casebook)
            record_first_rules(casebook)
    click.echo("Casebook is ready, " + ("on PostgreSQL." if told.database_url else f"in {told.home}."))


def make_views(stores: Stores) -> None:
    Views(stores).make()


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Where there is data already, leave it as it is and say so.")
@as_person
def demo_command(if_empty: bool, email: str | None) -> None:
    """Fill an empty store with the demonstration: invented practices over two years.

    A store with anything in it is refused. The demonstration's accounts work at this machine only.
    """
    with opened(email) as casebook:
        casebook.may("Demo")
        stores = casebook.stores
        if stores.mark(DEMONSTRATION) is not None and stores.mark(WHOLE) is None:
            raise Refused(
                f"The demonstration here was cut short: remove {casebook.settings.home} and begin again"
            )
        if holds_more_than_the_key_set(stores):
            if not if_empty:
                raise Refused("There is data here already: the demonstration fills an empty store only")
            click.echo("There is data here already, which is kept as it is.")
            return
        with progress("Telling the demonstration") as show:
            practices = fill(stores, show, Observations)
        stores.set_mark(WHOLE, "yes")
        casebook.catch_up()
    click.echo(f"The demonstration is told: {practices} practices.")
