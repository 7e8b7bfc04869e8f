"""The practice page: given facts, then where the practice stands, and what is open, waits and has ended."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.practice.events import (
    ActionCancelled,
    ActionProgressed,
    ActionRescheduled,
    CaseworkerNamed,
    ContractVaried,
    DetailsChanged,
    IntelligenceCorroborated,
)
from domain.practice.kinds import Side, Tier
from domain.rules import Sealed
from projections import mywork, practice
from projections.actions import Move
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, by
from tests.support.readers import EVERYBODY

DAY = timedelta(days=1)
ACTION, FLAG = "action-00000001", "flag-00000001"


@pytest.fixture
def standing(given, views):
    def after(*facts, today=a.TODAY):
        given(*facts)
        with views.reading() as reading:
            found = practice.standing(reading, a.CODE, EVERYBODY, today)
        assert found is not None
        return found

    return after


def agreed(side, by_whom):
    return by(by_whom, a.action_agreed(action_id=ACTION, side=side, organisation=by_whom.organisation))


def test_a_practice_that_is_not_there(given, views):
    given()
    with views.reading() as reading:
        assert practice.standing(reading, "X90002", EVERYBODY, a.TODAY) is None
        assert practice.details(reading, "X90002") is None


def test_details_are_as_last_changed(standing):
    changed = DetailsChanged(
        name=Sealed("Larkfield Health Centre"), address=Sealed("1 New Road\nTown"), postcode="LS1 4AB",
        telephone=Sealed("0113 496 0000"), list_size=8412, changes=(), source="form", source_sha256=None,
        occurred_on=a.TODAY,
    )  # fmt: skip
    named = CaseworkerNamed(
        caseworker="person-1", before=None, from_on=date(2026, 3, 1), note=None, occurred_on=a.TODAY
    )
    found = standing(changed, named)
    assert found.details.name == found.now.name == "Larkfield Health Centre"
    assert (found.details.address, found.details.telephone) == ("1 New Road\nTown", "0113 496 0000")
    assert (found.details.caseworker, found.details.caseworker_since) == ("person-1", date(2026, 3, 1))
    assert found.details.registered_on == date(2024, 11, 21)


def test_the_decision_in_effect_says_why_and_the_next_one_is_known(standing):
    found = standing(
        a.tier_proposed(proposal_id="proposal-00000001"),
        by(
            MANAGER,
            a.tier_decided(proposal_id="proposal-00000001", rationale=Sealed("Because of the calls.")),
        ),
        by(
            MANAGER,
            a.tier_decided(
                before=Tier.ROOM_FOR_IMPROVEMENT, tier=Tier.ASSURANCE_BASED, effective_on=a.TODAY + 9 * DAY
            ),
        ),
    )
    assert found.decision.rationale == "Because of the calls."
    assert (found.decision.decided_by, found.decision.proposed_by) == (MANAGER.person, CASEWORKER.person)
    assert (found.decision.proposal_version, found.decision.inputs) == (3, (f"{a.CODE}/1",))
    assert found.next_decision.tier == Tier.ASSURANCE_BASED
    assert [decision.version for decision in found.decisions] == [5, 4]
    assert found.proposals == []


def test_nobody_decided_the_starting_tier(standing):
    found = standing()
    assert (found.decision, found.next_decision, found.decisions) == (None, None, [])


def test_a_proposal_and_a_request_wait_until_they_are_answered(standing):
    found = standing(
        a.tier_proposed(rationale=Sealed("It has a plan.")),
        a.correction_requested(version=3, reason=Sealed("Wrong practice.")),
    )
    (proposal,) = found.proposals
    assert (proposal.rationale, proposal.status, proposal.version) == ("It has a plan.", "open", 3)
    (request,) = found.requests
    assert (request.reason, request.about_version, request.about_name) == (
        "Wrong practice.",
        3,
        "practice.tier-proposed",
    )


def test_an_action_waits_for_the_sides_that_have_not_agreed(standing):
    found = standing(a.action_proposed(action_id=ACTION), agreed(Side.CONTRACT_HOLDER, MANAGER))
    (action,) = found.actions
    assert (action.status, action.waits_for) == ("proposed", (Side.LOCAL_COMMISSIONER,))
    assert (action.agreed_by_holder, action.agreed_by_commissioner) == (MANAGER.person, None)


def test_an_agreed_action_was_agreed_by_both(standing):
    (action,) = standing(
        a.action_proposed(action_id=ACTION, issue=Sealed("Calls go unanswered."), plan_id=Sealed("Plan 7")),
        agreed(Side.CONTRACT_HOLDER, MANAGER),
        agreed(Side.LOCAL_COMMISSIONER, LEAD),
        ActionProgressed(action_id=ACTION, words=Sealed("Drafted."), occurred_on=date(2026, 10, 5)),
        ActionRescheduled(
            action_id=ACTION, due_on=date(2026, 11, 1), before_due_on=date(2026, 12, 14),
            first_due_on=date(2026, 12, 14), reason=Sealed("Sooner."), occurred_on=date(2026, 10, 6),
        ),
    ).actions  # fmt: skip
    assert (action.status, action.waits_for, action.open) == ("agreed", (), True)
    assert (action.agreed_by_holder, action.agreed_by_commissioner) == (MANAGER.person, LEAD.person)
    assert (action.due_on, action.first_due_on, action.moved) == (date(2026, 11, 1), date(2026, 12, 14), 1)
    assert action.moves == (Move(7, date(2026, 10, 6), date(2026, 12, 14), date(2026, 11, 1)),)
    assert (action.progressed_on, action.days_late(a.TODAY)) == (date(2026, 10, 5), 20)
    assert (action.issue, action.plan_id) == ("Calls go unanswered.", "Plan 7")


def test_an_action_keeps_each_day_it_was_given_and_when_it_was_reopened(standing):
    (action,) = standing(
        a.action_proposed(action_id=ACTION, due_on=date(2026, 10, 7)),
        a.action_rescheduled(action_id=ACTION, due_on=date(2026, 11, 9), occurred_on=date(2026, 10, 20)),
        ActionCancelled(
            action_id=ACTION, reason=Sealed("Not needed."), not_done=False, occurred_on=date(2026, 11, 2)
        ),
        a.action_reopened(action_id=ACTION, due_on=date(2027, 1, 18), occurred_on=date(2026, 11, 12)),
    ).actions
    assert action.moves == (
        Move(4, date(2026, 10, 20), date(2026, 10, 7), date(2026, 11, 9)),
        Move(6, date(2026, 11, 12), date(2026, 11, 9), date(2027, 1, 18), date(2026, 11, 2)),
    )
    assert (action.first_due_on, action.moved, action.ended_on) == (date(2026, 10, 7), 1, None)


def test_where_there_is_no_commissioner_the_holder_s_agreement_is_enough(standing):
    none = a.responsibility_assigned(local_commissioner=None)
    assert standing(none, a.action_proposed(action_id=ACTION)).actions[0].waits_for == (Side.CONTRACT_HOLDER,)


def test_an_action_waits_for_whoever_is_responsible_today(given, views):
    """Nothing is recorded on the day a responsibility passes on, and yet the action waits for the new organisation."""
    given(
        a.action_proposed(action_id=ACTION),
        agreed(Side.LOCAL_COMMISSIONER, LEAD),
        a.responsibility_assigned(local_commissioner="88A", from_on=a.TODAY + DAY),
    )
    with views.reading() as reading:
        today, tomorrow = (
            practice.standing(reading, a.CODE, EVERYBODY, a.TODAY + days * DAY) for days in (0, 1)
        )
        assert today is not None
        assert tomorrow is not None
        assert today.actions[0].waits_for == (Side.CONTRACT_HOLDER,)
        assert tomorrow.actions[0].waits_for == (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)
        newly = replace(LEAD, organisation="88A")
        assert mywork.find(reading, newly, a.TODAY).waiting == []
        assert [item.what for item in mywork.find(reading, newly, a.TODAY + DAY).waiting] == [
            "action_to_agree"
        ]


def test_a_flag_keeps_its_explanations_and_how_it_ended(standing):
    (flag,) = standing(
        a.flag_raised(flag_id=FLAG),
        a.flag_explained(flag_id=FLAG, occurred_on=date(2026, 10, 1)),
        a.flag_cleared(flag_id=FLAG, occurred_on=date(2026, 11, 1)),
    ).flags
    assert (flag.status, flag.open, flag.ended_on) == ("cleared", False, date(2026, 11, 1))
    assert [(one.on, one.version, one.given_by) for one in flag.explanations] == [
        (date(2026, 10, 1), 4, Side.PRACTICE)
    ]


def test_intelligence_is_unverified_until_another_person_says(standing):
    corroborated = IntelligenceCorroborated(
        intelligence_id="intelligence-00000001", reason=Sealed("Seen."), evidence=(), occurred_on=a.TODAY
    )
    found = standing(
        a.intelligence_recorded(intelligence_id="intelligence-00000001", summary=Sealed("Calls unanswered.")),
        a.intelligence_recorded(occurred_on=date(2026, 9, 1)),
        by(LEAD, corroborated),
    )
    assert [(heard.summary[:5], heard.status) for heard in found.intelligence] == [
        ("Calls", "corroborated"), ("Two p", "unverified")
    ]  # fmt: skip


def test_contracts_with_their_variations(standing):
    varied = ContractVaried(
        contract_id="contract-00000001", variation=Sealed("V1"), clauses=None, wording=Sealed("Clause 9."), unilateral=False,
        legal_basis=None, notice_given_on=None, signed_by_holder_on=a.TODAY, signed_by_contractor_on=a.TODAY,
        effective_on=date(2026, 4, 1), occurred_on=a.TODAY,
    )  # fmt: skip
    (contract,) = standing(
        a.contract_signed(contract_id="contract-00000001", services=(Sealed("Minor surgery"),)), varied
    ).contracts
    assert (contract.reference, contract.parties) == ("GMS 1", ("Larkfield Road Partnership",))
    assert contract.services == ("Minor surgery",)
    assert [(one.effective_on, one.version) for one in contract.variations] == [(date(2026, 4, 1), 4)]


def test_what_was_withdrawn_is_not_there(standing):
    found = standing(
        a.flag_raised(), a.action_proposed(), a.fact_withdrawn(corrects=3), a.fact_withdrawn(corrects=4)
    )
    assert (found.flags, found.actions) == ([], [])


def test_a_closed_practice_stays_readable(standing):
    found = standing(a.practice_closed(closed_on=date(2026, 10, 31)))
    assert found.details.closed_on == found.now.closed_on == date(2026, 10, 31)
