"""A dry run over a record finds just the practices that a search of every whole history finds, of whoever may read them."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from application.casebook import Casebook
from application.first_rules import record_first_rules
from application.framework.dry_run import dry_run
from application.framework.every import recommend_all
from application.init import init
from application.recording import Sent
from application.settings import Settings
from domain.framework.catalogue import RULES, VERSION_ONE, rule_of
from domain.framework.parts import Framework
from domain.framework.recommending import recommend
from domain.practice.kinds import IndicatorDomain, Level
from domain.practice.practice import replay
from domain.rules import RuleBroken, operator
from tests.projections.histories import random_history
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, OPERATOR, by, recorded

NOW = datetime(2028, 1, 5, 10, 0, tzinfo=UTC)
RANDOM = [f"X9000{number}" for number in range(4)]
ALARMED = {f"X9001{number}": number for number in range(4)}
"""Practices with none, one, two and three alarms in patient safety."""
CODES = [*RANDOM, *ALARMED]


@pytest.fixture(scope="module")
def histories():
    return {code: random_history(3, code, 70) for code in RANDOM} | {
        code: with_alarms(code, number) for code, number in ALARMED.items()
    }


def with_alarms(code, number):
    alarms = (
        a.flag_raised(indicator=f"PS0{at}", domain=IndicatorDomain.PATIENT_SAFETY, level=Level.ALARM)
        for at in range(number)
    )
    begun = by(OPERATOR, a.practice_registered()), by(OPERATOR, a.responsibility_assigned())
    return recorded(*begun, *alarms, code=code)


@pytest.fixture
def casebook(tmp_path, histories):
    with closing(init(Settings(home=tmp_path / "home"))) as stores:
        made = Casebook(stores, clock=lambda: NOW, ids=a.new_id)
        for code, history in histories.items():
            facts = [one._replace(command_id=f"{code}-{one.version:05d}") for one in history]
            made.recorder.append(facts, [Sent(one.command_id, b"", 1) for one in facts])
        record_first_rules(made)
        yield made


def candidate(**numbers):
    rules = tuple(rule_of(name, numbers.get(name)) for name in RULES)
    return Framework(version=0, effective_from=NOW.date(), rule_set=replace(VERSION_ONE, rules=rules))


def searched(histories, changed):
    """Every practice's whole history, judged by both."""
    found = {}
    for code, history in histories.items():
        practice = replay(history)
        both = [recommend(practice, one, NOW.date()).tier for one in (candidate(), changed)]
        if practice.closed_on is None and both[0] != both[1]:
            found[code] = tuple(both)
    return found


def moved(ran):
    return {one.practice: (one.in_force.tier, one.candidate.tier) for one in ran.movers}


def test_identical_rules_move_nobody(casebook):
    ran = dry_run(casebook, candidate(), operator(NOW), NOW.date())
    assert (ran.movers, ran.practices, ran.in_force.version) == ((), len(CODES), 1)


@pytest.mark.parametrize(
    ("numbers", "among"),
    [
        ({"R1": {"alarms": 2}}, {"X90011"}),
        ({"R1": {"alarms": 2}, "R2": {"alarms": 3}}, {"X90011"}),
        ({"R1": {"alarms": 4}, "R2": {"alarms": 4}}, {"X90011", "X90012", "X90013"}),
        ({"R7": {"intelligence": 2}}, set()),
    ],
)
def test_one_changed_threshold_moves_exactly_those_that_a_search_of_everything_finds(
    casebook, histories, numbers, among
):
    expected = searched(histories, candidate(**numbers))
    assert set(expected) & set(ALARMED) == among
    assert moved(dry_run(casebook, candidate(**numbers), operator(NOW), NOW.date())) == expected


def test_somebody_sees_movers_among_what_they_may_read(casebook, histories):
    manager = replace(MANAGER, at=NOW)
    changed = candidate(R1={"alarms": 2})
    assert "X90011" in moved(dry_run(casebook, changed, manager, NOW.date()))
    nobody = replace(LEAD, organisation="98Z", at=NOW)
    assert dry_run(casebook, changed, nobody, NOW.date()).practices == 0
    one = dry_run(casebook, changed, manager, NOW.date(), codes=["X90011"])
    assert (one.practices, set(moved(one))) == (1, {"X90011"})
    assert dry_run(casebook, changed, nobody, NOW.date(), codes=["X90011"]).practices == 0


def test_what_is_recommended_of_each_practice_is_what_its_whole_history_says(casebook, histories):
    found = {one.practice: one.recommendation for one in recommend_all(casebook, operator(NOW), NOW.date())}
    states = {code: replay(history) for code, history in histories.items()}
    v1 = casebook.framework().on(NOW.date())
    assert found == {
        code: recommend(state, v1, NOW.date()) for code, state in states.items() if state.closed_on is None
    }


def test_progress_is_told_to_its_end(casebook):
    told = []
    dry_run(casebook, candidate(), operator(NOW), NOW.date(), lambda done, of: told.append((done, of)))
    assert told[-1] == (len(CODES), len(CODES))


def test_where_no_rules_are_in_force_nothing_is_recommended(casebook):
    with pytest.raises(RuleBroken) as broken:
        dry_run(casebook, candidate(), operator(NOW), datetime(2012, 1, 1, tzinfo=UTC).date())
    assert broken.value.rule == "rules-are-in-force-first"
