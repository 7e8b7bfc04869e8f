"""The national registers of contractors: what a row says, and what follows from it for a practice.

There is one of each kind, all of 27 columns: GP practices (ODS epraccur), pharmacies (edispensary), and sites of
opticians (eoptsite). Only the row of such a contractor changes anything, and only when it is active or closed. A
register is a source like any other: what it says is asked for by commands, and the practice's own rules answer them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, NamedTuple

from domain.practice.commands import (
    AssignResponsibility,
    ChangeDetails,
    ClosePractice,
    PracticeCommand,
    RegisterPractice,
    ReopenPractice,
)
from domain.practice.dates import in_full
from domain.practice.events import PracticeClosed
from domain.practice.kinds import ContractorKind
from domain.practice.register import CODE_FORMATS
from domain.practice.state import Practice
from domain.rules import Asked, Command, Fact, Recorded, RuleBroken, Sealed, refuse_unless
from domain.text import Line, check_command

COLUMNS = 27
GP_PRACTICE = "4"
"""The prescribing setting (column 26) of a GP practice."""
COMMUNITY_PHARMACY = "1"
"""The sub-type (column 14) of a community pharmacy; 2 is an appliance contractor."""


class Source(NamedTuple):
    """A register: its `name` is the source of what it led to, and `register-epraccur` its stream. Of a contractor's row
    `setting` is kept beside its code, so that what it listed before is known by it.
    """

    name: str
    kind: ContractorKind
    setting: str


EPRACCUR = "epraccur"
SOURCES = {
    one.kind: one
    for one in (
        Source(EPRACCUR, ContractorKind.GENERAL_PRACTICE, GP_PRACTICE),
        Source("edispensary", ContractorKind.PHARMACY, "pharmacy"),
        Source("eoptsite", ContractorKind.OPHTHALMIC, "optician"),
    )
}
OF_PRACTICES = SOURCES[ContractorKind.GENERAL_PRACTICE]

_CODE = re.compile(r"[A-Z0-9]{3,8}\Z")
_SETTING = re.compile(r"\d{0,3}\Z", re.ASCII)
_DATE = re.compile(r"\d{8}\Z", re.ASCII)


class Status(StrEnum):
    """Column 13."""

    ACTIVE = "A"
    CLOSED = "C"
    DORMANT = "D"
    PROPOSED = "P"


class Outcome(StrEnum):
    """What one row came to. All but `vanished`, which tells of rows that are not there, add up to the rows read."""

    REGISTERED = "registered"
    CHANGED = "changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    DORMANT = "dormant"
    VANISHED = "vanished"
    REJECTED = "rejected"


CHANGES = frozenset({Outcome.REGISTERED, Outcome.CHANGED, Outcome.CLOSED, Outcome.REOPENED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterImported(Fact):
    """An edition of the register was taken in and changed something. `counts` are outcomes and their numbers.

    `sha256` is of the file as given, in hexadecimal; the facts it led to carry it as `source_sha256`.
    """

    NAME: ClassVar[str] = "register.imported"
    register: str
    file: Sealed
    sha256: str
    rows: int
    counts: tuple[tuple[str, int], ...]
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (RegisterImported,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCommand(Command):
    """Something asked for about a register as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRegister(RegisterCommand):
    """Record that an edition of the register was taken in."""

    file: Line
    sha256: str
    counts: dict[str, int]
    register: str = EPRACCUR


@dataclass(slots=True)
class Register:
    """What is known of a register: where in the record it was last said to have been taken in."""

    imported_at: int = 0


def replay(history: Iterable[Recorded]) -> Register:
    register = Register()
    for entry in history:
        register.imported_at = entry.position
    return register


def decide(_register: Register, command: RegisterCommand, asked: Asked) -> list[Fact]:
    """An edition that changed something is recorded, as often as it did."""
    assert isinstance(command, ImportRegister)
    check_command(command)
    counts = command.counts
    return [
        RegisterImported(
            register=command.register,
            file=Sealed(command.file),
            sha256=command.sha256,
            rows=sum(number for outcome, number in counts.items() if outcome != Outcome.VANISHED),
            counts=tuple((str(outcome), counts.get(outcome, 0)) for outcome in Outcome),
            occurred_on=asked.on,
        )
    ]


