"""Opens an installation for one command, and says who is asking: a person with --as, else the operator."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from application.casebook import Casebook
from application.demonstration.clock import clock_of
from application.ids import new_id
from application.past import CasebookThen
from application.settings import Settings, settings_from
from application.stores import Stores, open_stores
from domain.access import permissions
from domain.rules import Asked, DoesNotOpen, RuleBroken, operator
from web.commands.refusals import Refused

F = TypeVar("F", bound=Callable[..., Any])

OPERATOR = "operator"


def as_person(command: F) -> F:
    """The option that every command takes."""
    return click.option(
        "--as",
        "email",
        metavar="EMAIL",
        help="Act as this person, with what their role allows. Without it you act as the operator.",
    )(command)


@dataclass(frozen=True)
class Opened:
    """An open installation, and who is asking."""

    settings: Settings
    stores: Stores
    casebook: Casebook
    asked: Asked

    @property
    def views(self) -> Any:
        """The views. They are loaded when they are asked for: what reads facts alone does without them."""
        if isinstance(self.casebook, CasebookThen):
            from projections.past import ViewsThen

            return ViewsThen(self.casebook, None)
        from projections.catch_up import Views

        return Views(self.stores)

    def may(self, task: str) -> None:
        """Refuse what neither the permission table grants a person nor the operator is for."""
        if self.asked.role == OPERATOR or permissions.may(self.asked, task):
            return
        rule = "the-role-may-do-this"
        self.casebook.log_access(self.asked, "refused", task, rule=rule)
        raise RuleBroken(rule, "Your role does not allow this")

    def called(self, person: str) -> str:
        """What somebody is called, for people to read; JSON has their id, and so has text where their name does not open."""
        if person == OPERATOR:
            return "the operator"
        name = self.casebook.aggregate("person", person).name
        try:
            return name.words if name else person
        except DoesNotOpen:
            return person

    def catch_up(self) -> None:
        """Let the views take in what was recorded. Where there are none that can, a rebuild will: it is recorded."""
        try:
            self.views.catch_up()
        except Exception:  # noqa: BLE001 - whatever is wrong with views, what was recorded is
            click.echo("Recorded; the views could not take it in: run `casebook rebuild`", err=True)


def settings() -> Settings:
    return settings_from(os.environ)


@contextmanager
def opened(email: str | None, stores: Stores | None = None) -> Iterator[Opened]:
    """The installation that the environment names, opened for whoever asks."""
    told = settings()
    stores = stores or open_stores(told)
    try:
        casebook = casebook_on(stores)
        yield Opened(told, stores, casebook, _asked(casebook, email))
    finally:
        stores.close()


def casebook_on(stores: Stores) -> Casebook:
    return Casebook(stores, clock=clock_of(stores), ids=new_id)


def _asked(casebook: Casebook, email: str | None) -> Asked:
    if email is None:
        return operator(casebook.clock())
    account = casebook.stores.account(email)
    if account is None or not account.active:
        raise Refused(f"Nobody signs in as {email}")
    return casebook.asked_as(account.person_id)


def person_asked(email: str | None) -> str:
    """The e-mail address of the person who asks, where only a person may."""
    if email is None:
        raise click.UsageError("Say who asks, with --as EMAIL: the operator records nothing of this kind")
    return email
