"""The contract: signed and varied (2015 GMS Regulations, reg. 13 and Sch. 3 para. 57)."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import LEAD, given


def test_a_contract_is_recorded_with_its_parties() -> None:
    command = a.sign_contract(
        reference="GMS 14",
        parties=("Larkfield Road Partnership", "Dr A. Example"),
        notice_address="1 Larkfield Road",
        services=("essential",),
        practice_area="North of the river",
        ends_on=date(2029, 3, 31),
        occurred_on=date(2024, 3, 1),
    )
    given().when(command).then(
        a.contract_signed(
            contract_id=command.contract_id,
            reference=Sealed("GMS 14"),
            parties=(Sealed("Larkfield Road Partnership"), Sealed("Dr A. Example")),
            notice_address=Sealed("1 Larkfield Road"),
            services=(Sealed("essential"),),
            practice_area=Sealed("North of the river"),
            ends_on=date(2029, 3, 31),
            occurred_on=date(2024, 3, 1),
        )
    )


@pytest.mark.parametrize("parties", [(), ("",), (" ", "   ")])
def test_a_contract_has_parties(parties) -> None:
    given().when(a.sign_contract(parties=parties)).then_refused("a-contract-has-parties", "parties")


def test_blank_lines_are_neither_parties_nor_services() -> None:
    given().when(a.sign_contract(parties=("", "A", " "), services=(" ", "essential"))).then_a(
        e.ContractSigned, parties=(Sealed("A"),), services=(Sealed("essential"),)
    )


def test_a_contract_does_not_end_before_it_starts() -> None:
    command = a.sign_contract(starts_on=date(2024, 4, 1), ends_on=date(2024, 3, 31))
    given().when(command).then_refused("an-end-is-not-before-its-start", "ends_on")


def test_a_contract_may_end_on_the_day_it_starts() -> None:
    given().when(a.sign_contract(starts_on=date(2024, 4, 1), ends_on=date(2024, 4, 1))).then_a(
        e.ContractSigned
    )


def test_a_contract_reference_is_used_once() -> None:
    given(a.contract_signed(reference=Sealed("GMS 1"))).when(a.sign_contract(reference="GMS 1")).then_refused(
        "a-contract-reference-is-used-once", "reference"
    )


def test_a_contract_does_not_take_the_place_of_another() -> None:
    signed = a.contract_signed()
    given(signed).when(a.sign_contract(contract_id=signed.contract_id, reference="GMS 2")).then_refused(
        "contract-ids-are-new"
    )


def test_a_variation_signed_by_both_is_recorded() -> None:
    signed = a.contract_signed()
    given(signed).when(a.vary_contract(contract_id=signed.contract_id)).then(
        a.contract_varied(contract_id=signed.contract_id, occurred_on=a.TODAY)
    )


@pytest.mark.parametrize("missing", ["signed_by_holder_on", "signed_by_contractor_on"])
def test_a_variation_is_signed_by_both(missing) -> None:
    signed = a.contract_signed()
    given(signed).when(a.vary_contract(contract_id=signed.contract_id, **{missing: None})).then_refused(
        "a-variation-is-signed-by-both", missing
    )


@pytest.mark.parametrize("signed_by", ["signed_by_holder_on", "signed_by_contractor_on", "notice_given_on"])
@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2199, 12, 31)])
def test_nobody_has_signed_or_given_notice_in_the_future(signed_by, day) -> None:
    signed = a.contract_signed()
    given(signed).when(a.vary_contract(contract_id=signed.contract_id, **{signed_by: day})).then_refused(
        "what-happened-is-not-in-the-future", signed_by
    )


def _alone(**fields):
    signed = a.contract_signed()
    return given(signed).when(
        a.vary_contract(
            contract_id=signed.contract_id,
            unilateral=True,
            signed_by_holder_on=None,
            signed_by_contractor_on=None,
            **fields,
        )
    )


LAW = "NHS (GMS Contracts) (Amendment) Regulations 2026"


def test_one_side_varies_only_to_comply_with_the_law() -> None:
    _alone(legal_basis=None, notice_given_on=date(2026, 3, 1)).then_refused(
        "one-side-varies-only-to-comply-with-the-law", "legal_basis"
    )


def test_one_side_gives_notice() -> None:
    _alone(legal_basis=LAW).then_refused("one-side-gives-notice-of-a-variation", "notice_given_on")


def test_one_side_gives_14_days_notice_and_13_are_too_few() -> None:
    _alone(legal_basis=LAW, notice_given_on=date(2026, 3, 18), effective_on=date(2026, 3, 31)).then_refused(
        "a-variation-by-one-side-has-14-days-notice", "effective_on"
    )
    _alone(legal_basis=LAW, notice_given_on=date(2026, 3, 18), effective_on=date(2026, 4, 1)).then_a(
        e.ContractVaried, unilateral=True, legal_basis=Sealed(LAW), notice_given_on=date(2026, 3, 18)
    )


def test_a_variation_is_of_a_contract_of_this_practice() -> None:
    given().when(a.vary_contract(contract_id="contract-elsewhere")).then_refused(
        "a-variation-varies-a-contract", "contract_id"
    )


def test_a_variation_has_no_effect_before_its_contract_starts() -> None:
    signed = a.contract_signed(starts_on=date(2026, 4, 2))
    given(signed).when(a.vary_contract(contract_id=signed.contract_id)).then_refused(
        "an-end-is-not-before-its-start", "effective_on"
    )


def test_the_local_commissioner_never_records_a_contract_fact() -> None:
    signed = a.contract_signed()
    given().when(a.sign_contract(), LEAD).then_refused("the-role-may-do-this")
    given(signed).when(a.vary_contract(contract_id=signed.contract_id), LEAD).then_refused(
        "the-role-may-do-this"
    )


def test_a_contract_without_two_parties_signatures_is_not_a_corrected_variation() -> None:
    """A correction does not take the signature out of a variation that both had to sign."""
    signed = a.contract_signed()
    given(signed, a.contract_varied(contract_id=signed.contract_id)).when(
        a.request_correction(version=4, fields={"signed_by_contractor_on": None})
    ).then_refused("a-variation-is-signed-by-both")
