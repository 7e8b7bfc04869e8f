"""Registration, details, responsibility and the named caseworker."""

from dataclasses import replace
from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import ContractorKind
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, MANAGER, OPERATOR, given, given_nothing


def test_a_practice_is_registered_with_the_organisations_that_answer_for_it() -> None:
    given_nothing().when(a.register_practice(), MANAGER).then(
        a.practice_registered(occurred_on=a.TODAY),
        a.responsibility_assigned(from_on=a.TODAY, occurred_on=a.TODAY),
    )


def test_a_practice_is_registered_once() -> None:
    given().when(a.register_practice(), MANAGER).then_refused("a-practice-is-registered-once")


def test_nothing_else_is_recorded_of_a_practice_before_it_is_registered() -> None:
    given_nothing().when(a.raise_flag()).then_refused("a-practice-is-registered-first")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ContractorKind.GENERAL_PRACTICE, "A81001"),
        (ContractorKind.GENERAL_PRACTICE, "X90001"),
        (ContractorKind.PHARMACY, "FA001"),
        (ContractorKind.OPHTHALMIC, "TP12C"),
    ],
)
def test_each_kind_of_contractor_has_its_own_form_of_code(kind, code) -> None:
    given_nothing().when(a.register_practice(code=code, kind=kind), MANAGER).then(
        a.practice_registered(code=code, kind=kind, occurred_on=a.TODAY),
        a.responsibility_assigned(from_on=a.TODAY, occurred_on=a.TODAY),
    )


@pytest.mark.parametrize(
    "code", ["X9", "X9000", "X900011", "x90001", "990001", "X9000A", "X90001\u0661", "V81997", "V81999"]
)
def test_what_is_not_a_practices_code_is_refused(code) -> None:
    given_nothing().when(a.register_practice(code=code), MANAGER).then_refused(
        "a-code-is-an-ods-code", "code"
    )


def test_a_pharmacys_code_is_no_general_practices() -> None:
    given_nothing().when(a.register_practice(code="FA001"), MANAGER).then_refused(
        "a-code-is-an-ods-code", "code"
    )


def test_a_practice_has_not_opened_in_the_future() -> None:
    given_nothing().when(a.register_practice(opened_on=date(2026, 11, 22)), MANAGER).then_refused(
        "what-happened-is-not-in-the-future", "opened_on"
    )


@pytest.mark.parametrize("size", [-1, 1_000_001])
def test_a_list_has_no_fewer_than_nobody_and_no_more_than_a_million(size) -> None:
    given_nothing().when(a.register_practice(list_size=size), MANAGER).then_refused(
        "a-list-size-is-a-count", "list_size"
    )
    given().when(a.change_details(list_size=size)).then_refused("a-list-size-is-a-count", "list_size")


@pytest.mark.parametrize("size", [0, 1_000_000])
def test_a_list_of_nobody_and_of_a_million_are_taken(size) -> None:
    given().when(a.change_details(list_size=size)).then_a(e.DetailsChanged, list_size=size)


def test_a_change_of_details_keeps_what_it_was_before() -> None:
    given().when(a.change_details(name="Larkfield Surgery", list_size=6_191)).then(
        a.details_changed(
            list_size=6_191,
            changes=(
                e.Change(
                    field="name", before=Sealed("Larkfield Road Surgery"), after=Sealed("Larkfield Surgery")
                ),
                e.Change(field="list_size", before=None, after=Sealed("6191")),
            ),
            occurred_on=a.TODAY,
        )
    )


def test_unchanged_details_record_nothing() -> None:
    given().when(a.change_details()).then_nothing()
    given(a.details_changed()).when(a.change_details(name="Larkfield Surgery")).then_nothing()


def test_details_of_nothing_but_spaces_are_absent_and_so_unchanged() -> None:
    given().when(a.change_details(address="  ", postcode=" ", telephone="   ")).then_nothing()


