"""What follows from a row of a national register for the practice of its code."""

from __future__ import annotations

from typing import NamedTuple

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
from domain.practice.state import Practice
from domain.register import Outcome, Source
from domain.register_row import Listed, Status
from domain.rules import RuleBroken, Sealed


class Answer(NamedTuple):
    """What a row asks for. With commands, the outcome holds if they record anything; else nothing has changed."""

    outcome: Outcome
    commands: tuple[PracticeCommand, ...] = ()


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
