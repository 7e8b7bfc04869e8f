"""What a candidate rule set would change: who would move, since when and because of what, as a day-by-day search finds."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from domain.framework.catalogue import RULES, VERSION_ONE, rule_of
from domain.framework.comparing import differences
from domain.framework.differing import Comparing
from domain.framework.framework import Draft, Version, Versions
from domain.framework.parts import Framework
from domain.framework.read import UNREAD, what_is_read
from domain.framework.recommending import recommend
from domain.framework.turning import turning_days
from domain.practice.kinds import Level, Tier
from domain.practice.practice import replay
from domain.releases.publications import Publications
from domain.rules import LONDON
from tests.domain.everything import everything
from tests.domain.framework.test_recommending import (
    EXPERIENCE,
    ON,
    SAFETY,
    TWO_QUARTERS,
    V1,
    ago,
    at,
    flag,
    heard,
    history,
    publications,
)
from tests.projections.histories import random_history
from tests.support import factories as a

NOTHING = Publications()


def in_force(*frameworks):
    told = history()[0]
    draft = Draft(told, None)
    return Versions(published=[Version(draft, told, one, "") for one in frameworks or (V1,)])


def candidate(**numbers):
    """Version 1 with other numbers: `R1={"alarms": 2}`."""
    rules = tuple(rule_of(name, numbers.get(name)) for name in RULES)
    return Framework(version=0, effective_from=ON, rule_set=replace(VERSION_ONE, rules=rules))


def told_on(*days_and_facts):
    """A history in which each fact is recorded on its day."""
    entries = history(*(fact for _, fact in days_and_facts))
    days = [ago(400), ago(400), *(day for day, _ in days_and_facts)]
    return [
        entry._replace(recorded_at=datetime.combine(day, time(9), LONDON))
        for entry, day in zip(entries, days, strict=True)
    ]


def mover(told, changed, published=NOTHING, on=ON, versions=None):
    return Comparing(versions or in_force(), changed, published).mover("X90001", told, on)


def test_a_practice_moves_from_the_day_of_the_fact_that_makes_the_difference():
    told = told_on(
        (ago(50), flag("PS01", SAFETY, Level.ALARM, occurred_on=ago(50))),
        (ago(30), flag("PE03", EXPERIENCE, occurred_on=ago(30))),
    )
    found = mover(told, candidate(R1={"alarms": 2}))
    assert (found.in_force.tier, found.candidate.tier) == (Tier.ROOM_FOR_IMPROVEMENT, Tier.ASSURANCE_BASED)
    assert (found.since, found.because.version, found.by_time) == (ago(50), 3, False)


def test_a_practice_moves_on_the_day_that_a_period_runs_out():
    told = told_on((ago(300), at(Tier.CAUSE_FOR_CONCERN, ago(300))))
    found = mover(told, candidate(H2={"days": 301}))
    assert (found.candidate.tier, found.since) == (Tier.CAUSE_FOR_CONCERN, ago(210))
    assert (found.because.version, found.by_time) == (3, True)


def test_only_the_last_time_that_it_differed_counts():
    told = told_on(
        (ago(90), flag("PS01", SAFETY, Level.ALARM, flag_id="flag-00000001", occurred_on=ago(90))),
        (ago(60), a.flag_cleared(flag_id="flag-00000001", occurred_on=ago(60))),
        (ago(20), flag("PS02", SAFETY, Level.ALARM, occurred_on=ago(20))),
    )
    assert mover(told, candidate(R1={"alarms": 2})).since == ago(20)
    assert mover(told[:-1], candidate(R1={"alarms": 2})) is None


def test_what_was_withdrawn_later_was_known_until_then():
    told = told_on(
        (ago(90), at(Tier.ROOM_FOR_IMPROVEMENT, ago(90))),
        (ago(80), flag("PS01", SAFETY, Level.ALARM, occurred_on=ago(80))),
        (ago(40), a.fact_withdrawn(corrects=3, occurred_on=ago(40))),
    )
    found = mover(told, candidate(R1={"alarms": 2}))
    assert (found.since, found.because.version) == (ago(40), 5)


def test_the_rules_in_force_on_a_past_day_are_those_of_that_day():
    from_then = replace(candidate(R1={"alarms": 2}), version=2, effective_from=ago(10))
    told = told_on((ago(90), flag("PS01", SAFETY, Level.ALARM, occurred_on=ago(90))))
    found = mover(told, candidate(), versions=in_force(V1, from_then))
    assert (found.in_force.framework_version, found.since, found.by_time) == (2, ago(10), True)


def test_a_closed_practice_and_one_that_nobody_registered_do_not_move():
    alarm = flag("PS01", SAFETY, Level.ALARM, occurred_on=ago(90))
    closed = told_on((ago(90), alarm), (ago(9), a.practice_closed(closed_on=ago(9), occurred_on=ago(9))))
    assert mover(closed, candidate(R1={"alarms": 2})) is None
    assert mover([], candidate(R1={"alarms": 2})) is None


def test_a_new_period_may_move_a_practice_though_nothing_was_recorded_on_it():
    alarm = flag("PE03", EXPERIENCE, Level.ALARM, period="2026Q1", source="release", occurred_on=ago(100))
    told = told_on((ago(100), alarm))
    found = mover(told, candidate(R2={"alarms": 1}), publications(*TWO_QUARTERS), on=ago(61))
    assert (found.candidate.tier, found.since) == (Tier.ROOM_FOR_IMPROVEMENT, ago(100))
    assert mover(told, candidate(R2={"alarms": 1}), publications(*TWO_QUARTERS)) is None


# --- beside a search of every day ----------------------------------------------------------------------------------


def searched(told, changed, published, on):
    """The day since when they differ, and the first fact of that day after which they do: every day is asked."""

    def differ(entries, day):
        found = replay(entries)
        found.published = published
        return recommend(found, V1, day).tier != recommend(found, changed, day).tier

    day, since = on, None
    while day >= told[0].recorded_on and differ([one for one in told if one.recorded_on <= day], day):
        since, day = day, day - timedelta(days=1)
    if since is None or replay(told).closed_on is not None:
        return None
    before = [one for one in told if one.recorded_on < since]
    if not differ(before, since):
        for entry in told[len(before) :]:
            if entry.recorded_on == since and differ(told[: entry.version], since):
                return since, entry.version
    return since, None


CANDIDATES = [
    {"R1": {"alarms": 2}},
    {"R2": {"alarms": 1, "alerts": 2, "domains": 1}},
    {"H2": {"days": 20}, "C7": {"actions": 1, "days": 7}},
    {"R7": {"intelligence": 3}, "H1": {"periods": 4}},
    {"C5": {"alarms": 1, "domains": 1, "periods": 1, "days": 3}, "R3": {"periods": 1}},
]


@pytest.mark.parametrize("seed", range(12))
def test_movers_are_those_that_a_search_of_every_day_finds(seed):
    told = what_is_read(random_history(seed, "X90001", 90))
    versions = {entry.version: number for number, entry in enumerate(told, start=1)}
    dense = [
        entry._replace(version=versions[entry.version], fact=_renumbered(entry.fact, versions))
        for entry in told
    ]
    on = dense[-1].recorded_on + timedelta(days=random.Random(seed).choice((0, 30, 100)))
    for numbers in CANDIDATES:
        found = mover(dense, candidate(**numbers), NOTHING, on)
        expected = searched(dense, candidate(**numbers), NOTHING, on)
        told_by = None if found is None or found.by_time else found.because.version
        assert (found and (found.since, told_by)) == expected, numbers


def _renumbered(fact, versions):
    corrects = getattr(fact, "corrects", None)
    return fact if corrects is None else replace(fact, corrects=versions[corrects])


@pytest.mark.parametrize("seed", range(8))
def test_identical_rules_move_nobody(seed):
    told = random_history(seed, "X90002", 80)
    assert mover(told, candidate(), on=told[-1].recorded_on + timedelta(days=90)) is None


@pytest.mark.parametrize("seed", range(8))
def test_between_turning_days_nothing_changes(seed):
    told = random_history(seed, "X90003", 80)
    practice = replay(told)
    first = told[-1].recorded_on
    turning = turning_days(practice, [V1])
    for number in range(1, 420):
        day = first + timedelta(days=number)
        if day not in turning:
            before = recommend(practice, V1, day - timedelta(days=1))
            assert recommend(practice, V1, day).satisfied == before.satisfied, day


@pytest.mark.parametrize("seed", range(8))
def test_what_the_rules_do_not_read_changes_no_recommendation(seed):
    told = random_history(seed, "X90004", 120)
    read = what_is_read(told)
    assert {type(entry.fact) for entry in read} & UNREAD == set()
    assert len(read) < len(told)
    for days in (0, 40, 100, 400):
        day = told[-1].recorded_on + timedelta(days=days)
        assert recommend(replay(read), V1, day) == recommend(replay(told), V1, day)


def test_what_the_rules_do_not_read_changes_nothing_where_everything_happened():
    told = everything()
    for days in (0, 40, 400):
        day = told[-1].recorded_on + timedelta(days=days)
        assert recommend(replay(what_is_read(told)), V1, day) == recommend(replay(told), V1, day)
        assert recommend(replay(told), V1, day).satisfied


def test_differences_are_told_in_words():
    changed = candidate(R2={"alarms": 3}).rule_set
    off = replace(changed, rules=(replace(changed.rules[0], counted=False), *changed.rules[1:]))
    assert [tuple(one) for one in differences(VERSION_ONE, off)] == [
        ("C1", "The rule", "counted", "switched off"),
        ("R2", "Alarms", "2", "3"),
    ]
    assert list(differences(VERSION_ONE, VERSION_ONE)) == []


def test_a_rule_that_is_switched_off_recommends_nothing():
    off = replace(
        VERSION_ONE, rules=tuple(replace(one, counted=one.rule != "C6") for one in VERSION_ONE.rules)
    )
    found = replay(history(*heard(safety=True)))
    assert recommend(found, replace(V1, rule_set=off), date(2026, 11, 21)).rules == ("R7",)
