"""Which provider a practice's contract is with: one at a time, from a day."""

from datetime import date

import pytest

from domain.practice.provider import in_turn, provider_on
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, by, given

FERNHILL, MOORSIDE = Sealed("Fernhill Health Partnership"), Sealed("Moorside Primary Care Ltd")
FIRST, LATER = date(2025, 4, 1), date(2026, 4, 1)


def on(story, day):
    provider = provider_on(story.practice(), day)
    return provider and provider.name


def test_a_provider_is_named_with_a_code_if_it_has_one_and_from_a_day() -> None:
    command = a.name_provider(provider_name="Moorside Primary Care Ltd", provider_code="8HX01", from_on=LATER)
    named = a.provider_named(
        provider_name=MOORSIDE, provider_code="8HX01", from_on=LATER, occurred_on=a.TODAY
    )
    given().when(command).then(named)


def test_the_same_provider_again_records_nothing_and_its_code_is_something_new() -> None:
    story = given(a.provider_named(from_on=FIRST))
    story.when(a.name_provider(from_on=LATER)).then_nothing()
    story.when(a.name_provider(from_on=LATER, provider_code="8HX01")).then_a(type(a.provider_named()))


def test_the_provider_of_a_day_is_the_last_to_have_begun_by_then() -> None:
    story = given(a.provider_named(from_on=FIRST), a.provider_named(from_on=LATER, provider_name=MOORSIDE))
    assert on(story, date(2025, 3, 31)) is None
    assert on(story, FIRST) == on(story, date(2026, 3, 31)) == FERNHILL
    assert on(story, LATER) == MOORSIDE


def test_an_earlier_provider_that_is_recorded_late_takes_its_own_time_only() -> None:
    story = given(a.provider_named(from_on=LATER, provider_name=MOORSIDE), a.provider_named(from_on=FIRST))
    assert (on(story, FIRST), on(story, LATER)) == (FERNHILL, MOORSIDE)


def test_of_two_that_begin_on_one_day_the_one_recorded_last_counts() -> None:
    story = given(a.provider_named(from_on=LATER, provider_name=MOORSIDE), a.provider_named(from_on=LATER))
    assert [one.name for one in in_turn(story.practice())] == [FERNHILL]


@pytest.mark.parametrize("provider_code", ["8hx01", "no code"])
def test_a_providers_code_is_an_organisations(provider_code) -> None:
    given().when(a.name_provider(provider_code=provider_code)).then_refused(
        "a-code-has-its-form", "provider_code"
    )


def test_a_provider_has_a_name() -> None:
    given().when(a.name_provider(provider_name="  ")).then_refused(
        "what-is-asked-for-is-given", "provider_name"
    )


def test_only_the_contract_holder_names_the_provider() -> None:
    given().when(a.name_provider(), LEAD).then_refused("the-role-may-do-this")


def test_a_provider_is_corrected_by_request_as_contract_facts_are() -> None:
    told, by_manager = (
        a.provider_named(from_on=FIRST),
        "a-manager-authorises-corrections-of-decisions-and-contracts",
    )
    fields = {"provider_name": "Fernhill Partnership", "from_on": "2025-04-02"}
    given(told).when(a.correct_fact(version=3, fields=fields)).then_refused(by_manager)
    request = given(told).when(a.request_correction(version=3, fields=fields)).decided()
    authorise = a.authorise_correction(request_id=request.request_id)
    corrected = given(told, request).when(authorise, MANAGER).decided()
    after = given(told, request, by(MANAGER, corrected))
    assert on(after, FIRST) is None
    assert on(after, date(2025, 4, 2)) == Sealed("Fernhill Partnership")
