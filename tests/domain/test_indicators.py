"""The key indicator set: versions, when each is valid, and how an indicator is defined and retired."""

from dataclasses import fields, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from domain.indicators.catalogue import INDICATORS, VALID_FROM
from domain.indicators.commands import DefineIndicator, as_command
from domain.indicators.definitions import Definition
from domain.indicators.events import IndicatorDefined
from domain.indicators.indicators import KeySet, check_part_of, could_all_be_defined, decide, replay, things
from domain.practice.kinds import Better, ExplanationCategory, IndicatorDomain
from domain.rules import RuleBroken, Sealed
from tests.support import factories as a
from tests.support.given import MANAGER, NOW, recorded

FIRST = a.indicator_defined(valid_from=date(2013, 4, 1))
SECOND = a.indicator_defined(version=2, valid_from=date(2016, 4, 1), description="Said anew.")
ANEW: dict[str, Any] = {"description": "Said anew.", "reason": "The question changed."}


def of(*facts):
    return replay(recorded(*facts))


def refused(indicator, command) -> tuple[str, str | None]:
    with pytest.raises(RuleBroken) as broken:
        decide(indicator, command, MANAGER)
    return broken.value.rule, broken.value.field


# --- versions


def test_the_first_definition_is_version_1_from_today_or_the_day_given() -> None:
    (fact,) = decide(of(), a.define_indicator(), MANAGER)
    assert (fact.version, fact.valid_from, fact.occurred_on) == (1, a.TODAY, a.TODAY)
    (fact,) = decide(of(), a.define_indicator(valid_from=date(2027, 4, 1)), MANAGER)
    assert fact.valid_from == date(2027, 4, 1)


def test_the_next_definition_is_the_next_version_and_says_why() -> None:
    (fact,) = decide(of(FIRST, SECOND), a.define_indicator(name="By phone", reason="Plainer."), MANAGER)
    assert (fact.version, fact.name, fact.reason) == (3, "By phone", Sealed("Plainer."))
    assert refused(of(FIRST), a.define_indicator(name="By phone")) == ("a-new-version-has-a-reason", "reason")


def test_a_definition_that_says_what_stands_is_not_recorded() -> None:
    assert decide(of(FIRST), a.define_indicator(), MANAGER) == []
    assert decide(of(FIRST), a.define_indicator(valid_from=date(2030, 1, 1), reason="Again."), MANAGER) == []


