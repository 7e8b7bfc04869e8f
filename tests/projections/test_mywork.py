"""My work: what is late, due, and waits, for each role."""

from datetime import date, timedelta

import pytest

from domain.access.permissions import scope_of
from domain.practice.events import CaseworkerNamed
from domain.practice.kinds import ActionKind, Side, Tier, VisitStage
from domain.rules import Sealed
from projections import caseload_found, mywork
from projections.mywork.items import FEW, MOST, Work
from tests.projections.conftest import registered
from tests.support import factories as a
from tests.support.given import (
    ADMINISTRATOR,
    AUDITOR,
    CASEWORKER,
    LEAD,
    MANAGER,
    OTHER_CASEWORKER,
    OTHER_MANAGER,
    by,
)

DAY = timedelta(days=1)
MINE = CaseworkerNamed(
    caseworker=CASEWORKER.person, before=None, from_on=a.TODAY, note=None, occurred_on=date(2026, 1, 5)
)
ACTION = "action-00000001"


@pytest.fixture
def work(views):
    def of(asked, today=a.TODAY):
        with views.reading() as reading:
            return mywork.find(reading, asked, today)

    return of


def told(items):
    return [(item.what, item.version) for item in items]


def whats(items):
    return {item.what for item in items}


def agreed(side, by_whom):
    return by(by_whom, a.action_agreed(action_id=ACTION, side=side, organisation=by_whom.organisation))


AGREED = (agreed(Side.CONTRACT_HOLDER, MANAGER), agreed(Side.LOCAL_COMMISSIONER, LEAD))


def test_a_caseworker_sees_what_is_late_by_how_late_it_is_then_what_is_due_this_week(given, work):
    given(
        MINE,
        a.action_proposed(due_on=a.TODAY - DAY),
        a.action_proposed(due_on=a.TODAY - 6 * DAY, issue=Sealed("Infection control re-audit")),
        a.action_proposed(due_on=a.TODAY),
        a.action_proposed(due_on=a.TODAY + 7 * DAY),
        a.action_proposed(due_on=a.TODAY + 8 * DAY),
    )
    found = work(CASEWORKER)
    assert told(found.late) == [("action_due", 5), ("action_due", 4), ("action_due", 6)]
    assert told(found.week) == [("action_due", 7)]
    first = found.late[0]
    assert (first.days, first.title, first.practice) == (
        -6,
        "Infection control re-audit",
        "Larkfield Road Surgery",
    )
    assert found.practices == 1


def test_within_a_day_the_tier_that_matters_most_comes_first(record, views, work):
    late = a.action_proposed(due_on=a.TODAY - DAY)
    record(
        registered(MINE, late, code="X90001"),
        registered(MINE, late, a.tier_decided(tier=Tier.CAUSE_FOR_CONCERN), code="X90002"),
    )
    views.catch_up()
    assert [item.code for item in work(CASEWORKER).late] == ["X90002", "X90001"]


def test_another_caseworker_s_practice_is_not_mine(given, work):
    given(MINE, a.action_proposed(due_on=a.TODAY - DAY), a.intelligence_recorded())
    assert work(OTHER_CASEWORKER) == Work([], [], [], 0, {})


def test_what_settles_an_action_depends_on_whom_it_waits_for(given, work):
    given(MINE, a.action_proposed(action_id=ACTION, due_on=a.TODAY, owner=Side.CONTRACT_HOLDER))
    assert [item.command for item in work(CASEWORKER).late] == ["RescheduleAction"]
    assert [item.command for item in work(MANAGER).late] == ["AgreeAction"]


def test_an_agreed_action_is_settled_by_completing_it(given, work):
    given(MINE, a.action_proposed(action_id=ACTION, due_on=a.TODAY), *AGREED)
    assert [(item.command, item.thing_id) for item in work(CASEWORKER).late] == [("CompleteAction", ACTION)]


def test_a_review_is_the_caseworker_s_to_propose(given, work):
    given(MINE, a.tier_decided(review_on=a.TODAY - 2 * DAY))
    (item,) = work(CASEWORKER).late
    assert (item.what, item.days, item.command, item.version) == ("review_due", -2, "ProposeTier", 4)
    assert [(item.what, item.command) for item in work(MANAGER).late] == [("review_due", "DecideTier")]
    assert work(LEAD).late == []


def test_a_review_of_a_practice_without_a_caseworker_is_the_manager_s(given, work):
    given(a.tier_decided(review_on=a.TODAY + DAY))
    assert [(item.what, item.command) for item in work(MANAGER).week] == [("review_due", "DecideTier")]


def test_the_contact_that_was_promised_is_the_caseworker_s(given, work):
    given(MINE, a.conversation_recorded(occurred_on=date(2026, 11, 1), next_contact_on=a.TODAY + 2 * DAY))
    assert [(item.what, item.days) for item in work(CASEWORKER).week] == [("contact_due", 2)]
    assert work(MANAGER).week == []


