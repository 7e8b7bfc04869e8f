"""Rule sets are drafted by one person and published by another, for a day to come; a version never changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.access.permissions import check_role
from domain.framework.catalogue import FIRST_EFFECTIVE, RULES, VERSION_ONE
from domain.framework.commands import (
    DeclineRuleSet,
    DraftRuleSet,
    PublishRuleSet,
    RuleNumbers,
    WithdrawRuleSet,
    numbers_of,
)
from domain.framework.events import RuleSetDeclined, RuleSetDrafted, RuleSetPublished, RuleSetWithdrawn
from domain.framework.framework import decide, digest_of, replay, things
from domain.rules import Recorded, RuleBroken
from tests.support.given import CASEWORKER, LEAD, MANAGER, NOW, OPERATOR

ADVISER = replace(CASEWORKER, person="person-adviser01", role="adviser")
OTHER_ADVISER = replace(ADVISER, person="person-adviser02")
TODAY = NOW.date()


class Story:
    """The framework's stream, by commands."""

    def __init__(self):
        self.history = []

    def when(self, command, asked):
        check_role(asked, command, None)
        facts = decide(replay(self.history), command, asked)
        for fact in facts:
            version = len(self.history) + 1
            self.history.append(
                Recorded("framework-tiers", version, version, NOW, asked.person, asked.organisation, asked.role,
                         None, f"command-{version:08d}", None, fact)
            )  # fmt: skip
        return facts

    def refused(self, command, asked):
        with pytest.raises(RuleBroken) as broken:
            self.when(command, asked)
        return broken.value.rule

    @property
    def versions(self):
        return replay(self.history)


def draft(draft_id="draft-00000001", reason="Four alerts in a year of bad data.", **numbers):
    rules, responses = numbers_of(VERSION_ONE)
    changed = tuple(
        replace(one, thresholds=tuple({**dict(one.thresholds), **numbers.get(one.rule, {})}.items()))
        for one in rules
    )
    return DraftRuleSet(draft_id=draft_id, rules=changed, responses=responses, reason=reason)


def publish(draft_id="draft-00000001", on=TODAY):
    return PublishRuleSet(draft_id=draft_id, effective_from=on, reason="Agreed by the assurance group.")


def withdraw(version):
    return WithdrawRuleSet(version=version, reason="The year was mistyped.")


@pytest.fixture
def begun():
    story = Story()
    story.when(draft("draft-version1"), OPERATOR)
    story.when(publish("draft-version1", FIRST_EFFECTIVE), OPERATOR)
    return story


def test_the_operator_begins_with_version_one(begun):
    now = begun.versions.on(TODAY)
    assert (now.version, now.effective_from, now.rule_set) == (1, FIRST_EFFECTIVE, VERSION_ONE)
    assert begun.versions.on(FIRST_EFFECTIVE - timedelta(days=1)) is None


def test_a_draft_is_published_by_another_person_and_is_the_next_version(begun):
    (drafted,) = begun.when(draft(R2={"alarms": 3}), ADVISER)
    assert isinstance(drafted, RuleSetDrafted)
    assert drafted.follows == 1
    (published,) = begun.when(publish(on=date(2027, 1, 1)), MANAGER)
    assert isinstance(published, RuleSetPublished)
    assert (published.version, published.digest) == (2, digest_of(drafted.rule_set))
    versions = begun.versions
    assert versions.on(TODAY).version == 1
    assert versions.on(date(2027, 1, 1)).version == 2
    assert dict(versions.on(date(2027, 1, 1)).rule("R2").thresholds)["alarms"] == 3


def test_a_rule_that_is_drafted_says_its_new_number_in_words(begun):
    (drafted,) = begun.when(draft(R1={"alarms": 2}), ADVISER)
    words = {one.rule: one.words for one in drafted.rule_set.rules}
    assert words["R1"] == "At least 2 alarms in patient safety"
    assert words["R6"] == "The annual electronic declaration is more than 28 days overdue"


def test_who_drafted_does_not_publish(begun):
    both = replace(MANAGER, person=ADVISER.person)
    begun.when(draft(R1={"alarms": 2}), ADVISER)
    assert begun.refused(publish(), both) == "another-person-publishes-a-rule-set"


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        (draft(R1={"alarms": 2}), CASEWORKER),
        (draft(R1={"alarms": 2}), MANAGER),
        (draft(R1={"alarms": 2}), LEAD),
        (publish(), ADVISER),
        (publish(), CASEWORKER),
        (publish(), LEAD),
    ],
)
def test_an_adviser_drafts_and_a_manager_publishes(begun, command, asked):
    assert begun.refused(command, asked) == "the-role-may-do-this"


def test_the_operator_publishes_no_draft_of_their_own_after_version_one(begun):
    begun.when(draft(R1={"alarms": 2}), OPERATOR)
    assert begun.refused(publish(), OPERATOR) == "another-person-publishes-a-rule-set"
    assert begun.when(publish(), MANAGER)


def test_a_draft_that_changes_nothing_is_not_recorded(begun):
    assert begun.when(draft(), ADVISER) == []


def test_a_version_does_not_reach_back(begun):
    begun.when(draft(R1={"alarms": 2}), ADVISER)
    yesterday = TODAY - timedelta(days=1)
    assert begun.refused(publish(on=yesterday), MANAGER) == "a-version-does-not-reach-back"


