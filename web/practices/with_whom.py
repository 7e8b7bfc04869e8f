"""A notice is addressed to whoever signed the contract, with those who joined it: where the record names another provider of
that day, whoever drafts or issues it is told before.
"""

from __future__ import annotations

from domain.practice import events as e
from domain.practice.provider import provider_on
from web.forms.drawing import Drawing
from web.practices.fields import words_or_why
from web.practices.forms.contract import the_only_contract
from web.practices.told import joined
from web.words import day


def addressed_to_another(drawing: Drawing) -> str:
    """That the letter is not addressed to the provider on record, and what to do; nothing where it is."""
    known, parties = provider_on(drawing.practice, drawing.today), _parties(drawing)
    if known is None or not parties:
        return ""
    name = words_or_why(known.name)
    if name.casefold() in {one.casefold() for one in parties}:
        return ""
    return (
        f"The record says that the contract is with {name} since {day(known.from_on)}, but the letter is addressed to "
        f"{joined(parties)}, by the contract and its changes. If that is wrong, correct the contract, or record the change of "
        "the contractor, before the notice is issued."
    )


def _parties(drawing: Drawing) -> list[str]:
    contract_id = _contract_id(drawing)
    facts = [entry.fact for entry in drawing.practice.standing.values()]
    signed = [one for one in facts if isinstance(one, e.ContractSigned) and one.contract_id == contract_id]
    changed = [
        one
        for one in facts
        if isinstance(one, e.ContractorCompositionChanged) and one.contract_id == contract_id
    ]
    left = {words_or_why(name) for one in changed for name in one.left}
    named = [words_or_why(name) for one in signed for name in one.parties]
    named += [words_or_why(name) for one in changed for name in one.joined]
    return [one for one in dict.fromkeys(named) if one not in left]


def _contract_id(drawing: Drawing) -> str | None:
    """Of the notice or the breach that the address names, else of the only contract that stands."""
    practice = drawing.practice
    named = drawing.thing(practice.notices, "notice_id") or drawing.thing(practice.breaches, "breach_id")
    return named.contract_id if named else the_only_contract(drawing)
