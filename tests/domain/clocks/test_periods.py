"""How long a period is follows from the rule of its day, which names its source."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from domain.clocks.periods import RULES, days, rule
from domain.practice.kinds import ContractorKind, Unit
from domain.rules import RuleBroken

GP, PHARMACY, OPHTHALMIC = (
    ContractorKind.GENERAL_PRACTICE,
    ContractorKind.PHARMACY,
    ContractorKind.OPHTHALMIC,
)
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "kind", "length", "unit"),
    [
        ("remedial-notice", GP, 28, Unit.DAYS),
        # SI 2012/1909, regulations 70(3) and 77; SI 2013/349, which restates them, regulation 67(2)(a).
        ("remedial-notice", PHARMACY, 30, Unit.DAYS),
        ("termination-notice", PHARMACY, 30, Unit.DAYS),
        ("contractor-termination", PHARMACY, 3, Unit.MONTHS),
        ("remedial-notice", OPHTHALMIC, 28, Unit.DAYS),
        ("sanction-notice", GP, 28, Unit.DAYS),
        ("sanction-suspension", GP, 6, Unit.MONTHS),
        # SI 2015/1862, schedule 3, paragraph 63(2).
        ("late-payment-notice", GP, 28, Unit.DAYS),
        ("contractor-termination", OPHTHALMIC, 3, Unit.MONTHS),
        ("dispute-referral", GP, 28, Unit.DAYS),
        ("dispute-referral", PHARMACY, 30, Unit.DAYS),
        ("contractor-termination", GP, 6, Unit.MONTHS),
        ("contractor-termination-individual", GP, 3, Unit.MONTHS),
        ("list-closure-shortest", GP, 3, Unit.MONTHS),
        ("list-closure-longest", GP, 12, Unit.MONTHS),
        ("list-closure-extension", GP, 8, Unit.WEEKS),
        ("list-closure-refused", GP, 3, Unit.MONTHS),
        ("unilateral-variation", GP, 14, Unit.DAYS),
        ("composition-change", GP, 28, Unit.DAYS),
        ("cqc-representations", GP, 28, Unit.DAYS),
        ("cqc-appeal", GP, 28, Unit.DAYS),
        ("commissioner-view", GP, 10, Unit.WORKING_DAYS),
        ("safety-conversation", GP, 1, Unit.WORKING_DAYS),
    ],
)
def test_a_period_is_as_long_as_the_domain_reference_says(name, kind, length, unit):
    found = rule(name, on=TODAY, kind=kind)
    assert (found.length, found.unit) == (length, unit)


def test_on_each_day_the_rule_of_that_day_is_named():
    before = rule("remedial-notice", on=date(2015, 12, 6), kind=GP)
    since = rule("remedial-notice", on=date(2015, 12, 7), kind=GP)
    assert "SI 2004/291" in before.source
    assert "SI 2015/1862" in since.source


def test_a_period_that_no_rule_gives_is_refused():
    with pytest.raises(RuleBroken) as refused:
        rule("list-closure-longest", on=TODAY, kind=PHARMACY)
    assert refused.value.rule == "the-rule-of-a-period-is-known"
    with pytest.raises(RuleBroken):
        rule("remedial-notice", on=date(2003, 1, 1), kind=GP)


def test_days_gives_a_number_of_days_and_of_nothing_else():
    assert days("remedial-notice", on=TODAY, kind=GP) == 28
    with pytest.raises(ValueError, match="months"):
        days("contractor-termination", on=TODAY, kind=GP)


def test_no_two_rules_of_a_name_and_kind_are_valid_on_one_day():
    for one, other in combinations(RULES, 2):
        if one.name == other.name and one.kinds & other.kinds:
            first, second = sorted((one, other), key=lambda rule: rule.from_on)
            assert first.until_on is not None, one.name
            assert first.until_on < second.from_on, one.name


def test_every_rule_names_its_source():
    assert all(one.source for one in RULES)
    assert any(one.source.startswith("house rule") for one in RULES), "what is no law says so"
