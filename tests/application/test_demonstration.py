"""The demonstration is rich enough that every page has something true to show, and the same every time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import fields, replace
from typing import Any

import pytest

from application.demonstration import fill
from application.demonstration.cast import AREA_TEAM, TODAY
from application.init import init
from application.settings import Settings
from domain.practice import events as e
from domain.practice.kinds import Side, Tier, Visibility
from domain.practice.practice import replay
from domain.practice.provider import provider_on
from domain.rules import Recorded, Sealed


def told(home: Any) -> list[Recorded]:
    stores = init(Settings(home=home))
    try:
        fill(stores)
        return list(stores.recorder.facts_after(0, 100_000))
    finally:
        stores.close()


@pytest.fixture(scope="module")
def facts(tmp_path_factory) -> list[Recorded]:
    return told(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def histories(facts) -> dict[str, list[Recorded]]:
    found = defaultdict(list)
    for fact in facts:
        if fact.stream.startswith("practice-"):
            found[fact.stream].append(fact)
    return found


def without_digest(recorded: Recorded) -> Recorded:
    """An agreement names the stored bytes of its text, and a document those of its own: both are sealed by chance."""
    if isinstance(recorded.fact, e.DocumentAttached):
        return recorded._replace(fact=replace(recorded.fact, kept_as="", opens_with=Sealed("")))
    if isinstance(recorded.fact, e.EntryAgreed):
        return recorded._replace(fact=replace(recorded.fact, digest=""))
    return recorded


def test_it_is_the_same_every_time(facts, tmp_path) -> None:
    assert list(map(without_digest, told(tmp_path))) == list(map(without_digest, facts))


def test_every_practice_is_invented(histories) -> None:
    assert len(histories) >= 40
    codes = [stream.removeprefix("practice-") for stream in histories]
    assert [code for code in codes if not re.fullmatch(r"X9\d{4}|[FT]X9\d\d", code)] == []


def test_all_three_tiers_and_practices_that_nobody_has_reviewed(histories) -> None:
    practices = [replay(history) for history in histories.values()]
    tiers = Counter(practice.tier_on(TODAY) for practice in practices)
    assert all(tiers[tier] >= 3 for tier in Tier)
    assert any(practice.decision_on(TODAY) is None for practice in practices)


def test_one_long_difficult_case_of_two_hundred_facts(histories) -> None:
    assert max(len(history) for history in histories.values()) >= 200


def test_both_organisations_record(facts) -> None:
    by = Counter(fact.organisation for fact in facts)
    assert by[AREA_TEAM] > 100
    assert all(by[commissioner] > 20 for commissioner in ("X9A", "X9B", "X9C"))


def test_late_entries_corrections_and_moved_and_overdue_actions(facts, histories) -> None:
    late = [
        fact
        for fact in facts
        if isinstance(fact.fact, e.ConversationRecorded)
        and (fact.recorded_on - fact.fact.occurred_on).days > 2
    ]
    assert len(late) >= 5
    kinds = Counter(type(fact.fact) for fact in facts)
    assert kinds[e.FactCorrected] >= 2
    assert kinds[e.FactWithdrawn] >= 1
    assert kinds[e.ActionRescheduled] >= 5
    overdue = [
        action
        for history in histories.values()
        for action in replay(history).actions.values()
        if action.open and action.due_on < TODAY
    ]
    assert len(overdue) >= 5


def test_actions_answer_flags_and_decisions_cite_entries(facts, histories) -> None:
    proposed = [fact.fact for fact in facts if isinstance(fact.fact, e.ActionProposed)]
    assert sum(bool(action.about_flags) for action in proposed) == len(proposed)
    for history in histories.values():
        entries = {f"{fact.stream.removeprefix('practice-')}/{fact.version}" for fact in history}
        for fact in history:
            if isinstance(fact.fact, e.TierDecided):
                assert fact.fact.inputs
                assert set(fact.fact.inputs) <= entries


def test_every_kind_of_practice_fact_that_people_record_is_in_it(facts) -> None:
    not_told = {e.PracticeReopened, e.CorrectionDeclined}
    assert {type(fact.fact) for fact in facts} >= set(e.FACTS) - not_told


def test_each_organisation_keeps_something_to_itself_and_lets_the_other_in(histories) -> None:
    closed = Counter(
        (closure.visibility, closure.organisation)
        for history in histories.values()
        for version, closure in replay(history).closed.items()
        if version == closure.entry
    )
    # Of what is internal one is the draft of a notice that nobody issued: its drafters' own.
    assert closed == {
        (Visibility.INTERNAL, AREA_TEAM): 4, (Visibility.RESTRICTED, AREA_TEAM): 2, (Visibility.RESTRICTED, "X9A"): 2,
    }  # fmt: skip
    access = Counter(one.status for history in histories.values() for one in replay(history).access.values())
    assert access == {"granted": 1, "justified": 1, "declined": 1, "asked": 1}


def test_the_contract_is_with_the_provider_that_the_record_names(histories) -> None:
    for history in histories.values():
        known = provider_on(replay(history), TODAY)
        signed = [one.fact for one in history if isinstance(one.fact, e.ContractSigned)]
        assert known is None or known.name in signed[0].parties


def test_the_organisations_agree_amend_and_dispute_and_say_where_they_stand(facts, histories) -> None:
    practices = [replay(history) for history in histories.values()]
    states = Counter(record.state for practice in practices for record in practice.records.values())
    assert states["agreed"] > 100
    assert states["proposed"] > 20
    assert states["disputed"] == 2
    assert sum(isinstance(fact.fact, e.EntryAmended) for fact in facts) >= 5
    (over,) = [fact for fact in facts if getattr(fact.fact, "over_dispute", None)]
    assert isinstance(over.fact, e.TierDecided)
    stated = sorted(len(sides) for practice in practices for sides in practice.positions.values())
    assert stated == [1, 2, 2]


def test_nine_texts_in_ten_are_distinct(facts) -> None:
    # Roles, and what the actions of one plan share, are meant to be the same.
    alike = {"answered_by", "told_to", "responded_by", "plan_id"}
    texts = [
        value.words
        for fact in facts
        if fact.stream.startswith("practice-")
        for field in fields(fact.fact)
        if isinstance(value := getattr(fact.fact, field.name), Sealed) and field.name not in alike
    ]
    assert len(texts) > 500
    assert len(set(texts)) / len(texts) >= 0.9


def test_conversations_are_shared_and_with_the_practice(facts) -> None:
    spoken = [fact.fact for fact in facts if isinstance(fact.fact, e.ConversationRecorded)]
    assert sum(conversation.shared for conversation in spoken) >= 20
    assert sum(conversation.with_practice for conversation in spoken) >= 100
    assert any(Side.CONTRACT_HOLDER not in conversation.sides for conversation in spoken)
