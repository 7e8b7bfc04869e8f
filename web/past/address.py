"""The two clocks of an address, and whose screen: how they are read, and how a page of the past is addressed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from application.casebook import Casebook
from application.no_past import FIRST_DAY, NoPast, Why, check_past
from domain.practice.moment import NOW, Moment
from domain.rules import LONDON
from web.words import day

RECORDED, HAPPENED, THROUGH = "as-recorded-by", "as-happened-on", "as-seen-by"
CLOCKS = RECORDED, HAPPENED, THROUGH
CLOCK_OF = dict(zip(Moment._fields, CLOCKS, strict=False))
"""What each clock of a moment is called in an address."""

SAY_WHEN = (
    "must be a date such as 2026-05-03, a time with its zone such as 2026-05-03T16:00:00Z, "
    "or a position of the record such as 1234"
)
SAY_DAY = "must be a date, such as 2026-05-03"

TO_COME = "must not be still to come"


class WrongClock(Exception):
    """What stands in an address for a clock is none. `name` says for which."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(problem)
        self.name, self.problem = name, problem


def past_or_wrong(present: Casebook, moment: Moment) -> Moment:
    """The moment, of which there is a past. Raises WrongClock."""
    try:
        check_past(present, moment)
    except NoPast as wrong:
        raise WrongClock(CLOCK_OF[wrong.clock], without_past(wrong)) from None
    return moment


def without_past(wrong: NoPast) -> str:
    """What a clock must be that stands where there is no past."""
    match wrong.why:
        case Why.TO_COME:
            return TO_COME
        case Why.TOO_EARLY:
            return f"must not be before {day(FIRST_DAY)}"
        case Why.NOT_IN_RECORD:
            return f"must be a position of the record, from 1 to {wrong.last}"


class LooksAt(NamedTuple):
    """What an address asks for: a moment, and through which organisation's eyes; "" for one's own."""

    moment: Moment = NOW
    through: str = ""

    def __bool__(self) -> bool:
        return self != LooksAt()

    @property
    def asked(self) -> dict[str, str]:
        """As the questions of an address."""
        recorded, day = self.moment
        found = {
            RECORDED: written(recorded) if recorded is not None else "",
            HAPPENED: day.isoformat() if day else "",
            THROUGH: self.through,
        }
        return {name: value for name, value in found.items() if value}


def read(args: Mapping[str, str]) -> LooksAt:
    """Raises WrongClock."""
    return LooksAt(
        Moment(recorded_by(args.get(RECORDED, "").strip()), _happened_on(args.get(HAPPENED, "").strip())),
        args.get(THROUGH, "").strip().upper(),
    )


def recorded_by(typed: str) -> datetime | int | None:
    """An instant or a position; a date means its end in England. Raises WrongClock."""
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) < 19:
        return int(typed)
    try:
        if len(typed) == len("2026-05-03"):
            return end_of(date.fromisoformat(typed)).astimezone(UTC)
        # A plus sign that nobody wrote as %2B arrives as a space.
        instant = datetime.fromisoformat(typed.replace(" ", "+") if "T" in typed else typed)
        if instant.tzinfo is None:
            raise WrongClock(RECORDED, SAY_WHEN)
        return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongClock(RECORDED, SAY_WHEN) from None


def end_of(day: date) -> datetime:
    """The last instant of a day in England."""
    return datetime.combine(day, time.max, LONDON)


def _happened_on(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise WrongClock(HAPPENED, SAY_DAY) from None


def written(recorded: datetime | int) -> str:
    """A position as it is, an instant in UTC."""
    if isinstance(recorded, int):
        return str(recorded)
    return recorded.astimezone(UTC).isoformat().replace("+00:00", "Z")


def at(path: str, moment: Moment, through: str = "") -> str:
    """The address of a page as it was at a moment: of a path of ours, which may have its own questions and place."""
    parts = urlsplit(path)
    asked = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] not in CLOCKS]
    return urlunsplit(
        parts._replace(query=urlencode([*asked, *LooksAt(moment, through).asked.items()], safe=":"))
    )
