"""The contract, its variations and whom it is with, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from web.practices.fields import in_words
from web.practices.told import Told, listed, typed
from web.words import contract_called, day, first_upper

if TYPE_CHECKING:
    from web.practices.telling import Telling


def contract_signed(_t: Telling, fact: e.ContractSigned) -> Told:
    return Told(
        title=f"{first_upper(contract_called(fact.contract_type))} signed",
        group="contract",
        how=f"in effect from {day(fact.starts_on)}" + (f" to {day(fact.ends_on)}" if fact.ends_on else ""),
        rows=listed(
            ("Reference", fact.reference),
            ("Parties", fact.parties),
            ("Address for notices", fact.notice_address),
            ("Services", "; ".join(filter(None, (in_words(service) for service in fact.services)))),
            ("Practice area", fact.practice_area),
            ("NHS contract", fact.nhs_contract),
        ),
        tag="Contract",
    )


def contract_varied(_t: Telling, fact: e.ContractVaried) -> Told:
    return Told(
        title=f"Contract varied: {in_words(fact.variation)}",
        group="contract",
        how=f"in effect from {day(fact.effective_on)}",
        words=typed(("", fact.wording), ("Legal basis", fact.legal_basis)),
        rows=listed(
            ("Clauses", fact.clauses),
            ("Made by", "the contract holder alone" if fact.unilateral else "both parties"),
            ("Notice given", fact.notice_given_on),
            ("Signed by the contract holder", fact.signed_by_holder_on),
            ("Signed by the contractor", fact.signed_by_contractor_on),
        ),
        tag="Contract",
    )


def provider_named(_t: Telling, fact: e.ProviderNamed) -> Told:
    code = f" ({fact.provider_code})" if fact.provider_code else ""
    return Told(
        title=f"Provider: {in_words(fact.provider_name)}{code}",
        group="contract",
        how=f"has the contract from {day(fact.from_on)}",
        tag="Contract",
    )
