"""The two clocks of a command, and through whose eyes it looks: their options, and what is then opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any, TypeVar

import click

from application.no_past import NoPast, check_past
from application.past import NotTheirScreen, go_back
from domain.practice.moment import NOW, Moment
from web.commands.opening import Opened
from web.commands.purposes import for_purpose, looked_back
from web.past.address import CLOCK_OF, end_of, without_past

F = TypeVar("F", bound=Callable[..., Any])


class Instant(click.ParamType):
    """A point in time with its zone: without one, it could be another hour. A date is its end in England, as in an address.
    Or a position of the record, which tells apart what was recorded at one instant.
    """

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime | int:
        if isinstance(value, datetime | int):
            return value
        if value.isascii() and value.isdigit() and len(value) < 19:
            return int(value)
        try:
            if len(value) == len("2014-05-01"):
                return end_of(date.fromisoformat(value)).astimezone(UTC)
            instant = datetime.fromisoformat(value)
            if instant.tzinfo is None:
                self.fail("must end with Z or an offset such as +01:00", param, ctx)
            return instant.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(
                "must be a date such as 2014-05-01, a time with its zone such as 2014-05-01T17:00:00Z, "
                "or a position such as 1234",
                param,
                ctx,
            )


def with_clocks(command: F) -> F:
    """The options of both clocks, given to the command as its `moment`."""

    @click.option(
        "--as-recorded-by",
        "by",
        type=Instant(),
        help="What was known by the end of a day: 2014-05-01; at a time: 2014-05-01T17:00:00Z; or up to a position: 1234.",
    )
    @click.option(
        "--as-happened-on",
        "happened",
        type=click.DateTime(["%Y-%m-%d"]),
        help="Of that, how it stood on that day: 2014-05-01.",
    )
    @wraps(command)
    def at_a_moment(*args: Any, by: datetime | int | None, happened: datetime | None, **given: Any) -> Any:
        return command(*args, moment=Moment(by, happened.date() if happened else None), **given)

    return at_a_moment  # type: ignore[return-value]


def with_eyes(command: F) -> F:
    """The option of whose screen of a practice is shown."""
    return click.option(
        "--as-seen-by",
        "through",
        metavar="ORGANISATION",
        default="",
        help="What this organisation could see, of what you may: one that answered for the practice then.",
    )(command)


def past_or_refuse(casebook: Opened, moment: Moment) -> None:
    """Refuse a moment that has no past, before anything is read or noted of it: as a page does."""
    try:
        check_past(casebook.casebook, moment)
    except NoPast as wrong:
        raise click.BadParameter(without_past(wrong), param_hint=f"--{CLOCK_OF[wrong.clock]}") from None


def of_then(command: F) -> F:
    """What every list takes that can be asked for as it was: both clocks, and what for."""
    return with_clocks(for_purpose(command))


def list_then(present: Opened, name: str, moment: Moment, purpose: str | None) -> Opened:
    """The installation at a moment, for a list that leaves a line in the access log where it is looked at as it was."""
    past_or_refuse(present, moment)
    if looked := looked_back(present, purpose, moment):
        present.casebook.log_access(present.asked, "read", name, **looked)
    return went_back(present, moment)


def went_back(casebook: Opened, moment: Moment, through: str = "", code: str = "") -> Opened:
    """The installation as it was at a moment, or as it is."""
    if moment == NOW and not through:
        return casebook
    past_or_refuse(casebook, moment)
    try:
        back = go_back(casebook.casebook, casebook.asked, moment, through.strip().upper(), code)
    except NotTheirScreen:
        raise click.BadParameter(
            f"{through} did not answer then for a practice {code} that you may read",
            param_hint="--as-seen-by",
        ) from None
    return replace(casebook, casebook=back.casebook, asked=back.asked)
