"""The practice page: how it stands, why, and what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain.practice.explained import Answer, answer_of
from domain.practice.kinds import Direction, IndicatorDomain, Level
from domain.practice.standing_contract import terminated_on
from domain.practice.state import Practice
from projections.contracts import ContractRow
from projections.flags import FlagRow
from projections.practice import Standing
from web.practices.flags import explained, flag_called, level_in_words
from web.practices.told import About, Names, short
from web.words import contract_called, day, label, plural


class Heading(NamedTuple):
    name: str
    code: str
    facts: list[str]
    """What is said in one line beneath the name, after the contract: patients, organisations, caseworker."""

    closed_on: date | None
    address: str
    telephone: str
    contract: str
    has_contract: bool


class Bearing(NamedTuple):
    """Something open that bears on the tier: in words, and the entries behind it."""

    words: str
    about: list[About]


class DomainFlags(NamedTuple):
    domain: IndicatorDomain
    words: str
    flags: list[tuple[str, str, int, str]]
    """Each open flag: what it is, its level in words, its entry, and the indicator whose chart shows it."""


class ContractBox(NamedTuple):
    title: str
    reference: str
    dates: str
    varied: str
    version: int | None


def heading(standing: Standing, practice: Practice, names: Names) -> Heading:
    details, now = standing.details, standing.now
    facts = [
        plural(details.list_size, "patient") if details.list_size is not None else "",
        names.organisation_now(now.local_commissioner),
        names.organisation_now(now.contract_holder),
        f"caseworker {names.person(details.caseworker)}" if details.caseworker else "no caseworker named",
    ]
    address = ", ".join(filter(None, (*(details.address or "").splitlines(), details.postcode)))
    return Heading(
        details.name,
        details.code,
        list(filter(None, facts)),
        details.closed_on,
        address,
        details.telephone or "",
        *_contract_of(standing, practice),
    )


def _contract_of(standing: Standing, practice: Practice) -> tuple[str, bool]:
    """What the contract is called, one that stands before one that ended; and whether there is any."""
    if not standing.contracts:
        return "no contract recorded", False
    standing_first = sorted(
        standing.contracts, key=lambda one: terminated_on(practice, one.contract_id) is not None
    )
    ended = terminated_on(practice, standing_first[0].contract_id)
    called = contract_called(standing_first[0].contract_type)
    return f"{called}, ended {day(ended)}" if ended else called, True


_BEARS: tuple[tuple[Answer, str], ...] = (
    ("none", "not yet explained"),
    ("not accepted", "whose explanation was not accepted"),
    ("waiting", "whose explanation waits for an answer"),
    ("accepted", "with an accepted explanation"),
)


def bearings(standing: Standing, practice: Practice, today: date) -> list[Bearing]:
    """What is open that a next look at the tier would have to weigh."""
    flags: dict[str, list[About]] = {}
    for flag in standing.flags:
        if flag.open and flag.direction == Direction.ADVERSE:
            answer = answer_of(practice, flag.flag_id)
            flags.setdefault(answer, []).append(About(flag_called(flag), flag.version))
    overdue = [action for action in standing.actions if action.days_late(today)]
    unverified = [heard for heard in standing.intelligence if heard.status == "unverified"]
    found = [
        *(
            (f"{plural(len(found), 'open flag')} {words}", found)
            for answer, words in _BEARS
            if (found := flags.get(answer, []))
        ),
        (
            plural(len(overdue), "overdue action"),
            [About(short(action.issue, 60), action.version) for action in overdue],
        ),
        (
            f"{plural(len(unverified), 'piece')} of soft intelligence not yet verified",
            [About(f"heard {day(heard.recorded_on)}", heard.version) for heard in unverified],
        ),
    ]
    return [Bearing(words, about) for words, about in found if about]


def contracts(standing: Standing, practice: Practice) -> list[ContractBox]:
    return [
        ContractBox(
            label(contract.contract_type),
            contract.reference,
            f"from {day(contract.starts_on)}{_until(practice, contract)}",
            f"last varied {day(contract.variations[-1].effective_on)}" if contract.variations else "",
            contract.version,
        )
        for contract in standing.contracts
    ]


def _until(practice: Practice, contract: ContractRow) -> str:
    """The day on which it ended, or is to end."""
    ended = terminated_on(practice, contract.contract_id)
    if ended is not None:
        return f", ended on {day(ended)}"
    return f" to {day(contract.ends_on)}" if contract.ends_on else ", no end date"


def flags_by_domain(standing: Standing, practice: Practice) -> list[DomainFlags]:
    """Open flags in each of the four domains, in words: variation for enquiry, never a score."""
    found = []
    for domain in IndicatorDomain:
        flags = [flag for flag in standing.flags if flag.domain == domain and flag.open]
        found.append(
            DomainFlags(
                domain,
                counted(flags),
                [(flag_called(flag), _level(practice, flag), flag.version, flag.indicator) for flag in flags],
            )
        )
    return found


def counted(flags: Sequence[FlagRow]) -> str:
    """1 alarm, 2 alerts; nothing when there is none."""
    adverse = [flag for flag in flags if flag.direction == Direction.ADVERSE]
    alarms = sum(flag.level == Level.ALARM for flag in adverse)
    return flag_words(alarms, len(adverse) - alarms, len(flags) - len(adverse))


def flag_words(alarms: int, alerts: int, favourable: int = 0) -> str:
    return ", ".join(
        words
        for number, words in (
            (alarms, plural(alarms, "alarm")),
            (alerts, plural(alerts, "alert")),
            (favourable, f"{favourable} favourable"),
        )
        if number
    )


def _level(practice: Practice, flag: FlagRow) -> str:
    return ", ".join(filter(None, (level_in_words(flag), explained(practice, flag))))