def visit(*stages, visit_on=None):
    """A visit that is agreed and reached these stages, the last of them with the day for which it is arranged."""
    proposed = a.action_proposed(action_id=ACTION, kind=ActionKind.VISIT, due_on=date(2027, 3, 1))
    days = [None] * (len(stages) - 1) + [visit_on]
    reached = [
        a.visit_stage_reached(action_id=ACTION, stage=stage, visit_on=on)
        for stage, on in zip(stages, days, strict=True)
    ]
    return proposed, *AGREED, *reached


def test_an_arranged_visit_stands_on_its_day_and_is_what_comes_next(given, work, views):
    given(MINE, *visit(VisitStage.OFFERED, VisitStage.ACCEPTED, visit_on=a.TODAY + 3 * DAY))
    (item,) = work(CASEWORKER).week
    assert (item.what, item.days, item.due_on, item.command, item.thing_id) == (
        "visit_due",
        3,
        a.TODAY + 3 * DAY,
        "RecordVisitStage",
        ACTION,
    )
    assert [item.what for item in work(CASEWORKER, a.TODAY + 3 * DAY).late] == ["visit_due"]
    assert [item.days for item in work(CASEWORKER, a.TODAY + 5 * DAY).late] == [-2]
    assert work(OTHER_CASEWORKER).week == []
    with views.reading() as reading:
        assert caseload_found.one(reading, "X90001", a.TODAY).visit_on == a.TODAY + 3 * DAY


def test_a_visit_that_was_held_or_is_for_no_day_is_not_to_come(given, work):
    given(MINE, *visit(VisitStage.OFFERED, VisitStage.ACCEPTED, VisitStage.HELD, visit_on=a.TODAY + DAY))
    assert work(CASEWORKER).week == []
    given(MINE, *visit(VisitStage.OFFERED), code="X90002")
    assert work(CASEWORKER).week == []


def test_an_action_waits_for_each_organisation_s_own_people(given, work):
    given(MINE, a.action_proposed(action_id=ACTION, due_on=date(2027, 3, 1)), AGREED[0])
    assert whats(work(MANAGER).waiting) == set()
    assert told(work(LEAD).waiting) == [("action_to_agree", 4)]
    assert whats(work(CASEWORKER).waiting) == set()


def test_evidence_waits_for_somebody_else_than_who_completed_it(given, work):
    completed = by(CASEWORKER, a.action_completed(action_id=ACTION))
    given(MINE, a.action_proposed(action_id=ACTION, due_on=a.TODAY - DAY), *AGREED, completed)
    assert work(CASEWORKER) == Work([], [], [], 1, {})
    for other in (MANAGER, LEAD):
        (item,) = work(other).waiting
        assert (item.what, item.by, item.command) == (
            "evidence_to_accept",
            CASEWORKER.person,
            "AcceptEvidence",
        )


def test_a_proposal_waits_for_a_manager_who_did_not_propose_it(given, work):
    given(MINE, by(MANAGER, a.tier_proposed(tier=Tier.CAUSE_FOR_CONCERN)))
    assert whats(work(MANAGER).waiting) == set()
    (item,) = work(OTHER_MANAGER).waiting
    assert (item.what, item.tier, item.command) == ("tier_to_decide", Tier.CAUSE_FOR_CONCERN, "DecideTier")
    assert whats(work(CASEWORKER).waiting) == whats(work(LEAD).waiting) == set()


def test_a_request_waits_for_a_manager_who_did_not_make_it(given, work):
    given(MINE, a.conversation_recorded(), by(MANAGER, a.correction_requested(version=4)))
    assert whats(work(MANAGER).waiting) == set()
    assert told(work(OTHER_MANAGER).waiting) == [("correction_to_authorise", 5)]


def test_intelligence_waits_for_somebody_else_than_who_heard_it(given, work):
    given(MINE, by(CASEWORKER, a.intelligence_recorded()))
    assert whats(work(CASEWORKER).waiting) == set()
    assert whats(work(MANAGER).waiting) == whats(work(LEAD).waiting) == {"intelligence_to_corroborate"}


def test_a_lead_follows_up_their_own_side_s_actions_only(given, work):
    given(
        MINE,
        a.action_proposed(due_on=a.TODAY - DAY, owner=Side.LOCAL_COMMISSIONER),
        a.action_proposed(due_on=a.TODAY - DAY, owner=Side.PRACTICE),
    )
    assert told(work(LEAD).late) == [("action_due", 4)]


def test_what_is_listed_as_late_is_not_listed_as_waiting_too(given, work):
    given(MINE, a.action_proposed(due_on=a.TODAY - DAY, owner=Side.LOCAL_COMMISSIONER))
    found = work(LEAD)
    assert (len(found.late), found.waiting) == (1, [])


