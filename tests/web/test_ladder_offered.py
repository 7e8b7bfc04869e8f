"""A step of the ladder stands as a button by an entry exactly where the ladder's table says that it may be taken."""

import pytest

from domain.practice.contract_kinds import Entitlement
from tests.domain.climbing import DRAFTED, IDENTIFIED, SIGNED
from tests.domain.test_ladder_table import CONTRACT, LATER, MAY, NOTICE, OTHER, SANCTION, STATES, TABLE, story
from tests.support import factories as a
from tests.support.given import MANAGER, OTHER_MANAGER, by, given
from web.practices.ladder_not_yet import not_yet_of_notice
from web.practices.ladder_offers import on_the_ladder

OFFERED = {
    "handle it informally": "HandleBreachInformally",
    "try to settle it": "AttemptLocalResolution",
    "draft a remedial notice": "DraftRemedialNotice",
    "draft a breach notice": "DraftBreachNotice",
    "issue": "IssueNotice",
    "serve": "ServeNotice",
    "receipt": "RecordNoticeReceipt",
    "find satisfied": "FindNoticeSatisfied",
    "find not satisfied": "FindNoticeNotSatisfied",
    "withdraw": "WithdrawNotice",
    "impose": "ImposeSanction",
    "lift": "LiftSanction",
    "determine the dispute": "DetermineDispute",
    "withdraw the dispute": "WithdrawDispute",
}
"""Each step of the table that a button leads to."""

ON_A_GROUND = {("impose", "s_disputed")}
"""Taken over a pending dispute, but for a reason that its form asks for."""
LATE = {("try to settle it", "ended"), ("receipt", "ended")}
"""What merely records what happened is taken of a day on which the contract stood."""
NEEDLESS = {("receipt", "met"), ("receipt", "unmet")}
"""What was found satisfied or not says by itself that the notice arrived."""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", OFFERED)
def test_a_button_is_offered_exactly_where_its_step_may_be_taken(step, state):
    practice, about = story(state).practice(), STATES[state].notice
    offered = any(
        command == OFFERED[step] and given.get("notice_id", about) == about
        for entry in practice.standing.values()
        for _, command, given, _ in on_the_ladder(practice, entry.fact, MANAGER)
    )
    may = state in TABLE[step][MAY].split()
    assert offered is ((may or (step, state) in ON_A_GROUND | LATE) and (step, state) not in NEEDLESS)


def test_a_notice_that_a_later_one_rests_on_is_not_offered_to_be_withdrawn_and_it_is_said_why():
    later = a.sanction_proposed(
        notice_id="notice-ladder03",
        sanction_id=SANCTION,
        contract_id=CONTRACT,
        entitlement=Entitlement.REPEATED,
        rests_on=(NOTICE, OTHER),
        from_on=LATER,
    )
    practice = given(*STATES["two"].facts, later).practice()
    offered = [
        given_to
        for entry in practice.standing.values()
        for _, command, given_to, _ in on_the_ladder(practice, entry.fact, MANAGER)
        if command == "WithdrawNotice"
    ]
    assert offered == [{"notice_id": "notice-ladder03"}]
    told = list(not_yet_of_notice(practice, practice.notices[OTHER], MANAGER, lambda command: True))
    assert [(one.step, one.why) for one in told] == [
        ("Withdraw it", "a later notice rests on it: that one is withdrawn first")
    ]


def test_whoever_corrected_a_draft_is_not_offered_to_issue_it_and_hears_why():
    corrected = by(MANAGER, a.fact_corrected(corrects=5, fields=(a.changed("steps", '"Open."', '"Ring."'),)))
    practice = given(SIGNED, IDENTIFIED, DRAFTED, corrected).practice()
    fact, notice = practice.standing[5].fact, practice.notices[NOTICE]

    def commands(asked):
        return [command for _, command, _, _ in on_the_ladder(practice, fact, asked)]

    assert "IssueNotice" in commands(OTHER_MANAGER)
    assert "IssueNotice" not in commands(MANAGER)
    told = not_yet_of_notice(practice, notice, MANAGER, lambda command: True)
    assert ("Issue it", "you drafted it: another manager issues it") in [(one.step, one.why) for one in told]
