"""Registration, details, responsibility, the named caseworker, closure and reopening."""

from __future__ import annotations

import re

from domain.practice.commands import (
    AssignResponsibility,
    ChangeDetails,
    ClosePractice,
    NameCaseworker,
    RegisterPractice,
    ReopenPractice,
)
from domain.practice.dates import day_of, day_since, in_full, in_order, not_in_the_future
from domain.practice.events import (
    CaseworkerNamed,
    Change,
    DetailsChanged,
    PracticeClosed,
    PracticeRegistered,
    PracticeReopened,
    ResponsibilityAssigned,
)
from domain.practice.kinds import ContractorKind
from domain.practice.state import Details, Practice, Responsibility
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed
from domain.text import is_id

CODE_FORMATS = {
    ContractorKind.GENERAL_PRACTICE: re.compile(r"[A-Z]\d{5}\Z"),
    ContractorKind.PHARMACY: re.compile(r"F[A-Z0-9]{4}\Z"),
    ContractorKind.OPHTHALMIC: re.compile(r"T[A-Z0-9]{4}\Z"),
}
"""ODS code formats, as seen in the published register."""

DUMMY_CODES = frozenset({"V81997", "V81998", "V81999"})
"""Codes that mean no practice, not applicable, and unknown."""


def register_practice(practice: Practice, command: RegisterPractice, asked: Asked) -> list[Fact]:
    """A practice is registered once, under its own ODS code, with the organisations that answer for it."""
    refuse_unless(
        not practice.registered, "a-practice-is-registered-once", f"{command.code} is already registered"
    )
    code_is_of_its_kind(command.code, command.kind)
    day = day_of(command, asked)
    if command.opened_on is not None:
        not_in_the_future(command.opened_on, asked, "opened_on")
    a_list_has_no_fewer_than_nobody(command.list_size)
    registered = PracticeRegistered(
        code=command.code,
        kind=command.kind,
        name=Sealed(command.name),
        address=sealed(command.address),
        postcode=command.postcode or None,
        telephone=sealed(command.telephone),
        opened_on=command.opened_on,
        list_size=command.list_size,
        source=command.source,
        source_sha256=command.source_sha256,
        occurred_on=day,
    )
    assigned = ResponsibilityAssigned(
        contract_holder=command.contract_holder,
        local_commissioner=command.local_commissioner or None,
        region=command.region or None,
        from_on=command.responsible_from or day,
        before_contract_holder=None,
        before_local_commissioner=None,
        before_region=None,
        reason=None,
        source=command.source,
        source_sha256=command.source_sha256,
        occurred_on=day,
    )
    return [registered, assigned]


def change_details(practice: Practice, command: ChangeDetails, asked: Asked) -> list[Fact]:
    """Details are recorded when they differ; the same details again record nothing."""
    assert practice.details is not None
    a_list_has_no_fewer_than_nobody(command.list_size)
    now = Details(
        Sealed(command.name),
        sealed(command.address),
        command.postcode or None,
        sealed(command.telephone),
        command.list_size,
    )
    changes = tuple(
        Change(field=name, before=_as_sealed(before), after=_as_sealed(after))
        for name in ("name", "address", "postcode", "telephone", "list_size")
        if (before := getattr(practice.details, name)) != (after := getattr(now, name))
    )
    if not changes:
        return []
    return [
        DetailsChanged(
            name=now.name,
            address=now.address,
            postcode=now.postcode,
            telephone=now.telephone,
            list_size=now.list_size,
            changes=changes,
            source=command.source,
            source_sha256=command.source_sha256,
            occurred_on=day_of(command, asked),
        )
    ]


def assign_responsibility(practice: Practice, command: AssignResponsibility, asked: Asked) -> list[Fact]:
    """Responsibility is dated: the organisations that answer for a practice may change, and have."""
    before = practice.responsibilities[-1] if practice.responsibilities else None
    wanted = (command.contract_holder, command.local_commissioner or None, command.region or None)
    if before and wanted == (before.contract_holder, before.local_commissioner, before.region):
        return []
    return [
        ResponsibilityAssigned(
            contract_holder=command.contract_holder,
            local_commissioner=command.local_commissioner or None,
            region=command.region or None,
            from_on=command.from_on,
            before_contract_holder=before.contract_holder if before else None,
            before_local_commissioner=before.local_commissioner if before else None,
            before_region=before.region if before else None,
            reason=sealed(command.reason),
            source=command.source,
            source_sha256=command.source_sha256,
            occurred_on=day_of(command, asked),
        )
    ]


