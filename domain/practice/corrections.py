"""Corrections: any fact can be corrected, or withdrawn as entered in error, by a new fact. Nothing is edited."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from domain.practice import events
from domain.practice.commands import (
    AuthoriseCorrection,
    CorrectFact,
    DeclineCorrection,
    PracticeCommand,
    RequestCorrection,
    WithdrawFact,
)
from domain.practice.correctable import correctable_fields, holds_words, is_derived, plain, read_field
from domain.practice.dates import day_since
from domain.practice.decided import anew
from domain.practice.events import (
    CorrectedField,
    CorrectionDeclined,
    CorrectionRequested,
    FactCorrected,
    FactWithdrawn,
)
from domain.practice.kinds import CorrectionKind
from domain.practice.lists import barred_by
from domain.practice.resting import nothing_rests_on
from domain.practice.state import Practice, Request
from domain.practice.true import could_be_true
from domain.rules import Asked, DoesNotOpen, Fact, Recorded, RuleBroken, Sealed, refuse_unless
from domain.text import check_years

AUTHORISED = (
    events.TierDecided,
    events.TierProposalDeclined,
    events.DecisionReaffirmed,
    events.ContractSigned,
    events.ContractVaried,
    events.ProviderNamed,
    *events.regulator.FACTS,
    *events.declarations.FACTS,
    *events.lists.FACTS,
    *events.mergers.FACTS,
    *events.contractor.FACTS,
    *events.ladder.FACTS,
    events.NoticeIssued,
    events.NoticeServed,
    events.NoticeReceiptReturned,
    events.NoticeSatisfied,
    events.NoticeNotSatisfied,
    events.NoticeWithdrawn,
    *events.sanctions.FACTS,
    events.FactualChallengeDecided,
)
"""Decisions and contract facts: a manager authorises any correction of these, whoever recorded them. A draft of a notice is
its drafter's to correct until it is issued."""


def effective(history: list[Recorded]) -> list[Recorded]:
    """The facts that stand, as corrected: withdrawn ones left out, corrected ones with their corrected fields."""
    later = [entry.fact for entry in history if isinstance(entry.fact, FactCorrected | FactWithdrawn)]
    if not later:
        return history
    withdrawn = {fact.corrects for fact in later if isinstance(fact, FactWithdrawn)}
    corrected: dict[int, dict[str, Any]] = {}
    by_version = {entry.version: entry for entry in history}
    for fact in later:
        if isinstance(fact, FactCorrected):
            fact_type = type(by_version[fact.corrects].fact)
            corrected.setdefault(fact.corrects, {}).update(_values(fact_type, fact.fields))
    return [
        entry._replace(fact=replace(entry.fact, **corrected[entry.version]))
        if entry.version in corrected
        else entry
        for entry in history
        if entry.version not in withdrawn
    ]


def as_if_corrected(fact: Fact) -> FactCorrected | FactWithdrawn | None:
    """The correction or withdrawal that a fact is, or asks for."""
    if isinstance(fact, CorrectionRequested):
        kind = (
            FactWithdrawn
            if fact.kind == CorrectionKind.WITHDRAW
            else partial(FactCorrected, fields=fact.fields)
        )
        return kind(
            corrects=fact.version,
            reason=fact.reason,
            request_id=None,
            requested_by=None,
            occurred_on=fact.occurred_on,
        )
    return fact if isinstance(fact, FactCorrected | FactWithdrawn) else None


def correct_fact(practice: Practice, command: CorrectFact, asked: Asked) -> list[Fact]:
    """A person corrects their own fact directly, unless it is a decision or a contract fact."""
    entry = _own(practice, command.version, asked)
    changed = _changed(practice, entry, command.fields, asked)
    if not changed:
        return []
    day = _day(command, asked, entry)
    return [
        FactCorrected(
            corrects=command.version,
            fields=changed,
            reason=Sealed(command.reason),
            request_id=None,
            requested_by=None,
            occurred_on=day,
        )
    ]


