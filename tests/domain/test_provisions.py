"""Paragraphs to choose from: dated, of the type of contract and the notice, and none filled in that is not known."""

from datetime import date

import pytest

from domain.practice.contract_kinds import Entitlement
from domain.practice.kinds import ContractorKind, ContractType, NoticeKind
from domain.practice.provisions import PROVISIONS, provisions, usual
from domain.text import Line

ON = date(2026, 11, 21)
PRACTICE, PHARMACY = ContractorKind.GENERAL_PRACTICE, ContractorKind.PHARMACY
LISTED = ContractType.PHARMACEUTICAL_LIST
GMS = "NHS (GMS Contracts) Regulations 2015, Schedule 3, paragraph"
IN_PHARMACY = "NHS (Pharmaceutical and Local Pharmaceutical Services) Regulations 2013, regulation"


@pytest.mark.parametrize(
    ("kind", "contract", "notice", "code"),
    [
        (PRACTICE, ContractType.GMS, NoticeKind.REMEDIAL, f"{GMS} 70"),
        (PRACTICE, ContractType.GMS, NoticeKind.BREACH, f"{GMS} 70"),
        (PRACTICE, ContractType.GMS, NoticeKind.SANCTION, f"{GMS} 72"),
        (PHARMACY, LISTED, NoticeKind.REMEDIAL, f"{IN_PHARMACY} 70"),
        (PHARMACY, LISTED, NoticeKind.BREACH, f"{IN_PHARMACY} 71"),
    ],
)
def test_a_notice_begins_with_the_provision_of_its_contract(kind, contract, notice, code) -> None:
    found = usual(kind, contract, notice, ON)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("kind", "contract", "notice"),
    [
        (PRACTICE, ContractType.GMS, NoticeKind.TERMINATION),
        (PRACTICE, ContractType.PMS, NoticeKind.REMEDIAL),
        (PRACTICE, ContractType.APMS, NoticeKind.SANCTION),
        (PRACTICE, None, NoticeKind.REMEDIAL),
        (PHARMACY, LISTED, NoticeKind.SANCTION),
        (PHARMACY, LISTED, NoticeKind.TERMINATION),
        (PHARMACY, ContractType.LOCAL_PHARMACEUTICAL_SERVICES, NoticeKind.REMEDIAL),
        (ContractorKind.OPHTHALMIC, ContractType.OPHTHALMIC_MANDATORY, NoticeKind.TERMINATION),
        (ContractorKind.OPHTHALMIC, ContractType.OPHTHALMIC_ADDITIONAL, NoticeKind.REMEDIAL),
    ],
)
def test_nothing_is_filled_in_where_it_is_not_known_or_depends_on_the_ground(kind, contract, notice) -> None:
    assert usual(kind, contract, notice, ON) is None


@pytest.mark.parametrize(
    ("entitlement", "numbers"),
    [
        (Entitlement.NOT_SATISFIED, ["70"]),
        (Entitlement.REPEATED, ["70"]),
        (Entitlement.CONDITIONS_NOT_MET, ["65"]),
        (Entitlement.UNTRUE_INFORMATION, ["66"]),
        (Entitlement.OTHER_GROUNDS, ["67", "71"]),
        (Entitlement.SERIOUS_RISK, ["68"]),
        (Entitlement.SUBCONTRACTING, ["69"]),
    ],
)
def test_the_end_of_a_contract_is_under_the_paragraph_of_its_ground(entitlement, numbers) -> None:
    found = provisions(PRACTICE, ContractType.GMS, NoticeKind.TERMINATION, ON, entitlement)
    assert [one.code for one in found] == [f"{GMS} {number}" for number in numbers]


def test_no_type_of_contract_has_the_instrument_of_another() -> None:
    for contract, instrument in (
        (ContractType.PMS, "NHS (PMS Agreements) Regulations 2015, Schedule 2"),
        (ContractType.APMS, "Alternative Provider Medical Services Directions 2022"),
        (ContractType.OPHTHALMIC_ADDITIONAL, "GOS Contracts Regulations 2008, Schedule 1"),
    ):
        kind = ContractorKind.OPHTHALMIC if "ophthalmic" in contract else PRACTICE
        assert {one.code for one in provisions(kind, contract, NoticeKind.REMEDIAL, ON)} == {instrument}


def test_what_was_not_in_force_is_not_offered() -> None:
    assert provisions(PRACTICE, ContractType.GMS, NoticeKind.REMEDIAL, date(2015, 12, 6)) == []
    assert provisions(PRACTICE, ContractType.GMS, NoticeKind.REMEDIAL, date(2015, 12, 7)) != []


def test_every_provision_fits_where_it_is_typed() -> None:
    (words,) = Line.__metadata__
    assert [one.code for one in PROVISIONS if len(one.code) > words.limit] == []