class Listed(NamedTuple):
    """A row of a register. What stands after `status` is given for its contractors only."""

    code: str
    setting: str
    status: str
    name: str = ""
    address: str | None = None
    postcode: str | None = None
    telephone: str | None = None
    region: str | None = None
    contract_holder: str = ""
    local_commissioner: str | None = None
    joined_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    source: Source = OF_PRACTICES

    @property
    def is_practice(self) -> bool:
        return self.setting == self.source.setting


class Answer(NamedTuple):
    """What a row asks for. With commands, the outcome holds if they record anything; else nothing has changed."""

    outcome: Outcome
    commands: tuple[PracticeCommand, ...] = ()


def listed(columns: Sequence[str], source: Source = OF_PRACTICES) -> Listed:
    """What a row of a register says, or RuleBroken with the column that cannot be read."""
    if len(columns) != COLUMNS:
        raise RuleBroken("a-row-has-27-columns", f"this line has {len(columns)} columns, not {COLUMNS}")
    said = [column.strip() for column in columns]
    code, status = said[0], said[12]
    refuse_unless(
        bool(_CODE.match(code)), "a-row-has-a-code", f"column 1 must be an ODS code, not {_shown(code)}"
    )
    setting = _setting(said, source)
    refuse_unless(
        status in set(Status),
        "a-status-is-a-c-d-or-p",
        f"column 13 must be A, C, D or P, not {_shown(status)}",
    )
    if setting != source.setting:
        return Listed(code, setting, status, source=source)
    active = status == Status.ACTIVE
    # Column 15 is a practice's commissioner; a pharmacy's or an optician's is its headquarters.
    of_practices = source.kind == ContractorKind.GENERAL_PRACTICE
    refuse_unless(not active or bool(said[1]), "a-practice-has-a-name", "column 2, the name, is empty")
    refuse_unless(
        not active or bool(said[3]), "a-practice-has-an-area-team", "column 4, the area team, is empty"
    )
    return Listed(
        code,
        setting,
        status,
        name=said[1],
        address=", ".join(line for line in said[4:9] if line) or None,
        postcode=said[9] or None,
        telephone=said[17] or None,
        region=said[2] or None,
        contract_holder=said[3],
        local_commissioner=said[14] or None if of_practices else None,
        joined_on=_day(said[15], 16) if of_practices else None,
        opened_on=_day(said[10], 11),
        closed_on=_day(said[11], 12),
        source=source,
    )


def _setting(said: Sequence[str], source: Source) -> str:
    """What kind of contractor a row is of: the register's own, or another that is passed over."""
    if source.kind == ContractorKind.GENERAL_PRACTICE:
        refuse_unless(
            bool(_SETTING.match(said[25])),
            "a-setting-is-a-number",
            f"column 26 must be a number, not {_shown(said[25])}",
        )
        return said[25]
    if not CODE_FORMATS[source.kind].match(said[0]):
        # A headquarters, or a site in another country: they stand in the same file, under codes of another form.
        return ""
    if source.kind == ContractorKind.PHARMACY and said[13] != COMMUNITY_PHARMACY:
        return ""
    return source.setting


def answer(row: Listed, practice: Practice | None, sha256: str, was_closed: bool = False) -> Answer:
    """What follows from a row for the practice of its code, None where none is registered.

    `was_closed` says that the register listed the practice as closed when it was last imported.
    """
    if not row.is_practice:
        return Answer(Outcome.SKIPPED)
    match row.status:
        case Status.ACTIVE:
            return _active(row, practice, sha256, was_closed)
        case Status.CLOSED if practice is not None:
            return _closed(row, practice, sha256)
        case Status.DORMANT if practice is not None:
            return Answer(Outcome.DORMANT)
        case _:
            return Answer(Outcome.SKIPPED)