def test_versions_take_effect_in_order(begun):
    begun.when(draft(R1={"alarms": 2}), ADVISER)
    begun.when(publish(on=TODAY + timedelta(days=30)), MANAGER)
    begun.when(draft("draft-00000002", R1={"alarms": 3}), ADVISER)
    assert begun.refused(publish("draft-00000002"), MANAGER) == "versions-take-effect-in-order"
    assert begun.when(publish("draft-00000002", TODAY + timedelta(days=30)), MANAGER)
    assert begun.versions.on(TODAY + timedelta(days=30)).version == 3


def test_a_draft_follows_the_latest_version(begun):
    begun.when(draft(R1={"alarms": 2}), ADVISER)
    begun.when(draft("draft-00000002", R1={"alarms": 3}), OTHER_ADVISER)
    begun.when(publish(), MANAGER)
    assert begun.refused(publish("draft-00000002"), MANAGER) == "a-draft-follows-the-latest-version"


def test_a_version_is_published_for_two_years_ahead_at_most(begun):
    begun.when(draft(R1={"alarms": 2}), ADVISER)
    too_far = publish(on=date(2028, 11, 22))
    assert begun.refused(too_far, MANAGER) == "a-version-takes-effect-soon-enough-to-be-known"
    assert begun.when(publish(on=date(2028, 11, 21)), MANAGER)


def test_a_version_not_yet_in_force_is_withdrawn_and_the_one_before_it_is_the_latest_again(begun):
    begun.when(draft(R1={"alarms": 2}), ADVISER)
    begun.when(draft("draft-00000002", R1={"alarms": 3}), OTHER_ADVISER)
    begun.when(publish(on=date(2028, 11, 1)), MANAGER)
    assert begun.refused(withdraw(2), ADVISER) == "the-role-may-do-this"
    (withdrawn,) = begun.when(withdraw(2), MANAGER)
    assert isinstance(withdrawn, RuleSetWithdrawn)
    assert begun.versions.on(date(2029, 1, 1)).version == 1
    assert begun.refused(withdraw(2), MANAGER) == "a-version-is-one-of-the-framework"
    (published,) = begun.when(publish("draft-00000002"), MANAGER)
    assert published.version == 3
    assert begun.versions.on(TODAY).version == 3
    assert begun.versions.version(2).withdrawn.fact == withdrawn
    versions = begun.versions
    assert versions.followed(versions.version(3).draft) is versions.version(1)


def test_what_is_in_force_or_was_followed_is_not_withdrawn(begun):
    assert begun.refused(withdraw(1), MANAGER) == "a-version-in-force-stays"
    for number, soon in ((1, date(2027, 1, 1)), (2, date(2027, 2, 1))):
        begun.when(draft(f"draft-0000000{number}", R1={"alarms": 1 + number}), ADVISER)
        begun.when(publish(f"draft-0000000{number}", soon), MANAGER)
    assert begun.refused(withdraw(2), MANAGER) == "the-latest-version-is-withdrawn-first"
    assert begun.refused(withdraw(9), MANAGER) == "a-version-is-one-of-the-framework"
    assert begun.when(withdraw(3), MANAGER)
    assert begun.when(withdraw(2), MANAGER)


def test_the_same_rule_set_waits_once(begun):
    begun.when(draft(R1={"alarms": 2}), ADVISER)
    assert begun.refused(draft("draft-00000002", R1={"alarms": 2}), OTHER_ADVISER) == "a-rule-set-waits-once"


def test_a_draft_is_answered_once(begun):
    begun.when(draft(R1={"alarms": 2}), ADVISER)
    (declined,) = begun.when(DeclineRuleSet(draft_id="draft-00000001", reason="Too few."), MANAGER)
    assert isinstance(declined, RuleSetDeclined)
    assert begun.refused(publish(), MANAGER) == "a-draft-is-answered-once"
    assert begun.refused(publish("draft-unknown1"), MANAGER) == "a-draft-is-one-of-the-framework"
    assert begun.refused(draft(R1={"alarms": 4}), ADVISER) == "drafts-are-recorded-once"


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"R1": {"alarms": 0}}, "a-threshold-is-in-its-range"),
        ({"R1": {"alarms": 101}}, "a-threshold-is-in-its-range"),
        ({"R2": {"domains": 5}}, "a-threshold-is-in-its-range"),
        ({"R1": {"colour": 1}}, "a-rule-has-its-own-thresholds"),
    ],
)
def test_a_threshold_is_one_of_its_rule_and_in_its_range(begun, changed, rule):
    assert begun.refused(draft(**changed), ADVISER) == rule


def test_a_rule_set_says_every_rule_once(begun):
    whole = draft(R1={"alarms": 2})
    short = replace(whole, rules=whole.rules[1:])
    twice = replace(whole, rules=(*whole.rules, whole.rules[0]))
    odd = replace(whole, rules=(*whole.rules[1:], RuleNumbers(rule="C9", counted=True, thresholds=())))
    for command in (short, twice, odd, replace(whole, responses=())):
        assert begun.refused(command, ADVISER) == "a-rule-set-says-every-rule"
    assert len(whole.rules) == len(RULES)


def test_two_people_collide_on_one_draft_and_on_a_version():
    assert things(publish()) & things(DeclineRuleSet(draft_id="draft-00000001", reason="No."))
    assert things(publish()) & things(publish("draft-00000002"))
    assert things(publish()) & things(withdraw(2))
    assert not things(draft()) & things(draft("draft-00000002"))


def test_the_digest_is_of_everything_that_a_rule_set_says():
    rules = VERSION_ONE.rules
    other = replace(VERSION_ONE, rules=(replace(rules[0], words="Otherwise"), *rules[1:]))
    assert digest_of(VERSION_ONE) == digest_of(replace(VERSION_ONE))
    assert digest_of(VERSION_ONE) != digest_of(other)
