"""Registration, details, responsibility, the caseworker, closure and reopening, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import ContractorKind, Side
from web.practices.fields import field_label, in_words
from web.practices.told import Changed, Told, joined, listed, lower_first, typed
from web.words import day

if TYPE_CHECKING:
    from web.practices.telling import Telling


CALLED = {
    ContractorKind.GENERAL_PRACTICE: "Practice",
    ContractorKind.PHARMACY: "Pharmacy",
    ContractorKind.OPHTHALMIC: "Optician",
}
"""What a contractor of each kind is called where its record begins and ends."""


def registered(_t: Telling, fact: e.PracticeRegistered) -> Told:
    return Told(
        title=f"{CALLED[fact.kind]} registered",
        group="record",
        how="record begins",
        rows=listed(
            ("Name", fact.name),
            ("Address", fact.address),
            ("Postcode", fact.postcode),
            ("Telephone", fact.telephone),
            ("Opened", fact.opened_on),
            ("Patients", fact.list_size),
            ("From", "" if fact.source == "form" else fact.source),
        ),
    )


def details_changed(_t: Telling, fact: e.DetailsChanged) -> Told:
    changes = tuple(
        Changed(
            field_label(change.field), in_words(change.before) or "none", in_words(change.after) or "none"
        )
        for change in fact.changes
    )
    what = joined(lower_first(change.label) for change in changes)
    return Told(
        title=f"Details changed: {what}" if what else "Details changed",
        group="record",
        how="" if fact.source == "form" else f"from {fact.source}",
        changes=changes,
    )


def responsibility_assigned(t: Telling, fact: e.ResponsibilityAssigned) -> Told:
    names = t.names.organisation
    pairs = (
        (t.names.side(Side.CONTRACT_HOLDER), fact.before_contract_holder, fact.contract_holder),
        (t.names.side(Side.LOCAL_COMMISSIONER), fact.before_local_commissioner, fact.local_commissioner),
        ("region", fact.before_region, fact.region),
    )
    first = fact.before_contract_holder is None
    return Told(
        title="Responsibility begins" if first else "Responsibility changed",
        group="record",
        how=f"from {day(fact.from_on)}",
        words=typed(("", fact.reason)),
        rows=listed(*((name[:1].upper() + name[1:], names(after)) for name, _, after in pairs))
        if first
        else (),
        changes=()
        if first
        else tuple(
            Changed(name[:1].upper() + name[1:], names(before) or "none", names(after) or "none")
            for name, before, after in pairs
            if before != after
        ),
    )


def caseworker_named(t: Telling, fact: e.CaseworkerNamed) -> Told:
    now, before = t.names.person(fact.caseworker), t.names.person(fact.before)
    return Told(
        title=f"Caseworker: {now}" if now else "No caseworker named",
        group="record",
        how=f"from {day(fact.from_on)}",
        words=typed(("", fact.note)),
        changes=(Changed("Caseworker", before, now or "nobody"),) if before else (),
    )


def closed(t: Telling, fact: e.PracticeClosed) -> Told:
    return Told(
        title=f"{CALLED[t.practice.kind]} closed",
        group="record",
        how=f"at the end of {day(fact.closed_on)}",
        words=typed(("", fact.reason)),
        rows=listed(("Successor", fact.successor), ("From", "" if fact.source == "form" else fact.source)),
    )


def reopened(t: Telling, fact: e.PracticeReopened) -> Told:
    return Told(
        title=f"{CALLED[t.practice.kind]} open again",
        group="record",
        words=typed(("", fact.reason)),
        rows=listed(("From", "" if fact.source == "form" else fact.source)),
    )
