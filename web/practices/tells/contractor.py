"""Who the contractor is made of, its practice area, and reviews of its contract, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.contract_kinds import ContractorForm
from domain.practice.kinds import ReviewKind
from web.practices.fields import in_words
from web.practices.told import About, Changed, Told, joined, listed, typed
from web.words import day, label

if TYPE_CHECKING:
    from web.practices.telling import Telling


def contractor_composition_changed(t: Telling, fact: e.ContractorCompositionChanged) -> Told:
    what = [
        words
        for words, there in (
            ("joined", bool(fact.joined)),
            ("left", bool(fact.left)),
            ("became something else", fact.form_after is not None),
        )
        if there
    ]
    became: tuple[Changed, ...] = ()
    if fact.form_before and fact.form_after:
        became = (
            Changed(
                "Contractor", label(fact.form_before, ContractorForm), label(fact.form_after, ContractorForm)
            ),
        )
    return Told(
        title=f"The contractor changed: {joined(what)}",
        group="contract",
        how=f"in effect from {day(fact.effective_on)}",
        words=typed(("What was considered of the split", fact.review)),
        rows=listed(
            ("Joined", "; ".join(in_words(one) for one in fact.joined)),
            ("Left", "; ".join(in_words(one) for one in fact.left)),
            ("Notice given", fact.notice_given_on),
            ("After a death", "yes" if fact.after_death else ""),
        ),
        changes=became,
        about=_contract(t, fact.contract_id),
        tag="Contract",
    )


def practice_boundary_changed(t: Telling, fact: e.PracticeBoundaryChanged) -> Told:
    return Told(
        title="Practice area changed",
        group="contract",
        how=f"in effect from {day(fact.effective_on)}",
        words=typed(("", fact.area), ("Who was consulted", fact.consultation)),
        rows=listed(("Before", fact.before), ("Map", fact.map_reference), ("Variation", fact.variation)),
        about=_contract(t, fact.contract_id),
        tag="Contract",
    )


def contract_review_held(t: Telling, fact: e.ContractReviewHeld) -> Told:
    return Told(
        title="Contract reviewed",
        group="contract",
        how=f"{label(fact.kind, ReviewKind).lower()}, {t.who(fact.participants)}",
        words=typed(
            ("What was found", fact.findings),
            ("What was looked at", fact.scope),
            ("What was seen", fact.evidence_seen),
        ),
        about=t.about(fact),
        tag="Review",
    )


def _contract(t: Telling, contract_id: str) -> tuple[About, ...]:
    contract = t.practice.contracts.get(contract_id)
    if contract is None:
        return ()
    signed = next(
        entry.version
        for entry in t.practice.standing.values()
        if isinstance(entry.fact, e.ContractSigned) and entry.fact.contract_id == contract_id
    )
    return (About(f"the contract {in_words(contract.reference)}", signed),)
