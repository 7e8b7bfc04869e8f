"""Likeness of evidence: in points, and so that twins are found among many."""

import random

from domain.framework.evidence import Evidence
from domain.framework.likeness import Difference, apart, profile
from domain.practice.kinds import IndicatorDomain, Level, Rating, Tier
from domain.practice.practice import replay
from tests.domain.framework.test_recommending import (
    EXPERIENCE,
    ON,
    SAFETY,
    V1,
    ago,
    agreed_action,
    at,
    flag,
    heard,
    history,
)
from tests.support import factories as a


def of(*facts):
    return profile(Evidence(replay(history(*facts)), ON), V1)


def test_the_same_evidence_is_no_point_apart_whatever_the_tier():
    facts = [flag("PS01", SAFETY, Level.ALARM), *heard(1)]
    assert apart(of(*facts), of(*facts, at(Tier.CAUSE_FOR_CONCERN, ago(20)))) == (0, [])


def test_a_rule_that_holds_is_two_points_and_one_that_nearly_holds_is_one():
    """Two alarms satisfy R2, one nearly; and each alarm is a point."""
    two = of(flag("PE01", EXPERIENCE, Level.ALARM), flag("PE02", EXPERIENCE, Level.ALARM))
    one = of(flag("PE01", EXPERIENCE, Level.ALARM))
    assert two.rules == {"R2": 2}
    assert one.rules == {"R2": 1}
    assert apart(two, one) == (
        2,
        [Difference("R2", 2, 1, rule=True), Difference("patient_experience alarm", 2, 1)],
    )
    assert apart(two, of())[0] == 4


def test_another_rating_is_a_point_beside_its_rules():
    rated = of(a.inspection_reported(rating=Rating.REQUIRES_IMPROVEMENT, occurred_on=ago(9)))
    points, found = apart(rated, of())
    assert points == 3
    assert {one.what for one in found} == {"R4", "rating"}


def evidence(chance):
    """What a practice may have, at random."""
    facts = []
    for number in range(chance.choice((0, 0, 1, 1, 2, 3))):
        domain = chance.choice(tuple(IndicatorDomain))
        facts.append(flag(f"PE{number:02}", domain, chance.choice((Level.ALARM, Level.ALERT))))
    if chance.random() < 0.3:
        facts += heard(1)
    if chance.random() < 0.2:
        facts.append(a.inspection_reported(rating=chance.choice(tuple(Rating)), occurred_on=ago(30)))
    if chance.random() < 0.2:
        facts += agreed_action("action-00000001", due_on=ago(80))
    return facts


def test_planted_twins_are_among_the_three_nearest_at_least_95_times_of_100():
    """A twin has the same evidence and one alert more or less, among 60 practices; of equals, fewer points stand first."""
    found = 0
    for seed in range(100):
        chance = random.Random(seed)
        others = [of(*evidence(chance)) for _ in range(60)]
        same = [*evidence(chance), flag("PS01", SAFETY, Level.ALARM), flag("OE01", IndicatorDomain.ORGANISATIONAL_EFFECTIVENESS, Level.ALARM),
                *heard(2)]  # fmt: skip
        mine, twin = of(*same), of(*same, *([flag("PE09")] if chance.random() < 0.5 else []))
        nearer = sum(apart(mine, other)[0] < apart(mine, twin)[0] for other in others)
        found += nearer < 3
    assert found >= 95
