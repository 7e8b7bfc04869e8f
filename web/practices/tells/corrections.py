"""Corrections and withdrawals, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from domain.practice import events as e
from web.practices.fields import field_label, stored_or_why
from web.practices.told import Changed, Told, typed

if TYPE_CHECKING:
    from web.practices.telling import Telling


def _fields(fields: Iterable[e.CorrectedField]) -> tuple[Changed, ...]:
    return tuple(
        Changed(
            field_label(one.field),
            stored_or_why(one.field, one.before),
            stored_or_why(one.field, one.after),
        )
        for one in fields
    )


def correction_requested(t: Telling, fact: e.CorrectionRequested) -> Told:
    about = t.entry(fact.version)
    request = t.practice.requests.get(fact.request_id)
    what = "Withdrawal" if fact.kind == "withdraw" else "Correction"
    return Told(
        title=f"{what} asked for: {about.text}",
        group="record",
        words=typed(("", fact.reason)),
        changes=_fields(fact.fields),
        about=(about,),
        tag={"open": "Waiting for a manager"}.get(request.status, request.status.capitalize())
        if request
        else "",
    )


def correction_declined(t: Telling, fact: e.CorrectionDeclined) -> Told:
    request = t.practice.requests.get(fact.request_id)
    about = t.entry(request.version) if request else None
    return Told(
        title=f"Correction declined: {about.text}" if about else "Correction declined",
        group="record",
        words=typed(("", fact.reason)),
        about=(about,) if about else (),
    )


def fact_corrected(t: Telling, fact: e.FactCorrected) -> Told:
    about = t.entry(fact.corrects)
    return Told(
        title=f"Corrected: {about.text}",
        group="record",
        how=f"asked for by {t.names.person(fact.requested_by)}" if fact.requested_by else "",
        words=typed(("", fact.reason)),
        changes=_fields(fact.fields),
        about=(about,),
    )


def fact_withdrawn(t: Telling, fact: e.FactWithdrawn) -> Told:
    about = t.entry(fact.corrects)
    return Told(
        title=f"Withdrawn as entered in error: {about.text}",
        group="record",
        how=f"asked for by {t.names.person(fact.requested_by)}" if fact.requested_by else "",
        words=typed(("", fact.reason)),
        about=(about,),
    )