def test_what_others_follow_up_is_told_in_figures_and_what_is_late_longest_of_it(record, views, work):
    late = [a.action_proposed(due_on=a.TODAY - days * DAY, owner=Side.PRACTICE) for days in (1, 5)]
    today = a.action_proposed(due_on=a.TODAY, owner=Side.PRACTICE)
    record(
        registered(MINE, *late, today, code="X90001"),
        registered(MINE, late[0], a.tier_decided(tier=Tier.CAUSE_FOR_CONCERN), code="X90002"),
        registered(MINE, today, code="X90003"),
    )
    views.catch_up()
    for asked in (MANAGER, LEAD):
        found = work(asked)
        assert found.late == []
        assert found.area is not None
        assert (found.area.actions, found.area.practices) == (3, 2)
        assert [(item.code, item.days) for item in found.area.others] == [
            ("X90001", -5), ("X90002", -1), ("X90001", -1),
        ]  # fmt: skip
        scope = scope_of(asked)
        with views.reading() as reading:
            counts = caseload_found.find(reading, scope, a.TODAY).counts
        assert (counts.overdue_actions, counts.overdue_practices) == (3, 2)
    assert work(CASEWORKER).area is None


def test_what_is_one_s_own_is_not_counted_among_what_others_follow_up(given, work):
    given(
        MINE,
        a.action_proposed(due_on=a.TODAY - DAY, owner=Side.LOCAL_COMMISSIONER),
        a.action_proposed(due_on=a.TODAY - DAY, owner=Side.PRACTICE),
    )
    area = work(LEAD).area
    assert area is not None
    assert (area.actions, area.practices, len(area.others)) == (1, 1, 1)


def test_what_waits_is_by_kind_and_then_by_how_long_it_has_waited(given, work):
    given(
        MINE,
        a.action_proposed(due_on=date(2027, 1, 4), occurred_on=date(2026, 11, 9)),
        a.intelligence_recorded(),
        a.action_proposed(due_on=date(2027, 3, 1), occurred_on=date(2026, 11, 2)),
        by(OTHER_MANAGER, a.tier_proposed(tier=Tier.CAUSE_FOR_CONCERN)),
    )
    assert told(work(MANAGER).waiting) == [
        ("tier_to_decide", 7), ("action_to_agree", 6), ("action_to_agree", 4), ("intelligence_to_corroborate", 5),
    ]  # fmt: skip


def test_nothing_of_a_closed_practice_or_another_organisation_s_is_mine(record, views, work):
    late = a.action_proposed(due_on=a.TODAY - DAY)
    history = registered(MINE, late, code="X90002")
    elsewhere = a.responsibility_assigned(contract_holder="Q88", local_commissioner="88A")
    history[1] = history[1]._replace(fact=elsewhere)
    record(registered(MINE, late, a.practice_closed(), code="X90001"), history)
    views.catch_up()
    for asked in (CASEWORKER, MANAGER, LEAD):
        assert work(asked) == Work([], [], [], 0, {})


@pytest.mark.parametrize("asked", [AUDITOR, ADMINISTRATOR])
def test_auditors_and_administrators_have_no_casework(given, work, asked):
    given(MINE, a.action_proposed(due_on=a.TODAY - DAY))
    assert work(asked) == Work([], [], [], 0, {})


def test_a_list_too_long_to_read_is_cut_and_says_so(given, work):
    given(
        MINE,
        *[a.action_proposed(due_on=a.TODAY - DAY) for _ in range(MOST + 5)],
        *[a.action_proposed(due_on=a.TODAY + DAY) for _ in range(3)],
    )
    found = work(CASEWORKER)
    assert (len(found.late), len(found.week), found.left_out) == (MOST, 3, {"late": 5})
    waiting = work(MANAGER)
    assert (len(waiting.waiting), waiting.left_out) == (
        FEW,
        {"action_to_agree": 23, "others": 20},
    )


def test_an_explanation_waits_for_another_person_than_who_gave_it(given, work):
    given(
        MINE,
        by(MANAGER, a.flag_raised(flag_id="flag-00000001")),
        by(
            OTHER_CASEWORKER, a.flag_explained(flag_id="flag-00000001", explanation_id="explanation-0000aaaa")
        ),
    )
    for asked in (CASEWORKER, MANAGER):
        (item,) = [one for one in work(asked).waiting if one.what == "explanation_to_answer"]
        assert (item.version, item.thing_id, item.by) == (5, "explanation-0000aaaa", OTHER_CASEWORKER.person)
    assert "explanation_to_answer" not in whats(work(OTHER_CASEWORKER).waiting)
    assert "explanation_to_answer" not in whats(work(LEAD).waiting)


@pytest.mark.parametrize(
    "after",
    [
        a.explanation_not_accepted(flag_id="flag-00000001", explanation_id="explanation-0000aaaa"),
        a.flag_withdrawn(flag_id="flag-00000001"),
    ],
)
def test_an_explanation_that_was_answered_or_whose_flag_ended_waits_for_nobody(given, work, after):
    explained = a.flag_explained(flag_id="flag-00000001", explanation_id="explanation-0000aaaa")
    raised = a.flag_raised(flag_id="flag-00000001")
    given(MINE, by(MANAGER, raised), by(OTHER_CASEWORKER, explained), by(MANAGER, after))
    for asked in (CASEWORKER, MANAGER, OTHER_MANAGER):
        assert "explanation_to_answer" not in whats(work(asked).waiting)