SAID = {
    "name": "By phone", "domain": IndicatorDomain.CLINICAL_QUALITY, "description": "Other.", "numerator": "Other",
    "denominator": "Other", "unit": "ratio", "better": Better.LOW, "model": "poisson", "standardisation": "By age",
    "source": "Other", "period": "month", "refresh_lag_months": 3, "minimum_denominator": 30.0, "target": 90.0,
    "known_explanations": (ExplanationCategory.CODING,),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_whatever_a_definition_says_changed_alone_makes_a_new_version(name) -> None:
    (fact,) = decide(of(FIRST), a.define_indicator(**{name: SAID[name]}, reason="Changed."), MANAGER)
    assert fact == replace(
        FIRST, version=2, valid_from=a.TODAY, reason=Sealed("Changed."), **{name: SAID[name]}
    )


def test_everything_that_a_definition_says_is_asked_for_and_stored() -> None:
    said = {one.name for one in fields(Definition)} - {"version", "valid_from", "valid_to", "code", "part_of"}
    assert said == set(SAID)
    assert {one.name for one in fields(Definition)} - {"valid_to"} <= {
        one.name for one in fields(IndicatorDefined)
    }


def test_a_version_never_changes_and_holds_until_the_next() -> None:
    first, second = of(FIRST, SECOND).versions
    assert first == replace(of(FIRST).versions[0], valid_to=date(2016, 4, 1))
    assert (second.valid_from, second.valid_to) == (date(2016, 4, 1), None)
    indicator = of(FIRST, SECOND)
    assert [found and found.version for found in map(indicator.on, (
        date(2013, 3, 31), date(2013, 4, 1), date(2016, 3, 31), date(2016, 4, 1)
    ))] == [None, 1, 1, 2]  # fmt: skip


@pytest.mark.parametrize("valid_from", [date(2013, 4, 1), date(2016, 3, 31)])
def test_a_version_is_not_valid_before_the_one_before_it(valid_from) -> None:
    command = a.define_indicator(valid_from=valid_from, name="By phone", reason="Plainer.")
    assert refused(of(FIRST, SECOND), command) == ("a-version-follows-the-one-before-it", "valid_from")


def test_a_version_of_the_same_day_stands_in_the_place_of_the_one_before_it() -> None:
    command = a.define_indicator(valid_from=date(2016, 4, 1), name="By phone", reason="Mistyped.")
    (third,) = decide(of(FIRST, SECOND), command, MANAGER)
    on = of(FIRST, SECOND, third).on
    assert [found and found.version for found in map(on, (date(2016, 3, 31), date(2016, 4, 1)))] == [1, 3]


# --- retiring


def test_a_retired_indicator_is_of_the_key_set_no_more_from_its_day() -> None:
    (fact,) = decide(of(FIRST), a.retire_indicator(retired_on=date(2018, 4, 1)), MANAGER)
    assert fact == a.indicator_retired(retired_on=date(2018, 4, 1))
    indicator = of(FIRST, fact)
    assert indicator.on(date(2018, 3, 31)) is not None
    assert indicator.on(date(2018, 4, 1)) is None


def test_an_indicator_is_retired_once_and_after_it_began() -> None:
    assert decide(of(FIRST, a.indicator_retired()), a.retire_indicator(), MANAGER) == []
    assert refused(of(), a.retire_indicator()) == ("an-indicator-is-of-the-key-set", "code")
    assert refused(of(FIRST), a.retire_indicator(retired_on=date(2013, 4, 1))) == (
        "an-indicator-ends-after-it-began",
        "retired_on",
    )


def test_a_retired_indicator_comes_back_as_its_next_version_unchanged_or_not() -> None:
    ended = a.indicator_retired(retired_on=date(2018, 4, 1))
    back = a.define_indicator(valid_from=date(2020, 4, 1), reason="Asked again.")
    (fact,) = decide(of(FIRST, ended), back, MANAGER)
    assert fact.version == 2
    indicator = of(FIRST, ended, fact)
    assert [one.valid_to for one in indicator.versions] == [date(2018, 4, 1), None]
    assert indicator.on(date(2019, 1, 1)) is None
    again = of(FIRST, ended, fact, a.indicator_retired(retired_on=date(2021, 4, 1)))
    assert [one.valid_to for one in again.versions] == [date(2018, 4, 1), date(2021, 4, 1)]


def test_a_retired_indicator_does_not_come_back_before_it_ended() -> None:
    ended = a.indicator_retired(retired_on=date(2018, 4, 1))
    back = a.define_indicator(valid_from=date(2018, 3, 31), reason="Asked again.")
    assert refused(of(FIRST, ended), back)[0] == "a-version-follows-the-one-before-it"


# --- what could be


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"minimum_denominator": -1.0}, "a-minimum-is-nought-or-more"),
        ({"minimum_denominator": float("nan")}, "a-minimum-is-nought-or-more"),
        ({"target": float("inf")}, "a-target-is-a-number"),
        ({"refresh_lag_months": -1}, "a-lag-is-some-months"),
        ({"refresh_lag_months": 61}, "a-lag-is-some-months"),
    ],
)
def test_numbers_that_no_indicator_has_are_refused(said, rule) -> None:
    assert refused(of(), a.define_indicator(**said)) == (rule, next(iter(said)))


@pytest.mark.parametrize(
    ("code", "part_of"), [("PE03-DAY", None), ("PE03-DAY", "PE04"), ("PE03", "PE03"), ("PE03", "PE04")]
)
def test_a_finer_indicator_names_its_indicator_and_no_other_names_one(code, part_of) -> None:
    command = a.define_indicator(code=code, part_of=part_of)
    assert refused(of(), command) == ("a-finer-indicator-names-its-indicator", "part_of")


