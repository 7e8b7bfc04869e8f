"""What moved the tier stays recorded until it moves again: a correction is no way around the guards of a move."""

from datetime import timedelta

import pytest

from domain.practice import events as e
from domain.practice.kinds import CorrectionKind, Side, Tier
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, by, given

ROOM, CONCERN = Tier.ROOM_FOR_IMPROVEMENT, Tier.CAUSE_FOR_CONCERN
FLAG, HEARD = "flag-rests0001", "intelligence-rests0001"


def ago(days):
    return a.TODAY - timedelta(days=days)


def side(which, role):
    return e.Participant(side=which, role=role, described=None, person=None, name=None)


BOTH = (side(Side.CONTRACT_HOLDER, "caseworker"), side(Side.LOCAL_COMMISSIONER, "primary_care_lead"))
FLAGGED = a.flag_raised(flag_id=FLAG, occurred_on=ago(60))
WITHOUT_THEM = [
    {"side": "contract_holder", "role": "caseworker", "described": None, "person": None, "name": None}
]


def talked(days, **more):
    return a.conversation_recorded(
        **{"participants": BOTH, "occurred_on": ago(days), "about_flags": (FLAG,), "about_intelligence": ()}
        | more
    )


def decided(tier=CONCERN, days=10, inputs=("X90001/3",), **more):
    return by(
        MANAGER,
        a.tier_decided(
            **{"tier": tier, "inputs": inputs, "occurred_on": ago(days), "effective_on": ago(days)}
            | {"framework_version": 1, "before": Tier.ASSURANCE_BASED}
            | more
        ),
    )


INTO = (FLAGGED, talked(20), a.inspection_reported(occurred_on=ago(30), rating="inadequate"))
RULE = "what-moved-the-tier-stands-until-it-moves-again"


@pytest.mark.parametrize(
    "fields",
    [{"participants": WITHOUT_THEM}, {"occurred_on": "2020-01-01"}, {"about_flags": []}],
    ids=lambda fields: next(iter(fields)),
)
def test_the_conversation_that_let_a_move_pass_stays_what_it_was_cited_or_not(fields) -> None:
    for inputs in (("X90001/3", "X90001/4"), ("X90001/3", "X90001/5")):
        story = given(*INTO, decided(inputs=inputs))
        story.when(a.correct_fact(version=4, fields=fields), CASEWORKER).then_refused(RULE)
        story.when(a.withdraw_fact(version=4), CASEWORKER).then_refused(RULE)
        story.when(a.request_correction(version=4, kind=CorrectionKind.WITHDRAW), LEAD).then_refused(RULE)
        story.when(a.correct_fact(version=4, fields={"said": "Put otherwise."}), CASEWORKER).then_a(
            e.FactCorrected
        )


def test_another_conversation_that_would_have_let_it_pass_bears_it() -> None:
    story = given(*INTO, talked(15), decided(inputs=("X90001/3", "X90001/5")))
    story.when(a.withdraw_fact(version=4), CASEWORKER).then_a(e.FactWithdrawn)
    later = given(*INTO, decided(inputs=("X90001/3", "X90001/5")), talked(5))
    later.when(a.withdraw_fact(version=4), CASEWORKER).then_refused(RULE)


def test_a_conversation_bears_a_move_until_the_tier_moves_again() -> None:
    review = decided(before=CONCERN, days=5, inputs=("X90001/3", "X90001/4"))
    out = decided(ROOM, before=CONCERN, days=5)
    story = given(*INTO, decided(inputs=("X90001/3", "X90001/5")), review)
    story.when(a.withdraw_fact(version=4), CASEWORKER).then_refused(RULE)
    story = given(*INTO, decided(inputs=("X90001/3", "X90001/5")), talked(7), out)
    story.when(a.withdraw_fact(version=4), CASEWORKER).then_a(e.FactWithdrawn)
    story.when(a.withdraw_fact(version=7), CASEWORKER).then_refused(RULE)


def test_what_the_corrector_may_not_see_does_not_open_the_way() -> None:
    kept = by(MANAGER, a.intelligence_recorded(intelligence_id=HEARD, visibility="internal"))
    theirs = by(LEAD, talked(20))
    story = given(FLAGGED, theirs, kept, decided(inputs=("X90001/3", "X90001/5")))
    story.when(a.withdraw_fact(version=4), LEAD).then_refused(RULE)


def test_for_safety_the_evidence_stays_and_the_conversation_is_free() -> None:
    story = given(*INTO, decided(inputs=("X90001/3", "X90001/5"), immediate_safety=Sealed("A child.")))
    story.when(a.withdraw_fact(version=4), CASEWORKER).then_a(e.FactWithdrawn)
    story.when(a.request_correction(version=5, kind=CorrectionKind.WITHDRAW), CASEWORKER).then_refused(RULE)


def test_what_was_decided_before_the_rules_were_in_force_rests_on_no_guard() -> None:
    story = given(*INTO, decided(inputs=("X90001/3", "X90001/4"), framework_version=None))
    story.when(a.withdraw_fact(version=4), CASEWORKER).then_a(e.FactWithdrawn)
