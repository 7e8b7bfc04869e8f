"""A practice is handed over by its caseworker, by whoever covers for them, or by a manager when somebody leaves."""

from dataclasses import replace

import pytest

from domain.practice import events as e
from tests.support import factories as a
from tests.support.given import CASEWORKER, MANAGER, OTHER_CASEWORKER, by, given

MINE = by(MANAGER, a.caseworker_named(caseworker=CASEWORKER.person))
COVERS = replace(OTHER_CASEWORKER, covers=frozenset({CASEWORKER.person}))
TOGETHER = {"hand_over_id": "handover-0000aaaa", "whose": CASEWORKER.person}


def test_the_caseworker_hands_over_with_a_note() -> None:
    story = given(MINE).when(a.hand_over_practice())
    story.then(a.practice_handed_over())
    assert given(MINE, *story.facts).practice().caseworker == "person-00000002"
    given(MINE).when(a.hand_over_practice(note="")).then_refused("what-is-asked-for-is-given", "note")


def test_whoever_covers_hands_over_in_their_place() -> None:
    given(MINE).when(a.hand_over_practice(), COVERS).then_a(e.PracticeHandedOver, before=CASEWORKER.person)


@pytest.mark.parametrize("asked", [OTHER_CASEWORKER, MANAGER], ids=lambda one: one.person)
def test_nobody_else_hands_it_over(asked) -> None:
    given(MINE).when(a.hand_over_practice(), asked).then_refused(
        "a-practice-is-handed-over-by-its-caseworker"
    )


def test_a_manager_hands_over_all_at_once_and_a_caseworker_cannot() -> None:
    given(MINE).when(a.hand_over_practice(**TOGETHER), MANAGER).then_a(
        e.PracticeHandedOver, hand_over_id="handover-0000aaaa", before=CASEWORKER.person
    )
    given(MINE).when(a.hand_over_practice(**TOGETHER), OTHER_CASEWORKER).then_refused(
        "a-practice-is-handed-over-by-its-caseworker"
    )
    odd = {**TOGETHER, "hand_over_id": "A sentence."}
    given(MINE).when(a.hand_over_practice(**odd), MANAGER).then_refused("ids-are-minted-by-casebook")


def test_what_is_another_persons_by_now_is_not_handed_over() -> None:
    theirs = by(MANAGER, a.caseworker_named(caseworker="person-00000003"))
    given(MINE, theirs).when(a.hand_over_practice(**TOGETHER), MANAGER).then_refused(
        "a-practice-is-handed-over-while-it-is-theirs"
    )
    given().when(a.hand_over_practice(**TOGETHER), MANAGER).then_refused(
        "a-practice-is-handed-over-while-it-is-theirs"
    )


def test_handing_over_to_oneself_changes_nothing() -> None:
    given(MINE).when(a.hand_over_practice(caseworker=CASEWORKER.person)).then_nothing()


def test_another_caseworker_does_not_take_a_practice_by_naming_themselves() -> None:
    name = a.name_caseworker(caseworker=OTHER_CASEWORKER.person)
    given(MINE).when(name, OTHER_CASEWORKER).then_refused("a-practice-is-handed-over-by-its-caseworker")
    given(MINE).when(name, COVERS).then_a(e.CaseworkerNamed)
    given(MINE).when(name, MANAGER).then_a(e.CaseworkerNamed)
    given().when(name, OTHER_CASEWORKER).then_a(e.CaseworkerNamed)
