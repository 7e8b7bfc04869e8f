"""Organisations: names, kinds and what they belong to, from a day on."""

from datetime import date

import pytest

from domain.access.organisations import decide, replay
from domain.rules import DoesNotOpen, RuleBroken, Sealed
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, OPERATOR, recorded

NAMED = a.organisation_named()
RENAMED = a.organisation_named(
    name="North Moor", kind="sub_region", label="sub-region", from_on=date(2015, 4, 1)
)


def decided(command, *facts, asked=OPERATOR):
    return decide(replay(recorded(*facts)), command, asked)


def test_an_organisation_is_named_from_a_day_with_its_kind_and_place() -> None:
    assert decided(a.name_organisation()) == [NAMED]


def test_the_same_name_again_records_nothing() -> None:
    assert decided(a.name_organisation(), NAMED) == []
    assert decided(a.name_organisation(from_on=date(2014, 4, 1)), NAMED) == []


def test_what_it_was_called_is_known_for_each_day_in_whatever_order_it_was_recorded() -> None:
    for history in ((NAMED, RENAMED), (RENAMED, NAMED)):
        organisation = replay(recorded(*history))
        assert organisation.named_on(date(2013, 3, 31)) is None
        assert organisation.named_on(date(2013, 4, 1)) == NAMED
        assert organisation.named_on(date(2015, 3, 31)) == NAMED
        assert organisation.named_on(date(2015, 4, 1)) == RENAMED


def test_of_two_names_for_one_day_the_last_recorded_holds() -> None:
    again = a.organisation_named(name="North Moor Area Team")
    assert replay(recorded(NAMED, again)).named_on(date(2013, 4, 1)) == again


def test_an_organisation_may_stand_under_nobody() -> None:
    for nobody in (None, "", " "):
        assert decided(a.name_organisation(part_of=nobody)) == [a.organisation_named(part_of=None)]


def test_its_own_people_say_from_which_day_it_is_where() -> None:
    for asked in (MANAGER, OPERATOR):
        assert decided(a.address_organisation(), asked=asked) == [a.organisation_addressed()]
    with pytest.raises(RuleBroken) as broken:
        decided(a.address_organisation(), asked=LEAD)
    assert (broken.value.rule, broken.value.field) == ("an-organisation-says-its-own-address", "code")


def test_an_address_is_dated_and_the_same_again_records_nothing() -> None:
    moved = a.organisation_addressed(address=Sealed("Moor House"), from_on=date(2027, 1, 4))
    facts = (moved, a.organisation_addressed())
    organisation = replay(recorded(*facts))
    assert organisation.addressed_on(date(2026, 11, 20)) is None
    assert organisation.addressed_on(date(2027, 1, 3)) == facts[1]
    assert organisation.addressed_on(date(2027, 1, 4)) == moved
    assert decided(a.address_organisation(), *facts) == []


def test_an_address_that_does_not_open_any_more_is_recorded_again() -> None:
    def erased() -> str:
        raise DoesNotOpen

    lost = a.organisation_addressed(address=Sealed.closed(erased))
    assert decided(a.address_organisation(), lost) == [a.organisation_addressed()]


@pytest.mark.parametrize(
    ("fields", "rule", "field"),
    [
        ({"name": " "}, "what-is-asked-for-is-given", "name"),
        ({"label": "x" * 61 * 4}, "words-keep-to-their-limit", "label"),
        ({"code": "x" * 61}, "words-keep-to-their-limit", "code"),
        ({"occurred_on": date(2026, 11, 22)}, "what-happened-is-not-in-the-future", "occurred_on"),
    ],
)
def test_a_name_keeps_the_rules_of_words_and_days(fields, rule, field) -> None:
    with pytest.raises(RuleBroken) as broken:
        decided(a.name_organisation(**fields))
    assert (broken.value.rule, broken.value.field) == (rule, field)
