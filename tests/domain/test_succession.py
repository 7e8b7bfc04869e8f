"""Which organisation came after which: whatever the one before answered for, the one after answers for."""

from dataclasses import replace
from datetime import date

import pytest

from domain.access.organisations import Organisation, decide
from domain.access.permissions import may, may_read, scope_of
from domain.access.succession import Succession
from domain.practice.kinds import Side
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OPERATOR, by, given

DAY, BEFORE = date(2026, 7, 1), date(2026, 6, 30)


def succeeded(code, predecessor, from_on=DAY):
    return a.organisation_succeeded(code=code, predecessor=predecessor, from_on=from_on)


def decided(succession, **fields):
    """What `handle` does: the circle is looked for in all organisations, and the rest is the successor's own."""
    command = a.succeed_organisation(**fields)
    succession.check(command)
    return decide(Organisation(succeeded=succession.held_by(command.code)), command, OPERATOR)


def refused(succession, **fields):
    with pytest.raises(RuleBroken) as broken:
        decided(succession, **fields)
    return broken.value.rule, broken.value.field


def test_an_organisation_succeeds_another_from_a_day() -> None:
    assert decided(Succession(), code="QHM", predecessor="00M", from_on=DAY) == [succeeded("QHM", "00M")]


def test_the_same_again_records_nothing_and_another_day_does() -> None:
    known = Succession([succeeded("QHM", "00M")])
    assert decided(known, code="QHM", predecessor="00M", from_on=DAY) == []
    moved = decided(known, code="QHM", predecessor="00M", from_on=BEFORE)
    assert moved == [succeeded("QHM", "00M", BEFORE)]
    assert Succession([succeeded("QHM", "00M"), *moved]).predecessors("QHM", BEFORE) == {"00M"}


def test_a_succession_recorded_in_error_is_outgrown_by_the_true_one() -> None:
    wrong = [succeeded("QHM", "00M"), succeeded("QOX", "00M")]
    right = decided(Succession(wrong), code="QHM", predecessor="00M", from_on=DAY)
    assert right == [succeeded("QHM", "00M")]
    assert Succession([*wrong, *right]).predecessors("QOX", DAY) == frozenset()
    assert Succession([*wrong, *right]).predecessors("QHM", DAY) == {"00M"}


def test_several_merge_into_one_and_chains_follow_each_from_its_day() -> None:
    merged = Succession(
        [succeeded("B", "A1", date(2015, 4, 1)), succeeded("B", "A2", date(2018, 4, 1)), succeeded("C", "B")]
    )
    assert merged.predecessors("B", date(2016, 4, 1)) == {"A1"}
    assert merged.predecessors("B", date(2018, 4, 1)) == {"A1", "A2"}
    assert merged.predecessors("C", BEFORE) == frozenset()
    assert merged.predecessors("C", DAY) == {"A1", "A2", "B"}
    assert [merged.living("A1", day) for day in (date(2015, 3, 31), date(2015, 4, 1), DAY)] == [
        "A1",
        "B",
        "C",
    ]
    assert merged.of("A1", date(2015, 3, 31)) is None
    assert merged.predecessors(None, DAY) == frozenset()


@pytest.mark.parametrize(
    ("code", "predecessor"), [("A", "A"), ("A", "B"), ("A", "C"), ("B", "C")]
)  # fmt: skip
def test_succession_goes_one_way(code, predecessor) -> None:
    chain = Succession([succeeded("B", "A"), succeeded("C", "B", date(2030, 4, 1))])
    assert refused(chain, code=code, predecessor=predecessor) == ("succession-goes-one-way", "predecessor")


def test_a_circle_that_two_made_at_once_is_walked_once() -> None:
    circle = Succession([succeeded("B", "A"), succeeded("A", "B")])
    assert circle.predecessors("A", DAY) == {"B"}
    assert circle.living("A", DAY) == "B"


# --- what follows for the people of the successor

HEIR = replace(LEAD, organisation="QHM", predecessors=frozenset({"98A", a.COMMISSIONER}))
HEIR_MANAGER = replace(MANAGER, organisation="Q01", predecessors=frozenset({a.HOLDER}), region=None)


def test_the_successors_people_see_and_act_where_the_predecessor_is_responsible() -> None:
    practice = given().practice()
    assert may_read(HEIR, practice)
    assert may(HEIR, "RecordConversation", practice)
    assert may(HEIR_MANAGER, "DecideTier", practice)
    assert not may(replace(HEIR, predecessors=frozenset({"98A"})), "RecordConversation", practice)
    assert scope_of(HEIR).local_commissioners == {"QHM", "98A", a.COMMISSIONER}


def test_a_manager_reads_the_regions_that_the_own_region_succeeded() -> None:
    practice = given(a.responsibility_assigned(contract_holder="Q98", region="Y98")).practice()
    assert not may_read(MANAGER, practice)
    assert may_read(replace(MANAGER, region_predecessors=frozenset({"Y98"})), practice)


def test_a_successor_agrees_for_the_organisation_that_is_responsible() -> None:
    proposed = a.action_proposed(action_id="action-1")
    given(proposed).when(a.agree_action(action_id="action-1"), HEIR).then_a(
        type(a.action_agreed(action_id="action-1")), organisation=a.COMMISSIONER
    )


def test_what_the_predecessor_agreed_its_successor_has_agreed() -> None:
    proposed = a.action_proposed(action_id="action-1")
    agreed = a.action_agreed(action_id="action-1", side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER)
    given(proposed, by(LEAD, agreed)).when(a.agree_action(action_id="action-1"), HEIR).then_refused(
        "a-side-agrees-once"
    )


def test_once_the_practices_own_facts_name_the_successor_it_agrees_for_itself() -> None:
    proposed = a.action_proposed(action_id="action-1")
    agreed = a.action_agreed(action_id="action-1", side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER)
    moved = a.responsibility_assigned(local_commissioner="QHM", from_on=a.TODAY, occurred_on=a.TODAY)
    given(proposed, by(LEAD, agreed), by(OPERATOR, moved)).when(
        a.agree_action(action_id="action-1"), HEIR
    ).then_a(type(agreed), organisation="QHM")


def test_who_moved_to_the_successor_corrects_what_they_recorded_before() -> None:
    entry = a.conversation_recorded(entry_id="entry-00000001")
    moved = replace(CASEWORKER, organisation="Q01", predecessors=frozenset({a.HOLDER}))
    correction = a.correct_fact(version=3, fields={"said": "Otherwise."})
    assert given(entry).when(correction, moved).broken is None
    given(a.responsibility_assigned(contract_holder="Q01"), entry).when(
        a.correct_fact(version=4, fields={"said": "Otherwise."}), replace(moved, predecessors=frozenset())
    ).then_refused("others-entries-are-corrected-by-request")