def test_a_finer_indicator_is_of_one_that_is_defined_and_of_its_domain() -> None:
    finer = a.define_indicator(code="PE03-DAY", part_of="PE03")
    check_part_of(finer, of(FIRST))
    for whole, domain, rule in (
        (of(), finer.domain, "a-finer-indicator-is-of-the-key-set"),
        (of(FIRST), IndicatorDomain.PATIENT_SAFETY, "a-finer-indicator-is-of-the-same-domain"),
    ):
        with pytest.raises(RuleBroken) as broken:
            check_part_of(replace(finer, domain=domain), whole)
        assert broken.value.rule == rule


@pytest.mark.parametrize("code", ["PE3", "pe03", "PE03-", "PE03--A", "PE03 A", "MMR2", "PE03-Dr Grey"])
def test_a_code_has_its_form(code) -> None:
    assert refused(of(), a.define_indicator(code=code)) == ("a-code-has-its-form", "code")


def test_known_explanations_are_kept_once_each_in_their_order() -> None:
    given = (ExplanationCategory.MERGER, ExplanationCategory.CODING, ExplanationCategory.MERGER)
    (fact,) = decide(of(), a.define_indicator(known_explanations=given), MANAGER)
    assert fact.known_explanations == (ExplanationCategory.CODING, ExplanationCategory.MERGER)


def test_nothing_is_defined_in_the_future_but_it_may_be_valid_then() -> None:
    command = a.define_indicator(occurred_on=date(2026, 11, 22))
    assert refused(of(), command)[0] == "what-happened-is-not-in-the-future"


# --- the whole set


def test_what_two_people_say_of_one_indicator_is_told_apart() -> None:
    assert things(FIRST) == things(a.define_indicator()) == things(a.retire_indicator())
    assert things(FIRST) != things(a.define_indicator(code="PE04"))


def test_the_set_of_a_day_is_each_indicator_as_it_is_then() -> None:
    other = SimpleNamespace(stream="indicator-PE04", fact=a.indicator_defined(code="PE04"))
    facts = [*(one._replace(stream="indicator-PE03") for one in recorded(FIRST, SECOND)), other]
    known = KeySet(facts)  # type: ignore[arg-type]
    assert list(known) == ["PE03", "PE04"]
    assert {code: one.version for code, one in known.on(NOW.date()).items()} == {"PE03": 2, "PE04": 1}
    assert {code: one.version for code, one in known.on(date(2014, 1, 1)).items()} == {"PE03": 1, "PE04": 1}
    assert known.on(date(2013, 1, 1)) == {}


def test_the_set_that_casebook_begins_with_has_thirty_indicators_in_four_domains() -> None:
    assert len(INDICATORS) == 30
    counts = {domain: sum(one.domain == domain for one in INDICATORS.values()) for domain in IndicatorDomain}
    assert list(counts.values()) == [7, 6, 9, 8]


@pytest.mark.parametrize("definition", INDICATORS.values(), ids=INDICATORS)
def test_each_of_them_says_all_that_a_definition_needs_and_may_be_recorded(definition) -> None:
    command = as_command(definition)
    assert isinstance(command, DefineIndicator)
    (fact,) = decide(of(), command, MANAGER)
    assert replay(recorded(fact)).versions == [definition]
    assert definition.valid_from == VALID_FROM
    assert definition.known_explanations
    assert "." in definition.description
    assert (definition.minimum_denominator is None) is (definition.model == "status")


def test_several_are_defined_together_and_a_finer_one_may_be_of_one_of_them() -> None:
    finer = a.define_indicator(code="PE03-DAY", part_of="PE03")
    could_all_be_defined([finer, a.define_indicator()], KeySet(), MANAGER)
    could_all_be_defined([finer], KeySet([recorded(FIRST)[0]._replace(stream="indicator-PE03")]), MANAGER)
    with pytest.raises(RuleBroken, match="PE03 is not an indicator"):
        could_all_be_defined([finer], KeySet(), MANAGER)
