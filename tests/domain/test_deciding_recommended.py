"""What was recommended when a decision was opened."""

from dataclasses import replace
from datetime import date

import pytest

from domain.framework.catalogue import VERSION_ONE
from domain.framework.parts import Framework
from domain.practice import events as e
from domain.practice.kinds import IndicatorDomain, RecommendedBecause
from domain.practice.practice import replay
from domain.practice.recommended import changed_by_facts, recommended_for
from domain.practice.visible import as_seen_by
from tests.domain.deciding import (
    ASSURANCE,
    CONCERN,
    FLAG,
    HEARD,
    ROOM,
    TODAY,
    V1,
    ago,
    cite,
    decide,
    flag,
    heard,
    talked,
)
from tests.support import factories as a
from tests.support.given import ADVISER, CASEWORKER, LEAD, MANAGER, by, given, recorded


def test_a_decision_that_is_opened_records_what_is_recommended_once() -> None:
    story = given(flag()).under(V1).when(a.open_tier_decision(), MANAGER)
    story.then_a(e.TierRecommended, tier=ROOM, framework_version=1, occurred_on=TODAY)
    given(flag(), by(MANAGER, story.facts[0])).under(V1).when(a.open_tier_decision(), MANAGER).then_nothing()
    given(flag()).under(V1).when(a.open_tier_decision(), CASEWORKER).then_refused("the-role-may-do-this")
    given(flag()).when(a.open_tier_decision(), MANAGER).then_refused("rules-are-in-force-first")


def under_rules(*facts):
    registered = (a.practice_registered(), a.responsibility_assigned())
    return replace(replay(recorded(*registered, *facts)), framework=V1)


def test_what_a_command_changes_of_the_recommendation_follows_from_its_facts() -> None:
    (fact,) = changed_by_facts(under_rules(), under_rules(flag()), CASEWORKER)
    assert (fact.tier, fact.because) == (ROOM, RecommendedBecause.FACTS_CHANGED)
    assert changed_by_facts(under_rules(flag()), under_rules(flag(), heard()), CASEWORKER) == []
    second = flag(flag_id="flag-deciding2", indicator="PS02", domain=IndicatorDomain.PATIENT_SAFETY)
    (more,) = changed_by_facts(under_rules(flag()), under_rules(flag(), second), CASEWORKER)
    assert [one.rule for one in more.satisfied] == ["R1", "R2"]
    cleared = a.flag_cleared(flag_id=FLAG, occurred_on=TODAY)
    (less,) = changed_by_facts(under_rules(flag()), under_rules(flag(), cleared), CASEWORKER)
    assert (less.tier, less.satisfied) == (ASSURANCE, ())


def test_another_version_of_the_rules_moves_no_tier_and_is_recorded_when_a_decision_is_opened() -> None:
    rules = tuple(replace(one, counted=one.rule != "R1") for one in VERSION_ONE.rules)
    v2 = Framework(version=2, effective_from=date(2026, 11, 1), rule_set=replace(VERSION_ONE, rules=rules))
    first = given(flag()).under(V1).when(a.open_tier_decision(), MANAGER).facts[0]
    decided = by(MANAGER, a.tier_decided(occurred_on=ago(10), effective_on=ago(10)))
    story = given(flag(), by(MANAGER, first), decided).under(v2)
    assert story.practice().tier_on(TODAY) == ROOM
    before = replace(story.practice(), framework=v2)
    assert changed_by_facts(before, before, CASEWORKER) == []
    story.when(a.open_tier_decision(), MANAGER).then_a(e.TierRecommended, framework_version=2)


def test_what_was_recommended_is_neither_corrected_nor_withdrawn() -> None:
    facts = (flag(), by(MANAGER, a.tier_recommended()))
    given(*facts).when(a.withdraw_fact(version=4), MANAGER).then_refused("what-the-rules-recommended-stands")
    given(*facts).when(a.correct_fact(version=4, fields={"tier": "assurance_based"}), MANAGER).then_refused(
        "what-the-rules-recommended-stands"
    )


def test_what_one_organisation_keeps_is_not_told_by_what_it_leads_to() -> None:
    kept = a.intelligence_recorded(intelligence_id=HEARD, occurred_on=ago(50), visibility="internal")
    told = a.tier_recommended(satisfied=(e.SatisfiedRule(rule="R7", tier=ROOM, facts=cite(3)),))
    story = given(kept, by(MANAGER, told))
    whole = replay(story.history)
    assert [one.version for one in as_seen_by(story.history, whole.closed, LEAD, {})] == [1, 2]
    assert len(as_seen_by(story.history, whole.closed, MANAGER, {})) == 4


@pytest.mark.parametrize(
    "beside",
    [by(ADVISER, a.override_given(occurred_on=ago(3))), a.letter_written(occurred_on=ago(3)), a.details_changed(occurred_on=ago(3))],
    ids=lambda one: type(getattr(one, "fact", one)).__name__,
)  # fmt: skip
def test_what_the_record_says_of_itself_is_no_evidence_beside_flags(beside) -> None:
    given(flag(), talked(20), beside).under(V1).when(decide(CONCERN, 3, 5), MANAGER).then_refused(
        "indicator-flags-alone-raise-no-cause-for-concern", "inputs"
    )


def test_the_same_view_again_records_nothing() -> None:
    view = by(LEAD, a.tier_view_stated())
    given(view).when(a.state_tier_view(), LEAD).then_nothing()
    given(view).when(a.state_tier_view(tier=ASSURANCE), LEAD).then_a(e.TierViewStated)
    later = by(MANAGER, a.tier_decided())
    given(view, later).when(a.state_tier_view(), LEAD).then_a(e.TierViewStated)


def test_what_followed_from_a_decision_was_not_recommended_for_it() -> None:
    opened = a.tier_recommended(because=RecommendedBecause.DECISION_OPENED)
    followed = a.tier_recommended(satisfied=())
    practice = given(by(MANAGER, opened), by(MANAGER, a.tier_decided())).practice()
    assert recommended_for(practice, practice.decisions[0]) == opened
    story = given(by(MANAGER, a.tier_decided()), by(MANAGER, opened), by(MANAGER, followed))
    together = [one._replace(command_id="command-together") for one in story.history]
    practice = replay(together)
    assert recommended_for(practice, practice.decisions[0]) == opened
    apart = story.practice()
    assert recommended_for(apart, apart.decisions[0]) is None
