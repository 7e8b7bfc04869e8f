"""The contract, which only the contract holder records: signed, and varied."""

from __future__ import annotations

from datetime import timedelta

from domain.practice.commands import SignContract, VaryContract
from domain.practice.dates import day_of, in_full, in_order, not_in_the_future
from domain.practice.events import ContractSigned, ContractVaried
from domain.practice.standing_contract import standing_contract
from domain.practice.state import Contract, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

UNILATERAL_NOTICE = timedelta(days=14)
"""Least notice of a variation that the holder makes alone (2015 GMS Regulations, Sch. 3 para. 57)."""


def sign_contract(practice: Practice, command: SignContract, asked: Asked) -> list[Fact]:
    """A contract has parties, and ends no earlier than it starts. References are not used twice."""
    refuse_unless(
        command.contract_id not in practice.contracts,
        "contract-ids-are-new",
        "This contract is already recorded",
    )
    refuse_unless(
        command.reference not in {contract.reference.words for contract in practice.contracts.values()},
        "a-contract-reference-is-used-once",
        f"A contract with the reference {command.reference} is already recorded",
        "reference",
    )
    refuse_unless(
        any(party.strip() for party in command.parties),
        "a-contract-has-parties",
        "Enter at least one party to the contract",
        "parties",
    )
    in_order(command.starts_on, command.ends_on, "ends_on")
    return [
        ContractSigned(
            contract_id=command.contract_id,
            reference=Sealed(command.reference),
            contract_type=command.contract_type,
            contractor_kind=practice.kind,
            parties=tuple(Sealed(party) for party in command.parties if party.strip()),
            notice_address=sealed(command.notice_address),
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            services=tuple(Sealed(service) for service in command.services),
            practice_area=sealed(command.practice_area),
            nhs_contract=command.nhs_contract,
            occurred_on=day_of(command, asked),
        )
    ]


def vary_contract(practice: Practice, command: VaryContract, asked: Asked) -> list[Fact]:
    """A variation is signed by both; the holder alone varies only by law, and after notice."""
    contract = practice.contracts.get(command.contract_id)
    if contract is None:
        raise RuleBroken("a-variation-varies-a-contract", "Choose a contract of this practice", "contract_id")
    standing_contract(practice, command.contract_id, command.effective_on)
    in_order(contract.starts_on, command.effective_on, "effective_on")
    for field in ("notice_given_on", "signed_by_holder_on", "signed_by_contractor_on"):
        if (day := getattr(command, field)) is not None:
            not_in_the_future(day, asked, field)
    variation_is_lawful(command)
    return [
        ContractVaried(
            contract_id=command.contract_id,
            variation=Sealed(command.variation),
            clauses=sealed(command.clauses),
            wording=Sealed(command.wording),
            unilateral=command.unilateral,
            legal_basis=sealed(command.legal_basis),
            notice_given_on=command.notice_given_on,
            signed_by_holder_on=command.signed_by_holder_on,
            signed_by_contractor_on=command.signed_by_contractor_on,
            effective_on=command.effective_on,
            occurred_on=day_of(command, asked),
        )
    ]


def variation_is_lawful(variation: VaryContract | ContractVaried) -> None:
    """Signed by both, or made by the holder alone to comply with the law, after notice."""
    if variation.unilateral:
        _may_be_varied_by_one_side(variation)
    elif variation.signed_by_holder_on is None or variation.signed_by_contractor_on is None:
        missing = "signed_by_contractor_on" if variation.signed_by_holder_on else "signed_by_holder_on"
        raise RuleBroken("a-variation-is-signed-by-both", "Enter the day each party signed", missing)


def _may_be_varied_by_one_side(command: VaryContract | ContractVaried) -> None:
    if not command.legal_basis:
        raise RuleBroken(
            "one-side-varies-only-to-comply-with-the-law",
            "Enter the Act, regulation or direction that this variation complies with",
            "legal_basis",
        )
    if command.notice_given_on is None:
        raise RuleBroken(
            "one-side-gives-notice-of-a-variation", "Enter the day notice was given", "notice_given_on"
        )
    earliest = command.notice_given_on + UNILATERAL_NOTICE
    if command.effective_on < earliest:
        raise RuleBroken(
            "a-variation-by-one-side-has-14-days-notice",
            f"It can have effect from {in_full(earliest)}, 14 days after notice was given",
            "effective_on",
        )


def contract_signed(practice: Practice, fact: ContractSigned, entry: Recorded) -> None:
    practice.contracts[fact.contract_id] = Contract(
        fact.contract_id,
        fact.reference,
        fact.contract_type,
        fact.starts_on,
        fact.ends_on,
        area=fact.practice_area,
    )


def contract_varied(practice: Practice, fact: ContractVaried, entry: Recorded) -> None:
    if contract := practice.contracts.get(fact.contract_id):
        contract.varied_on = fact.effective_on