def name_caseworker(practice: Practice, command: NameCaseworker, asked: Asked) -> list[Fact]:
    """Each practice has at most one named caseworker at a time, and it is known from when."""
    caseworker = command.caseworker or None
    if caseworker == practice.caseworker:
        return []
    refuse_unless(
        caseworker is None or is_id(caseworker, "person"),
        "a-caseworker-signs-in",
        "Choose a person who signs in to Casebook",
        "caseworker",
    )
    day = day_of(command, asked)
    not_in_the_future(command.from_on or day, asked, "from_on")
    return [
        CaseworkerNamed(
            caseworker=caseworker,
            before=practice.caseworker,
            from_on=command.from_on or day,
            note=sealed(command.note),
            occurred_on=day,
        )
    ]


def close_practice(practice: Practice, command: ClosePractice, asked: Asked) -> list[Fact]:
    """A practice closes once, not before it opened and not in the future."""
    if practice.closed_on is not None:
        raise RuleBroken(
            "a-practice-closes-once", f"This practice closed on {in_full(practice.closed_on)}", "closed_on"
        )
    not_in_the_future(command.closed_on, asked, "closed_on")
    in_order(practice.opened_on, command.closed_on, "closed_on")
    return [
        PracticeClosed(
            closed_on=command.closed_on,
            reason=sealed(command.reason),
            successor=command.successor or None,
            source=command.source,
            source_sha256=command.source_sha256,
            occurred_on=command.closed_on,
        )
    ]


def reopen_practice(practice: Practice, command: ReopenPractice, asked: Asked) -> list[Fact]:
    """Only a closed practice reopens, with a reason when a person reopens it."""
    refuse_unless(practice.closed_on is not None, "only-a-closed-practice-reopens", "This practice is open")
    if command.source == "form" and not command.reason:
        raise RuleBroken("reopening-has-a-reason", "Enter why the practice is open again", "reason")
    day = day_since(practice.closed_on, command, asked)
    return [
        PracticeReopened(
            reason=sealed(command.reason),
            source=command.source,
            source_sha256=command.source_sha256,
            occurred_on=day,
        )
    ]


def code_is_of_its_kind(code: str, kind: ContractorKind) -> None:
    if not CODE_FORMATS[kind].match(code) or code in DUMMY_CODES:
        raise RuleBroken(
            "a-code-is-an-ods-code",
            "Enter its ODS code: a letter and five digits for a practice, F and four characters for a pharmacy, T and four "
            "for an optician",
            "code",
        )


def a_list_has_no_fewer_than_nobody(list_size: int | None) -> None:
    if list_size is not None and not 0 <= list_size <= 1_000_000:
        raise RuleBroken(
            "a-list-size-is-a-count", "Enter a number of patients from 0 to 1,000,000", "list_size"
        )


def _as_sealed(value: object) -> Sealed | None:
    return value if value is None or isinstance(value, Sealed) else Sealed(str(value))


def practice_registered(practice: Practice, fact: PracticeRegistered, entry: Recorded) -> None:
    practice.code = fact.code
    practice.kind = fact.kind
    practice.registered_on = fact.occurred_on
    practice.opened_on = fact.opened_on
    practice.details = Details(fact.name, fact.address, fact.postcode, fact.telephone, fact.list_size)


def details_changed(practice: Practice, fact: DetailsChanged, entry: Recorded) -> None:
    practice.details = Details(fact.name, fact.address, fact.postcode, fact.telephone, fact.list_size)


def responsibility_assigned(practice: Practice, fact: ResponsibilityAssigned, entry: Recorded) -> None:
    practice.responsibilities.append(
        Responsibility(fact.from_on, fact.contract_holder, fact.local_commissioner, fact.region)
    )


def caseworker_named(practice: Practice, fact: CaseworkerNamed, entry: Recorded) -> None:
    practice.caseworker = fact.caseworker


def practice_closed(practice: Practice, fact: PracticeClosed, entry: Recorded) -> None:
    practice.closed_on = fact.closed_on


def practice_reopened(practice: Practice, fact: PracticeReopened, entry: Recorded) -> None:
    practice.closed_on = None