def withdraw_fact(practice: Practice, command: WithdrawFact, asked: Asked) -> list[Fact]:
    """A person withdraws their own fact directly, unless it is a decision or a contract fact."""
    entry = _own(practice, command.version, asked)
    nothing_rests_on(practice, entry)
    return [
        FactWithdrawn(
            corrects=command.version,
            reason=Sealed(command.reason),
            request_id=None,
            requested_by=None,
            occurred_on=_day(command, asked, entry),
        )
    ]


def request_correction(practice: Practice, command: RequestCorrection, asked: Asked) -> list[Fact]:
    """Another's fact, a decision or a contract fact is corrected by request. One request a fact waits at a time."""
    refuse_unless(
        command.request_id not in practice.requests, "request-ids-are-new", "This request is already recorded"
    )
    entry = _target(practice, command.version)
    for request in practice.requests.values():
        if request.version == command.version and request.status == "open":
            raise RuleBroken("one-request-a-fact", "A request about this entry already waits for a manager")
    day = _day(command, asked, entry)
    fields: tuple[CorrectedField, ...] = ()
    if command.kind == CorrectionKind.WITHDRAW:
        nothing_rests_on(practice, entry)
    else:
        fields = _changed(practice, entry, command.fields, asked)
        if not fields:
            return []
    return [
        CorrectionRequested(
            request_id=command.request_id,
            version=command.version,
            kind=command.kind,
            fields=fields,
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def authorise_correction(practice: Practice, command: AuthoriseCorrection, asked: Asked) -> list[Fact]:
    """A manager who did not ask for it authorises a correction, which then stands."""
    request = _request(practice, command.request_id)
    refuse_unless(
        request.requested_by != asked.person,
        "another-person-authorises-a-correction",
        "You asked for this: another manager must authorise it",
    )
    entry = _target(practice, request.version)
    day = day_since(request.requested_on, command, asked)
    if request.kind == CorrectionKind.WITHDRAW:
        nothing_rests_on(practice, entry)
        return [
            FactWithdrawn(
                corrects=request.version,
                reason=Sealed(request.reason.words),
                request_id=request.request_id,
                requested_by=request.requested_by,
                occurred_on=day,
            )
        ]
    _still_stands_as_it_did(entry, request)
    given = correctable_fields(entry.fact)
    wanted = {
        field.field: json.loads(field.after.words)
        for field in request.fields
        if field.field in given or isinstance(entry.fact, events.TierDecided)
    }
    return [
        FactCorrected(
            corrects=request.version,
            fields=_changed(practice, entry, wanted, asked),
            reason=Sealed(request.reason.words),
            request_id=request.request_id,
            requested_by=request.requested_by,
            occurred_on=day,
        )
    ]


def decline_correction(practice: Practice, command: DeclineCorrection, asked: Asked) -> list[Fact]:
    """A manager declines a request, with reasons."""
    request = _request(practice, command.request_id)
    day = day_since(request.requested_on, command, asked)
    return [CorrectionDeclined(request_id=request.request_id, reason=Sealed(command.reason), occurred_on=day)]


def needs_a_manager(entry: Recorded, asked: Asked) -> bool:
    """Whether a correction of this entry by this person has to be requested."""
    return not _recorded_by(entry, asked) or isinstance(entry.fact, AUTHORISED)


def _recorded_by(entry: Recorded, asked: Asked) -> bool:
    """Whether it is this person's own, recorded for the organisation they ask for now."""
    return entry.person == asked.person and (
        entry.organisation == asked.organisation or entry.organisation in asked.own
    )


def _target(practice: Practice, version: int) -> Recorded:
    entry = practice.standing.get(version)
    if entry is None:
        raise RuleBroken(
            "what-is-corrected-stands", "Choose an entry of this practice that was not withdrawn"
        )
    refuse_unless(
        not isinstance(entry.fact, events.TierRecommended),
        "what-the-rules-recommended-stands",
        "The rules gave this from the facts of that time: correct the facts, and what they recommend then is recorded",
    )
    refuse_unless(
        bool(correctable_fields(entry.fact)),
        "a-correction-is-not-corrected",
        "Correct the entry itself again instead",
    )
    return entry


def _own(practice: Practice, version: int, asked: Asked) -> Recorded:
    entry = _target(practice, version)
    refuse_unless(
        not isinstance(entry.fact, AUTHORISED),
        "a-manager-authorises-corrections-of-decisions-and-contracts",
        "Ask a manager to authorise this correction: it is of a decision or a contract",
    )
    refuse_unless(
        _recorded_by(entry, asked),
        "others-entries-are-corrected-by-request",
        "Somebody else recorded this: ask for it to be corrected",
    )
    return entry


def _day(command: PracticeCommand, asked: Asked, entry: Recorded) -> date:
    """The day of a correction: an entry is corrected after it was recorded."""
    return day_since(entry.recorded_on, command, asked)


def _still_stands_as_it_did(entry: Recorded, request: Request) -> None:
    """A manager authorises the change that was asked for, not one from what the entry has since become."""
    now = _fields_of(entry.fact)
    refuse_unless(
        all(_json(now[field.field]) == field.before for field in request.fields),
        "a-request-is-about-the-entry-as-it-stands",
        "The entry has been corrected since this was asked: decline the request, and ask again if need be",
    )


def _request(practice: Practice, request_id: str) -> Request:
    request = practice.requests.get(request_id)
    if request is None:
        raise RuleBroken(
            "a-request-is-of-this-practice", "Choose a request about this practice", "request_id"
        )
    refuse_unless(
        request.status == "open", "a-request-is-answered-once", f"This request is already {request.status}"
    )
    return request


def _changed(
    practice: Practice, entry: Recorded, wanted: dict[str, Any], asked: Asked
) -> tuple[CorrectedField, ...]:
    """The fields that differ from how the fact is read now; refused when the corrected fact could not be true."""
    now = correctable_fields(entry.fact)
    for name in wanted:
        if name not in now and is_derived(entry.fact):
            raise RuleBroken(
                "what-a-release-derived-is-not-corrected",
                "A release derived this: withdraw the flag, or have the release restated",
                name,
            )
        if name not in now and isinstance(entry.fact, events.TierDecided):
            raise anew(name)
        if name not in now:
            raise RuleBroken("a-corrected-field-is-one-of-the-fact", f"{name} cannot be corrected here", name)
    values = {name: read_field(type(entry.fact), name, value) for name, value in wanted.items()}
    if isinstance(entry.fact, events.PracticeClosed) and "closed_on" in values:
        values["occurred_on"] = values["closed_on"]
        now = _fields_of(entry.fact)
    if isinstance(entry.fact, events.ListClosureRefused) and "occurred_on" in values:
        values["barred_until"] = barred_by(practice, values["occurred_on"])
        now = _fields_of(entry.fact)
    changed = {name: value for name, value in values.items() if plain(value) != now[name]}
    for name, value in changed.items():
        check_years(value, name)
    if changed:
        could_be_true(practice, entry, changed, asked)
    return tuple(
        CorrectedField(field=name, before=_json(now[name]), after=_json(plain(value)))
        for name, value in changed.items()
    )


def _fields_of(fact: Fact) -> dict[str, Any]:
    return {field.name: plain(getattr(fact, field.name)) for field in dataclass_fields(fact)}


def _values(fact_type: type[Fact], fields: Iterable[CorrectedField]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        try:
            found[field.field] = read_field(fact_type, field.field, json.loads(field.after.words))
        except DoesNotOpen:
            # Corrected words that are erased are erased, and not what they took the place of; a day stays as recorded.
            if holds_words(fact_type, field.field):
                found[field.field] = field.after
    return found


def _json(value: Any) -> Sealed:
    return Sealed(json.dumps(value, ensure_ascii=False))


def correction_requested(practice: Practice, fact: CorrectionRequested, entry: Recorded) -> None:
    practice.requests[fact.request_id] = Request(
        fact.request_id, fact.version, fact.kind, fact.fields, fact.reason, entry.person, fact.occurred_on
    )


def correction_declined(practice: Practice, fact: CorrectionDeclined, entry: Recorded) -> None:
    if request := practice.requests.get(fact.request_id):
        request.status = "declined"


def corrected_or_withdrawn(practice: Practice, fact: FactCorrected | FactWithdrawn, entry: Recorded) -> None:
    if fact.request_id and (request := practice.requests.get(fact.request_id)):
        request.status = "authorised"