def _active(row: Listed, practice: Practice | None, sha256: str, was_closed: bool) -> Answer:
    if practice is None:
        return Answer(Outcome.REGISTERED, (_register(row, sha256),))
    differs = (*_details(row, practice, sha256), *_responsibility(row, practice, sha256))
    if practice.closed_on is None:
        return Answer(Outcome.CHANGED, differs) if differs else Answer(Outcome.UNCHANGED)
    if was_closed or _closed_by_register(practice, row.source):
        reopen = ReopenPractice(source=row.source.name, source_sha256=sha256)
        return Answer(Outcome.REOPENED, (reopen, *differs))
    # A person closed it, and the register has not yet heard: it does not undo what a person recorded.
    return Answer(Outcome.SKIPPED)


def _closed(row: Listed, practice: Practice, sha256: str) -> Answer:
    if practice.closed_on is not None:
        return Answer(Outcome.UNCHANGED if practice.closed_on == row.closed_on else Outcome.SKIPPED)
    if row.closed_on is None:
        # The day of the import is not the day it closed, and nobody else can know it.
        raise RuleBroken("a-closure-has-a-date", "the status is C, and column 12, the close date, is empty")
    if practice.opened_on is not None and row.closed_on < practice.opened_on:
        raise RuleBroken(
            "an-end-is-not-before-its-start",
            f"column 12, the close date, is before the practice opened on {in_full(practice.opened_on)}",
        )
    return Answer(
        Outcome.CLOSED,
        (ClosePractice(closed_on=row.closed_on, source=row.source.name, source_sha256=sha256),),
    )


def _closed_by_register(practice: Practice, source: Source) -> bool:
    closures = [entry.fact for entry in practice.history if isinstance(entry.fact, PracticeClosed)]
    return bool(closures) and closures[-1].source == source.name


def _register(row: Listed, sha256: str) -> RegisterPractice:
    return RegisterPractice(
        code=row.code,
        kind=row.source.kind,
        name=row.name,
        contract_holder=row.contract_holder,
        local_commissioner=row.local_commissioner,
        region=row.region,
        responsible_from=row.joined_on,
        address=row.address,
        postcode=row.postcode,
        telephone=row.telephone,
        opened_on=row.opened_on,
        source=row.source.name,
        source_sha256=sha256,
    )


def _details(row: Listed, practice: Practice, sha256: str) -> tuple[ChangeDetails, ...]:
    """What is asked for when the details differ. The register knows nothing of the list size: it stays as it is."""
    now = practice.details
    assert now is not None
    stands = (now.name.words, _words(now.address), now.postcode, _words(now.telephone))
    if stands == (row.name, row.address, row.postcode, row.telephone):
        return ()
    return (
        ChangeDetails(
            name=row.name,
            address=row.address,
            postcode=row.postcode,
            telephone=row.telephone,
            list_size=now.list_size,
            source=row.source.name,
            source_sha256=sha256,
        ),
    )


def _responsibility(row: Listed, practice: Practice, sha256: str) -> tuple[AssignResponsibility, ...]:
    """What is asked for when other organisations answer for the practice than were last said to."""
    local = row.local_commissioner
    if practice.responsibilities:
        now = practice.responsibilities[-1]
        if row.source.kind != ContractorKind.GENERAL_PRACTICE:
            # This register does not say: whoever was named stays.
            local = now.local_commissioner
        if (now.contract_holder, now.local_commissioner, now.region) == (
            row.contract_holder,
            local,
            row.region,
        ):
            return ()
    from_on = row.joined_on or practice.opened_on or practice.registered_on
    assert from_on is not None
    return (
        AssignResponsibility(
            contract_holder=row.contract_holder,
            local_commissioner=local,
            region=row.region,
            from_on=from_on,
            source=row.source.name,
            source_sha256=sha256,
        ),
    )


def _words(value: Sealed | None) -> str | None:
    return value.words if value else None


def _day(text: str, column: int) -> date | None:
    if not text:
        return None
    if _DATE.match(text):
        with suppress(ValueError):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    raise RuleBroken("a-date-is-a-day", f"column {column} must be a date as yyyymmdd, not {_shown(text)}")


def _shown(text: str) -> str:
    return repr(text[:20]) if text else "empty"
