"""The annual electronic declaration: asked for, submitted, amended."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import LEAD, OPERATOR, given

ASKED = a.declaration_asked_for()
SUBMITTED = a.declaration_submitted()


def test_a_declaration_is_asked_for_with_the_day_by_which_it_is_due() -> None:
    command = a.ask_for_declaration(opens_on=date(2026, 10, 12))
    given().when(command).then(a.declaration_asked_for(opens_on=date(2026, 10, 12)))


def test_a_years_declaration_is_asked_for_once() -> None:
    given(ASKED).when(a.ask_for_declaration()).then_refused(
        "a-declaration-is-asked-for-once", "declaration_year"
    )
    given(ASKED).when(a.ask_for_declaration(declaration_year="2025-26")).then_a(e.DeclarationAskedFor)


@pytest.mark.parametrize(("year", "taken"), [("2026-27", True), ("1999-00", True), ("2026-28", False)])
def test_a_contract_year_is_two_years_that_follow_each_other(year, taken) -> None:
    story = given().when(a.ask_for_declaration(declaration_year=year))
    if taken:
        story.then_a(e.DeclarationAskedFor, declaration_year=year)
    else:
        story.then_refused("a-contract-year-is-two-years-that-follow", "declaration_year")


@pytest.mark.parametrize("year", ["2026", "2026/27", "26-27"])
def test_a_contract_year_has_its_form(year) -> None:
    given().when(a.ask_for_declaration(declaration_year=year)).then_refused(
        "a-code-has-its-form", "declaration_year"
    )


def test_it_is_due_no_earlier_than_it_was_asked_for_and_opened() -> None:
    given().when(a.ask_for_declaration(due_on=date(2026, 10, 11))).then_refused(
        "an-end-is-not-before-its-start", "due_on"
    )
    given().when(a.ask_for_declaration(opens_on=date(2026, 12, 5))).then_refused(
        "an-end-is-not-before-its-start", "due_on"
    )


def test_what_was_asked_for_is_submitted_once_in_time_or_late() -> None:
    for day in (date(2026, 11, 3), a.TODAY):
        command = a.record_declaration(occurred_on=day, exceptions="No hearing loop.")
        given(ASKED).when(command).then(
            a.declaration_submitted(exceptions=Sealed("No hearing loop."), occurred_on=day)
        )
    given(ASKED, SUBMITTED).when(a.record_declaration()).then_refused(
        "a-declaration-is-submitted-once", "declaration_year"
    )


def test_what_was_not_asked_for_is_neither_submitted_nor_amended() -> None:
    for command in (a.record_declaration(), a.amend_declaration()):
        given().when(command).then_refused("a-declaration-is-asked-for-first", "declaration_year")
    given(ASKED).when(a.amend_declaration()).then_refused(
        "only-a-submitted-declaration-is-amended", "declaration_year"
    )


def test_a_submitted_declaration_is_amended_as_often_as_it_changes() -> None:
    amended = a.declaration_amended()
    given(ASKED, SUBMITTED).when(a.amend_declaration()).then_a(e.DeclarationAmended)
    given(ASKED, SUBMITTED, amended).when(a.amend_declaration()).then_a(e.DeclarationAmended)
    early = a.amend_declaration(occurred_on=date(2026, 11, 2))
    given(ASKED, SUBMITTED).when(early).then_refused("an-end-is-not-before-its-start", "occurred_on")


def test_what_is_known_of_a_declaration_is_when_it_was_due_submitted_and_amended() -> None:
    def of(*facts):
        return given(*facts).practice().declarations["2026-27"]

    assert (of(ASKED).due_on, of(ASKED).submitted_on) == (date(2026, 12, 4), None)
    whole = of(ASKED, SUBMITTED, a.declaration_amended())
    assert (whole.submitted_on, whole.amended_on) == (date(2026, 11, 3), date(2026, 11, 10))


def test_only_the_contract_holder_asks_for_a_declaration() -> None:
    given().when(a.ask_for_declaration(), OPERATOR).then_refused("the-role-may-do-this")
    given().when(a.ask_for_declaration(), LEAD).then_refused("the-role-may-do-this")


def test_what_was_asked_for_is_not_withdrawn_under_what_was_submitted() -> None:
    withdraw = a.request_correction(version=3, kind="withdraw", fields={})
    given(ASKED, SUBMITTED).when(withdraw).then_refused("what-others-rest-on-is-not-withdrawn")
