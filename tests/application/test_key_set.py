"""The key indicator set is recorded once, whole or not at all, and a flag is raised on what is valid on its day."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from application.casebook import Casebook
from application.init import init
from application.key_set import define_missing, holds_more_than_the_key_set, record_key_set
from application.settings import Settings
from domain.indicators.catalogue import INDICATORS
from domain.rules import RuleBroken, operator
from tests.support import factories as a

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
OPERATOR = operator(NOW)


@pytest.fixture
def stores(tmp_path):
    with closing(init(Settings(home=tmp_path / "home"))) as made:
        yield made


@pytest.fixture
def casebook(stores):
    return Casebook(stores, clock=lambda: NOW, ids=a.new_id)


def tell(casebook, command, code=a.CODE):
    return casebook.handle(code, command, OPERATOR, command_id=a.new_id("command"))


def test_the_thirty_are_recorded_once(casebook, stores):
    assert record_key_set(casebook) == list(INDICATORS)
    assert record_key_set(casebook) == []
    assert stores.recorder.count() == 30
    assert casebook.key_set().on(NOW.date()) == dict(sorted(INDICATORS.items()))


def test_what_somebody_said_of_an_indicator_before_is_left_alone(casebook):
    tell(casebook, a.define_indicator(name="By phone"), "PE03")
    assert "PE03" not in record_key_set(casebook)
    assert casebook.key_set()["PE03"].latest.name == "By phone"


def test_finer_indicators_are_recorded_as_version_1_and_only_those_that_are_missing(casebook):
    record_key_set(casebook)
    finer = replace(
        INDICATORS["PS06"], code="PS06-MMR2-5Y", part_of="PS06", name="MMR, second dose, by age 5"
    )
    assert define_missing(casebook, [INDICATORS["PS06"], finer], OPERATOR) == ["PS06-MMR2-5Y"]
    assert define_missing(casebook, [replace(finer, name="Other")], OPERATOR) == []
    assert casebook.key_set()["PS06-MMR2-5Y"].versions == [finer]


def test_where_one_is_refused_none_is_recorded(casebook, stores):
    good, odd = (
        replace(INDICATORS["PE03"]),
        replace(INDICATORS["PE04"], code="PE04-A", part_of="PE04", refresh_lag_months=99),
    )
    with pytest.raises(RuleBroken, match="number of months"):
        define_missing(casebook, [good, INDICATORS["PE04"], odd], OPERATOR)
    assert stores.recorder.count() == 0


def test_the_set_is_read_again_when_somebody_changed_it(casebook):
    record_key_set(casebook)
    assert casebook.key_set() is casebook.key_set()
    tell(casebook, a.define_indicator(name="By phone", reason="Plainer."), "PE03")
    assert casebook.key_set()["PE03"].latest.version == 2


def test_a_store_that_holds_the_key_set_alone_is_otherwise_empty(casebook, stores):
    assert not holds_more_than_the_key_set(stores)
    record_key_set(casebook)
    assert not holds_more_than_the_key_set(stores)
    tell(casebook, a.register_practice())
    assert holds_more_than_the_key_set(stores)


# --- raising a flag on it


@pytest.fixture
def practice(casebook):
    tell(casebook, a.register_practice())
    record_key_set(casebook)

    def raised(**said):
        caseworker = replace(OPERATOR, person="person-caseworker", role="caseworker", organisation=a.HOLDER)
        (flag,) = casebook.handle(
            a.CODE, a.raise_flag(**said), caseworker, command_id=a.new_id("command")
        ).recorded
        return flag.fact

    return raised


def test_a_flag_names_the_version_that_is_valid_on_its_day(casebook, practice):
    anew = a.define_indicator(name="By phone", valid_from=date(2026, 11, 1), reason="Plainer.")
    tell(casebook, anew, "PE03")
    flag = practice(occurred_on=date(2026, 10, 31))
    assert (flag.indicator_version, flag.indicator_name) == (1, "Easy to get through by phone")
    flag = practice(kind="shifting")
    assert (flag.indicator_version, flag.indicator_name) == (2, "By phone")


def test_a_retired_indicator_is_flagged_no_more_but_for_a_day_before(casebook, practice):
    tell(casebook, a.retire_indicator(retired_on=date(2026, 11, 1)), "PE03")
    with pytest.raises(RuleBroken) as broken:
        practice()
    assert (broken.value.rule, broken.value.field) == ("a-flag-is-on-a-key-indicator", "indicator")
    assert practice(occurred_on=date(2026, 10, 31)).indicator == "PE03"


def test_an_indicator_that_nobody_defined_is_not_flagged(practice):
    with pytest.raises(RuleBroken) as broken:
        practice(indicator="PE99")
    assert broken.value.rule == "a-flag-is-on-a-key-indicator"


def test_a_finer_indicator_is_of_one_that_is_known(casebook):
    with pytest.raises(RuleBroken) as broken:
        tell(casebook, a.define_indicator(code="PE03-DAY", part_of="PE03"), "PE03-DAY")
    assert broken.value.rule == "a-finer-indicator-is-of-the-key-set"
