"""Corrections: any fact can be corrected, or withdrawn as entered in error, by a new fact. Nothing is edited."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from domain.practice import events
from domain.practice.cites import standing_cites
from domain.practice.commands import (
    AuthoriseCorrection,
    CorrectFact,
    DeclineCorrection,
    RequestCorrection,
    WithdrawFact,
)
from domain.practice.correctable import correctable_fields, plain, read_field
from domain.practice.dates import day_of, in_order, not_in_the_future
from domain.practice.events import (
    CorrectedField,
    CorrectionDeclined,
    CorrectionRequested,
    FactCorrected,
    FactWithdrawn,
)
from domain.practice.kinds import ONE_OPEN_OF_A_KIND, CorrectionKind
from domain.practice.state import Practice, Request
from domain.practice.things import things
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless

AUTHORISED = (events.TierDecided, events.TierProposalDeclined, events.ContractSigned, events.ContractVaried)
"""Decisions and contract facts: a manager authorises any correction of these, whoever recorded them."""

_BEGINS = (events.FlagRaised, events.IntelligenceRecorded, events.ActionProposed, events.ContractSigned)
_STEPS = (
    *_BEGINS,
    events.FlagCleared,
    events.FlagWithdrawn,
    events.FlagReopened,
    events.IntelligenceCorroborated,
    events.IntelligenceDiscounted,
    events.ActionCompleted,
    events.ActionEvidenceAccepted,
    events.ActionSentBack,
    events.ActionCancelled,
    events.ActionReopened,
)
_ORDERED = (("starts_on", "ends_on"), ("effective_on", "review_on"), ("occurred_on", "next_contact_on"))


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


def correct_fact(practice: Practice, command: CorrectFact, asked: Asked) -> list[Fact]:
    """A person corrects their own fact directly, unless it is a decision or a contract fact."""
    entry = _own(practice, command.version, asked)
    changed = _changed(practice, entry, command.fields, asked)
    if not changed:
        return []
    return [
        FactCorrected(
            corrects=command.version,
            fields=changed,
            reason=Sealed(command.reason),
            request_id=None,
            requested_by=None,
            occurred_on=day_of(command, asked),
        )
    ]


def withdraw_fact(practice: Practice, command: WithdrawFact, asked: Asked) -> list[Fact]:
    """A person withdraws their own fact directly, unless it is a decision or a contract fact."""
    _nothing_rests_on(practice, _own(practice, command.version, asked))
    return [
        FactWithdrawn(
            corrects=command.version,
            reason=Sealed(command.reason),
            request_id=None,
            requested_by=None,
            occurred_on=day_of(command, asked),
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
    fields: tuple[CorrectedField, ...] = ()
    if command.kind == CorrectionKind.WITHDRAW:
        _nothing_rests_on(practice, entry)
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
            occurred_on=day_of(command, asked),
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
    day = day_of(command, asked)
    if request.kind == CorrectionKind.WITHDRAW:
        _nothing_rests_on(practice, entry)
        return [
            FactWithdrawn(
                corrects=request.version,
                reason=Sealed(request.reason.words),
                request_id=request.request_id,
                requested_by=request.requested_by,
                occurred_on=day,
            )
        ]
    wanted = {field.field: json.loads(field.after.words) for field in request.fields}
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
    return [
        CorrectionDeclined(
            request_id=request.request_id, reason=Sealed(command.reason), occurred_on=day_of(command, asked)
        )
    ]


def needs_a_manager(entry: Recorded, person: str) -> bool:
    """Whether a correction of this entry by this person has to be requested."""
    return entry.person != person or isinstance(entry.fact, AUTHORISED)


def _target(practice: Practice, version: int) -> Recorded:
    entry = practice.standing.get(version)
    if entry is None:
        raise RuleBroken(
            "what-is-corrected-stands", "Choose an entry of this practice that was not withdrawn"
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
        entry.person == asked.person,
        "others-entries-are-corrected-by-request",
        "Somebody else recorded this: ask for it to be corrected",
    )
    return entry


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
        if name not in now:
            raise RuleBroken("a-corrected-field-is-one-of-the-fact", f"{name} cannot be corrected here", name)
    values = {name: read_field(type(entry.fact), name, value) for name, value in wanted.items()}
    fields = tuple(
        CorrectedField(field=name, before=_json(now[name]), after=_json(plain(value)))
        for name, value in values.items()
        if plain(value) != now[name]
    )
    if fields:
        _could_be_true(practice, replace(entry.fact, **values), asked)
        _keeps_what_is_always_true(practice, entry, values)
    return fields


def _could_be_true(practice: Practice, fact: Any, asked: Asked) -> None:
    for day in ("occurred_on", "closed_on"):
        if value := getattr(fact, day, None):
            not_in_the_future(value, asked, day)
    for first, last in _ORDERED:
        in_order(getattr(fact, first, None), getattr(fact, last, None), last)
    if isinstance(fact, events.TierDecided | events.TierProposed):
        refuse_unless(bool(fact.inputs), "a-tier-rests-on-facts", "Choose at least one fact", "inputs")
    for cited in ("inputs", "evidence"):
        standing_cites(practice, getattr(fact, cited, ()), cited)
    for about in ("flags", "actions", "intelligence"):
        if not all(thing in getattr(practice, about) for thing in getattr(fact, f"about_{about}", ())):
            raise RuleBroken(
                "what-it-is-about-is-of-this-practice", "Choose from this record", f"about_{about}"
            )


def _keeps_what_is_always_true(practice: Practice, entry: Recorded, values: dict[str, Any]) -> None:
    """What is true of every practice stays true: one open flag an indicator and kind, one open action of its kind."""
    if isinstance(entry.fact, events.FlagRaised) and "kind" in values:
        others = [
            flag for flag in practice.flags.values() if flag.open and flag.flag_id != entry.fact.flag_id
        ]
        if any((flag.indicator, flag.kind) == (entry.fact.indicator, values["kind"]) for flag in others):
            raise RuleBroken("one-open-flag-per-indicator", "That indicator already has an open flag", "kind")
    if isinstance(entry.fact, events.ActionProposed) and "kind" in values:
        from_others = [
            action.kind
            for action in practice.actions.values()
            if not action.ended and action.action_id != entry.fact.action_id
        ]
        if values["kind"] in ONE_OPEN_OF_A_KIND and values["kind"] in from_others:
            raise RuleBroken("one-open-action-of-its-kind", "An action of that kind is already open", "kind")


def _nothing_rests_on(practice: Practice, entry: Recorded) -> None:
    """The first step of a thing is not withdrawn while later steps stand; nor is a practice's registration."""
    refuse_unless(
        not isinstance(entry.fact, events.PracticeRegistered)
        and not (
            isinstance(entry.fact, events.ResponsibilityAssigned) and len(practice.responsibilities) == 1
        ),
        "a-record-keeps-its-beginning",
        "The registration of a practice can be corrected, not withdrawn",
    )
    later = [other for version, other in practice.standing.items() if version > entry.version]
    if isinstance(entry.fact, _STEPS):
        mine = things(entry.fact)
        resting: Iterable[Recorded] = (
            other
            for other in later
            if things(other.fact) & mine
            and (isinstance(entry.fact, _BEGINS) or isinstance(other.fact, _STEPS))
        )
        if cites := [f"{practice.code}/{other.version}" for other in resting]:
            raise RuleBroken(
                "what-others-rest-on-is-not-withdrawn", f"Withdraw first what rests on it: {', '.join(cites)}"
            )


def _values(fact_type: type[Fact], fields: Iterable[CorrectedField]) -> dict[str, Any]:
    return {
        field.field: read_field(fact_type, field.field, json.loads(field.after.words)) for field in fields
    }


def _json(value: Any) -> Sealed:
    return Sealed(json.dumps(value, ensure_ascii=False))


def correction_requested(practice: Practice, fact: CorrectionRequested, entry: Recorded) -> None:
    practice.requests[fact.request_id] = Request(
        fact.request_id, fact.version, fact.kind, fact.fields, fact.reason, entry.person
    )


def correction_declined(practice: Practice, fact: CorrectionDeclined, entry: Recorded) -> None:
    if request := practice.requests.get(fact.request_id):
        request.status = "declined"


def corrected_or_withdrawn(practice: Practice, fact: FactCorrected | FactWithdrawn, entry: Recorded) -> None:
    if fact.request_id and (request := practice.requests.get(fact.request_id)):
        request.status = "authorised"
