"""Who the contractor is made of, where its practice area is, and reviews of its contract."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import ContractorForm
from domain.practice.kinds import ContractorKind, ContractType, ParticipantRole, Side
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import LEAD, OPERATOR, Story, by, given, recorded

CONTRACT = "contract-0000aaaa"
SIGNED = a.contract_signed(contract_id=CONTRACT, practice_area=Sealed("North of the river"))
ALONE, TOGETHER = ContractorForm.INDIVIDUAL, ContractorForm.PARTNERSHIP


def change(**fields):
    return a.change_contractor_composition(contract_id=CONTRACT, **fields)


def test_somebody_joins_or_leaves_without_notice_while_the_contractor_stays_what_it_is() -> None:
    given(SIGNED).when(change(left=("Dr C. Example",))).then_a(
        e.ContractorCompositionChanged,
        joined=(Sealed("Dr B. Example, GMC 1234567"),),
        left=(Sealed("Dr C. Example"),),
        form_after=None,
    )


def test_a_change_changes_something() -> None:
    given(SIGNED).when(change(joined=())).then_refused("a-change-of-composition-changes-something", "joined")
    same = change(joined=(), form_before=TOGETHER, form_after=TOGETHER)
    given(SIGNED).when(same).then_refused("a-change-of-composition-changes-something", "joined")


@pytest.mark.parametrize(
    ("given_on", "taken"),
    [(date(2026, 11, 3), True), (date(2026, 11, 4), False), (None, False)],
)
def test_what_becomes_something_else_gives_28_days_notice(given_on, taken) -> None:
    becomes = change(form_before=ALONE, form_after=TOGETHER, notice_given_on=given_on)
    story = given(SIGNED).when(becomes)
    if taken:
        story.then_a(e.ContractorCompositionChanged, form_after=TOGETHER)
    else:
        story.then_refused(
            "a-change-of-form-has-28-days-notice", "effective_on" if given_on else "notice_given_on"
        )


def test_a_partner_who_carries_on_alone_after_a_death_gives_no_notice() -> None:
    alone = change(
        joined=(), left=("Dr C. Example",), form_before=TOGETHER, form_after=ALONE, after_death=True
    )
    given(SIGNED).when(alone).then_a(e.ContractorCompositionChanged, after_death=True)
    company = change(form_before=TOGETHER, form_after=ContractorForm.COMPANY, after_death=True)
    given(SIGNED).when(company).then_refused("a-change-of-form-has-28-days-notice", "notice_given_on")


@pytest.mark.parametrize(("said", "missing"), [("form_before", "form_after"), ("form_after", "form_before")])
def test_what_becomes_something_else_says_from_what_to_what(said, missing) -> None:
    given(SIGNED).when(change(**{said: TOGETHER})).then_refused(
        "a-change-of-form-says-from-what-to-what", missing
    )


def test_a_practice_area_changes_from_what_it_was() -> None:
    command = a.change_practice_boundary(contract_id=CONTRACT)
    changed = a.practice_boundary_changed(
        contract_id=CONTRACT, before=Sealed("North of the river"), occurred_on=a.TODAY
    )
    given(SIGNED).when(command).then(changed)
    again = a.change_practice_boundary(contract_id=CONTRACT, area="North of the river, and Brookside.")
    given(SIGNED, changed).when(again).then_nothing()
    third = a.change_practice_boundary(contract_id=CONTRACT, area="Brookside only.")
    given(SIGNED, changed).when(third).then_a(
        e.PracticeBoundaryChanged, before=Sealed("North of the river, and Brookside.")
    )


def test_both_are_of_a_contract_of_this_practice_and_not_before_it() -> None:
    for make in (a.change_contractor_composition, a.change_practice_boundary):
        given(SIGNED).when(make()).then_refused("what-changes-is-a-contract-of-this-practice", "contract_id")
        given(SIGNED).when(make(contract_id=CONTRACT, effective_on=date(2024, 3, 31))).then_refused(
            "an-end-is-not-before-its-start", "effective_on"
        )
        given(SIGNED).when(make(contract_id=CONTRACT), LEAD).then_refused("the-role-may-do-this")


def test_a_review_is_held_by_somebody_about_what_is_of_this_practice() -> None:
    flag = a.flag_raised()
    review = a.hold_contract_review(about_flags=(flag.flag_id,))
    given(flag).when(review).then_a(e.ContractReviewHeld, about_flags=(flag.flag_id,))
    given().when(review).then_refused("what-it-is-about-is-of-this-practice", "about_flags")
    nobody = a.hold_contract_review(
        attendees=(a.attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),)
    )
    given().when(nobody).then_refused("a-conversation-has-one-of-us-in-it", "attendees")
    given().when(a.hold_contract_review(), LEAD).then_refused("the-role-may-do-this")


# --- which contracts each kind of contractor has: typed from the regulations of each

HAS = [
    (ContractorKind.GENERAL_PRACTICE, "X90001", {"GMS", "PMS", "APMS"}),
    (ContractorKind.PHARMACY, "FX901", {"pharmaceutical_list", "local_pharmaceutical_services"}),
    (ContractorKind.OPHTHALMIC, "TX901", {"ophthalmic_mandatory", "ophthalmic_additional"}),
]


@pytest.mark.parametrize(("kind", "code", "has"), HAS, ids=[kind.value for kind, _, _ in HAS])
def test_a_contract_is_of_a_kind_that_its_contractor_can_have(kind, code, has) -> None:
    registered = by(OPERATOR, a.practice_registered(code=code, kind=kind))
    story = Story(recorded(registered, by(OPERATOR, a.responsibility_assigned()), code=code))
    for contract_type in ContractType:
        story.when(a.sign_contract(contract_type=contract_type))
        if contract_type.value in has:
            story.then_a(e.ContractSigned, contract_type=contract_type, contractor_kind=kind)
        else:
            story.then_refused("a-contract-is-of-its-contractors-kind", "contract_type")


def test_only_a_general_practice_has_a_practice_area() -> None:
    registered = by(OPERATOR, a.practice_registered(code="FX901", kind=ContractorKind.PHARMACY))
    signed = a.contract_signed(contract_id=CONTRACT, contract_type=ContractType.PHARMACEUTICAL_LIST)
    story = Story(recorded(registered, by(OPERATOR, a.responsibility_assigned()), signed, code="FX901"))
    story.when(a.change_practice_boundary(contract_id=CONTRACT)).then_refused(
        "a-practice-area-is-a-general-practices"
    )


def test_a_correction_keeps_a_contract_of_its_contractors_kind_and_a_change_of_form_lawful() -> None:
    other = a.request_correction(version=3, fields={"contract_type": "pharmaceutical_list"})
    given(SIGNED).when(other).then_refused("a-contract-is-of-its-contractors-kind", "contract_type")
    becomes = a.contractor_composition_changed(
        contract_id=CONTRACT, form_before=ALONE, form_after=TOGETHER, notice_given_on=date(2026, 11, 3)
    )
    early = a.request_correction(version=4, fields={"effective_on": "2026-11-30"})
    given(SIGNED, becomes).when(early).then_refused("a-change-of-form-has-28-days-notice", "effective_on")