def test_responsibility_is_dated_and_keeps_what_it_replaces() -> None:
    given().when(
        a.assign_responsibility(local_commissioner="99B", region="Y99", from_on=date(2026, 4, 1)), OPERATOR
    ).then(
        a.responsibility_assigned(
            local_commissioner="99B",
            from_on=date(2026, 4, 1),
            before_contract_holder="Q99",
            before_local_commissioner="99A",
            before_region="Y99",
            occurred_on=a.TODAY,
        )
    )


def test_the_same_responsibility_again_records_nothing() -> None:
    given().when(a.assign_responsibility(local_commissioner="99A", region="Y99"), OPERATOR).then_nothing()


def test_who_is_responsible_is_known_for_each_day() -> None:
    practice = given(a.responsibility_assigned(local_commissioner="99B", from_on=date(2026, 4, 1))).practice()
    for day, commissioner in (
        (date(2024, 11, 20), None),
        (date(2024, 11, 21), "99A"),
        (date(2026, 3, 31), "99A"),
        (date(2026, 4, 1), "99B"),
    ):
        responsible = practice.responsible_on(day)
        assert (responsible and responsible.local_commissioner) == commissioner


def test_an_organisation_may_act_until_the_day_another_becomes_responsible() -> None:
    moved = given(a.responsibility_assigned(contract_holder="Q98", from_on=date(2026, 11, 22)))
    moved.when(a.raise_flag(), CASEWORKER).then_a(e.FlagRaised)
    moved = given(a.responsibility_assigned(contract_holder="Q98", from_on=date(2026, 11, 21)))
    moved.when(a.raise_flag(), CASEWORKER).then_refused("the-organisation-is-responsible-for-the-practice")
    moved = given(a.responsibility_assigned(contract_holder="Q98", from_on=date(2026, 11, 21)))
    moved.when(a.raise_flag(), replace(CASEWORKER, organisation="Q98")).then_a(e.FlagRaised)


def test_a_caseworker_is_named_from_a_day_and_keeps_who_it_was_before() -> None:
    given(a.caseworker_named()).when(
        a.name_caseworker(
            caseworker="person-00000002", from_on=date(2026, 11, 16), note="Amira is on leave."
        ),
        MANAGER,
    ).then(
        a.caseworker_named(
            caseworker="person-00000002",
            before="person-00000001",
            from_on=date(2026, 11, 16),
            note=Sealed("Amira is on leave."),
            occurred_on=a.TODAY,
        )
    )


def test_the_same_caseworker_again_records_nothing() -> None:
    given(a.caseworker_named()).when(a.name_caseworker()).then_nothing()
    given().when(a.name_caseworker(caseworker=None)).then_nothing()


def test_nobody_may_be_named() -> None:
    given(a.caseworker_named()).when(a.name_caseworker(caseworker=None), MANAGER).then_a(
        e.CaseworkerNamed, caseworker=None, before="person-00000001"
    )


@pytest.mark.parametrize(
    "who", ["Amira Khan", "person-", "person-Amira", "flag-00000001", "person-00000001 "]
)
def test_a_caseworker_is_a_person_who_signs_in_and_not_typed_words(who) -> None:
    given().when(a.name_caseworker(caseworker=who)).then_refused("a-caseworker-signs-in", "caseworker")


def test_nothing_happened_in_the_future() -> None:
    tomorrow = date(2026, 11, 22)
    for command, asked in (
        (a.change_details(name="Other", occurred_on=tomorrow), CASEWORKER),
        (a.name_caseworker(occurred_on=tomorrow), CASEWORKER),
        (a.assign_responsibility(occurred_on=tomorrow), OPERATOR),
    ):
        given().when(command, asked).then_refused("what-happened-is-not-in-the-future", "occurred_on")


def test_a_caseworker_is_not_named_ahead() -> None:
    """Pages show who is named now; a hand-over next week is recorded next week."""
    given().when(a.name_caseworker(from_on=date(2026, 11, 22))).then_refused(
        "what-happened-is-not-in-the-future", "from_on"
    )
