"""People who sign in: the first of them, and later ones."""

from __future__ import annotations

from datetime import timedelta

import click

from application.accounts import add_account, make_link
from application.lock_out import LockOut
from application.settings import LISTENS_AT
from domain.access.commands import AddPerson, MakeSignInLink
from domain.access.events import PersonAdded
from domain.access.roles import Role
from domain.practice.dates import in_full
from domain.rules import LONDON, Command
from web.commands.opening import Opened, as_person, opened
from web.commands.refusals import Refused

LINK_LASTS = timedelta(days=7)


@click.group("person")
def person_command() -> None:
    """Add people who may sign in."""


@person_command.command("add")
@click.argument("address", metavar="EMAIL")
@click.option("--name", required=True, help="The person's name, as colleagues know it.")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--organisation", metavar="CODE", help="The ODS code of the organisation they work for.")
@as_person
def add(address: str, name: str, role: str, organisation: str | None, email: str | None) -> None:
    """Add a person with their role, and print a link with which they choose a password.

    The link works once and for 7 days; set CASEBOOK_URL to the address that people use. That the person was added and given the role is recorded.
    """
    address = address.strip().lower()
    with opened(email) as casebook:
        casebook.may("AddPerson")
        if casebook.stores.account(address) is not None:
            raise Refused(f"{address} has an account already: casebook person link makes a new link for it")
        person_id = _recorded_before(casebook, address)
        if person_id is None:
            person_id = casebook.casebook.ids("person")
            person = AddPerson(
                person_id=person_id, name=name, email=address, role=Role(role), organisation=organisation
            )
            _record(casebook, person_id, person)
            _say_if_unknown(casebook, organisation)
        add_account(casebook.stores, email=address, person_id=person_id)
        _print_link(casebook, person_id, name)


@person_command.command("link")
@click.argument("address", metavar="EMAIL")
@as_person
def link(address: str, email: str | None) -> None:
    """Print a new link for a person who lost theirs or forgot their password."""
    with opened(email) as casebook:
        casebook.may("MakeSignInLink")
        account = casebook.stores.account(address)
        if account is None:
            raise Refused(f"Nobody signs in as {address}")
        _print_link(casebook, account.person_id, address)


@person_command.command("unlock")
@click.argument("address", metavar="EMAIL")
@as_person
def unlock(address: str, email: str | None) -> None:
    """Let a person who gave too many wrong passwords try to sign in again at once."""
    with opened(email) as casebook:
        casebook.may("ClearLockOut")
        account = casebook.stores.account(address)
        if account is None:
            raise Refused(f"Nobody signs in as {address}")
        lock_out = LockOut(casebook.stores.record_engine, casebook.settings.session_secret())
        if not lock_out.clear(lock_out.subject_of(address)):
            click.echo(f"{address} was not locked out")
            return
        casebook.casebook.log_access(casebook.asked, "cleared", "LockOut", subject=account.person_id)
        click.echo(f"{address} can try to sign in again")


def _say_if_unknown(casebook: Opened, organisation: str | None) -> None:
    """A slip in a code would leave the person without a practice to see: said, and no more, since names come later."""
    if organisation and not casebook.casebook.aggregate("organisation", organisation).names:
        click.echo(f"No organisation called {organisation} is named yet: check the code", err=True)


def _recorded_before(casebook: Opened, address: str) -> str | None:
    """The person whom a run recorded that was killed before it made their account."""
    recorder, after = casebook.stores.recorder, ""
    while facts := recorder.streams_in_order(after, category="person"):
        for entry in facts:
            if isinstance(entry.fact, PersonAdded) and entry.fact.email.words == address:
                return entry.fact.person_id
        after = facts[-1].stream
    return None


def _print_link(casebook: Opened, person_id: str, name: str) -> None:
    at = casebook.casebook.clock()
    lapses = (at + LINK_LASTS).astimezone(LONDON)
    _record(casebook, person_id, MakeSignInLink(person_id=person_id, lapses_on=lapses.date()))
    token = make_link(casebook.stores, person_id, at=at, lasts=LINK_LASTS)
    casebook.catch_up()
    click.echo(f"{name} chooses a password here, once, by {in_full(lapses.date())} {lapses:%H:%M %Z}:")
    click.echo(f"{casebook.settings.base_url or LISTENS_AT}/first-password/{token}")
    if casebook.settings.base_url is None:
        click.echo(f"{LISTENS_AT} is a guess: set CASEBOOK_URL to the address that people type", err=True)


def _record(casebook: Opened, person_id: str, command: Command) -> None:
    book = casebook.casebook
    book.handle(person_id, command, casebook.asked, command_id=book.ids("command"))
