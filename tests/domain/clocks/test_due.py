"""What is due, when, and why, worked out from where a practice stands and the day."""

from datetime import date, timedelta

import pytest

from domain.clocks.due import clocks, due
from domain.clocks.what import RANK, Clock
from domain.practice import events as e
from domain.practice.changes_state import Asked, ListClosure, Merger
from domain.practice.contract_state import (
    Declaration,
    Dispute,
    Notice,
    NoticeStatus,
    RegulatoryAction,
    Sanction,
    Suspension,
    Termination,
)
from domain.practice.kinds import (
    ContractorKind,
    DisputeRoute,
    NoticeKind,
    RegulatoryActionKind,
    SanctionKind,
    ShorterBecause,
    Side,
    Tier,
    Unit,
)
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import MANAGER, by, given


def day(text):
    return date.fromisoformat(text)


def practice(**state):
    """A registered practice with nothing but this about it."""
    found = given().practice()
    for name, things in state.items():
        setattr(found, name, {str(number): one for number, one in enumerate(things)})
    return found


def of(found, on):
    return [(one.clock, one.due_on.isoformat()) for one in due(found, day(on))]


def served(kind=NoticeKind.REMEDIAL, status=NoticeStatus.SERVED, ends_on="2026-11-20", **more):
    return Notice(
        notice_id="notice-1",
        kind=kind,
        contract_id="contract-1",
        breaches=(),
        drafted_by="person-1",
        drafted_on=day("2026-10-20"),
        version=5,
        period_days=28,
        status=status,
        issued_by="person-2",
        issued_on=day("2026-10-22"),
        issued=6,
        served_on=day("2026-10-23"),
        served=7,
        ends_on=day(ends_on),
        **more,
    )


# --- notices


def test_a_remedial_notice_is_due_on_its_last_day_and_then_until_it_is_assessed() -> None:
    found = practice(notices=[served()])
    (period, window) = due(found, day("2026-11-20"))
    assert (period.clock, period.due_on, period.of) == (Clock.NOTICE_PERIOD, day("2026-11-20"), Side.PRACTICE)
    assert not period.late(day("2026-11-20"))
    assert window.clock == Clock.DISPUTE_WINDOW
    (late,) = due(found, day("2026-11-21"))
    assert late.clock == Clock.NOTICE_PERIOD
    assert late.late(day("2026-11-21"))


def test_why_names_the_rule_its_source_and_the_sum() -> None:
    (period, _) = due(practice(notices=[served()]), day("2026-11-01"))
    assert period.rule == "remedial-notice"
    assert period.source == "SI 2015/1862 (GMS contracts), schedule 3, paragraph 70"
    assert period.sum == (
        "counts as given on 23 October 2026: 28 days after 23 October 2026, which is not counted, end on 20 November 2026"
    )
    assert period.version == 7


def test_a_period_that_is_shorter_for_a_reason_says_so() -> None:
    found = practice(notices=[served(ends_on="2026-11-06", shorter_because=ShorterBecause.PATIENT_SAFETY)])
    (period,) = [one for one in clocks(found) if one.clock == Clock.NOTICE_PERIOD]
    assert period.sum.endswith("end on 6 November 2026, shorter than 28 days for a recorded reason")


@pytest.mark.parametrize(
    ("status", "left"),
    [
        (NoticeStatus.SATISFIED, []),
        (NoticeStatus.WITHDRAWN, []),
        (NoticeStatus.NOT_SATISFIED, [Clock.DISPUTE_WINDOW]),
        (NoticeStatus.SERVED, [Clock.NOTICE_PERIOD, Clock.DISPUTE_WINDOW]),
    ],
)
def test_what_is_left_of_a_notice_follows_from_how_far_it_has_come(status, left) -> None:
    found = practice(notices=[served(status=status)])
    assert [one.clock for one in due(found, day("2026-11-01"))] == left


def test_an_issued_notice_waits_for_its_service() -> None:
    notice = served(status=NoticeStatus.ISSUED)
    notice.served_on = notice.served = notice.ends_on = None
    assert of(practice(notices=[notice]), "2026-11-01") == [(Clock.NOTICE_TO_SERVE, "2026-10-22")]


def test_a_draft_waits_for_another_than_its_drafter_and_nobody_is_late() -> None:
    notice = served(status=NoticeStatus.DRAFT)
    notice.served_on = notice.served = notice.ends_on = notice.issued_on = notice.issued = None
    (waits,) = due(practice(notices=[notice]), day("2026-12-30"))
    assert (waits.clock, waits.due_on, waits.began_by) == (
        Clock.NOTICE_TO_ISSUE,
        day("2026-10-20"),
        "person-1",
    )
    assert not waits.late(day("2026-12-30"))


def test_a_contract_does_not_end_before_its_notice_that_was_served_late_has_run() -> None:
    notice = "notice-ending01"
    drafted = a.termination_notice_drafted(notice_id=notice, effective_on=day("2026-10-20"))
    late = a.notice_served(notice_id=notice, occurred_on=day("2026-10-01"), deemed_on=day("2026-10-05"))
    found = given(
        a.contract_signed(), drafted, by(MANAGER, a.notice_issued(notice_id=notice)), late
    ).practice()
    (ends,) = [one for one in due(found, day("2026-10-06")) if one.clock == Clock.TERMINATION]
    assert ends.due_on == day("2026-11-02")


def test_a_notice_that_ran_out_is_the_holders_to_assess() -> None:
    found = practice(notices=[served()])
    turn = {on: due(found, day(on))[0].of for on in ("2026-11-20", "2026-11-21")}
    assert turn == {"2026-11-20": Side.PRACTICE, "2026-11-21": Side.CONTRACT_HOLDER}


def test_what_a_contractor_asked_for_and_challenged_waits_until_it_is_decided() -> None:
    found = given(
        a.flag_raised(),
        by(MANAGER, a.factual_challenge_made(about=f"{a.CODE}/3")),
        a.list_closure_applied_for(),
        a.branch_closure_applied_for(),
    ).practice()
    assert {one.clock for one in due(found, day("2027-06-01"))} >= {
        Clock.CHALLENGE_TO_DECIDE,
        Clock.LIST_TO_DECIDE,
        Clock.BRANCH_TO_DECIDE,
    }


def test_a_dispute_may_be_referred_to_the_end_of_its_period_and_once_referred_no_more() -> None:
    notice = served(NoticeKind.BREACH, ends_on="2026-10-23")
    assert (Clock.DISPUTE_WINDOW, "2026-11-20") in of(practice(notices=[notice]), "2026-11-20")
    assert (Clock.DISPUTE_WINDOW, "2026-11-20") not in of(practice(notices=[notice]), "2026-11-21")
    dispute = Dispute(
        "dispute-1",
        "notice-1",
        DisputeRoute.NHS_DISPUTE_RESOLUTION,
        day("2026-11-02"),
        in_time=True,
        version=9,
    )
    found = of(practice(notices=[notice], disputes=[dispute]), "2026-11-03")
    assert Clock.DISPUTE_WINDOW not in [clock for clock, _ in found]


def test_a_pharmacy_has_30_days_to_appeal() -> None:
    found = practice(notices=[served(NoticeKind.BREACH, ends_on="2026-10-23")])
    found.kind = ContractorKind.PHARMACY
    (window,) = [one for one in clocks(found) if one.clock == Clock.DISPUTE_WINDOW]
    assert (window.due_on, window.rule) == (day("2026-11-22"), "dispute-referral")
    assert "SI 2013/349" in (window.source or "")


def test_a_sanction_whose_notice_was_served_may_be_imposed_from_its_day_until_then_it_is_to_come() -> None:
    notice = served(NoticeKind.SANCTION, ends_on="2026-11-20")
    sanction = Sanction("sanction-1", "0", SanctionKind.WITHHOLD_MONEY, day("2026-11-21"), None, 8)
    found = practice(notices=[notice], sanctions=[sanction])
    begins = next(one for one in due(found, day("2026-11-20")) if one.clock == Clock.SANCTION_BEGINS)
    assert (begins.due_on, begins.rule) == (day("2026-11-21"), "sanction-notice")
    assert begins.sum == (
        "its notice says 21 November 2026; 28 days after 23 October 2026, which is not counted, end on 20 November 2026"
    )
    assert of(found, "2026-11-22") == []
    sanction.imposed = 9
    assert Clock.SANCTION_BEGINS not in [clock for clock, _ in of(found, "2026-11-20")]


@pytest.mark.parametrize(
    ("status", "due_then"),
    [
        (NoticeStatus.DRAFT, False),
        (NoticeStatus.ISSUED, True),
        (NoticeStatus.SERVED, True),
        (NoticeStatus.WITHDRAWN, False),
    ],
)
def test_only_a_notice_that_was_issued_ends_a_contract(status, due_then) -> None:
    notice = served(NoticeKind.TERMINATION, status=status)
    if status == NoticeStatus.DRAFT:
        notice.issued = notice.served_on = notice.served = None
    ending = Termination("termination-1", "contract-1", False, day("2026-12-10"), 10, notice_id="0")
    found = of(practice(notices=[notice], terminations=[ending]), "2026-11-20")
    assert ((Clock.TERMINATION, "2026-12-10") in found) == due_then


def test_a_suspension_is_due_to_end_and_a_merger_to_have_effect() -> None:
    suspension = Suspension("suspension-1", "contract-1", day("2026-09-01"), day("2026-12-01"), 6)
    merger = Merger("merger-1", "X90002", True, day("2026-10-01"), day("2027-04-01"), 7)
    found = practice(suspensions=[suspension], mergers=[merger])
    assert of(found, "2026-11-20") == [
        (Clock.SUSPENSION_ENDS, "2026-12-01"),
        (Clock.MERGER_NOTICE, "2027-02-18"),
        (Clock.MERGER, "2027-04-01"),
    ]
    suspension.ended, merger.merged = 8, 9
    assert of(found, "2026-11-20") == []


def test_a_notice_of_the_record_is_due_by_its_facts() -> None:
    signed = a.contract_signed(contract_id="contract-1", ends_on=None)
    breach = a.breach_identified(breach_id="breach-1", contract_id="contract-1")
    of_it = {"notice_id": "notice-1"}
    drafted = a.remedial_notice_drafted(**of_it, contract_id="contract-1", breaches=("breach-1",))
    facts = (signed, breach, drafted, by(MANAGER, a.notice_issued(**of_it)))
    assert of(given(*facts).practice(), "2026-09-04") == [(Clock.NOTICE_TO_SERVE, "2026-09-03")]
    found = given(*facts, a.notice_served(**of_it)).practice()
    assert of(found, "2026-10-03") == [
        (Clock.NOTICE_PERIOD, "2026-10-03"),
        (Clock.DISPUTE_WINDOW, "2026-10-03"),
    ]
    assert of(found, "2026-10-04") == [(Clock.NOTICE_PERIOD, "2026-10-03")]
    over = given(*facts, a.notice_served(**of_it), a.notice_satisfied(**of_it)).practice()
    assert due(over, day("2026-10-12")) == []


def test_a_sanction_is_due_to_end_and_a_termination_to_come_until_they_are_recorded() -> None:
    sanction = Sanction(
        "sanction-1", "notice-1", SanctionKind.SUSPEND_OBLIGATIONS, day("2026-08-01"), day("2026-11-01"), 8,
        imposed_on=day("2026-08-01"), imposed=9,
    )  # fmt: skip
    ending = Termination("termination-1", "contract-1", False, day("2026-11-10"), 10)
    found = practice(sanctions=[sanction], terminations=[ending])
    assert of(found, "2026-11-20") == [
        (Clock.TERMINATION, "2026-11-10"),
        (Clock.SANCTION_ENDS, "2026-11-01"),
    ]
    sanction.lifted, ending.terminated = 11, 12
    assert of(found, "2026-11-20") == []


# --- lists and variations


def closed(**more):
    more = {"status": Asked.APPROVED, "decided_on": day("2026-06-20"), "decided": 6, **more}
    return ListClosure("application-1", day("2026-06-01"), 6, 5, **more)


def test_a_closed_list_opens_on_its_day_and_longer_is_asked_for_eight_weeks_before() -> None:
    found = practice(list_closures=[closed(closes_on=day("2026-07-01"), reopens_on=day("2026-11-20"))])
    assert of(found, "2026-09-25") == [(Clock.LIST_EXTENSION, "2026-09-25"), (Clock.LIST_OPENS, "2026-11-20")]
    assert of(found, "2026-09-26") == [(Clock.LIST_OPENS, "2026-11-20")]
    extension = next(one for one in clocks(found) if one.clock == Clock.LIST_EXTENSION)
    assert extension.sum == "8 weeks before 20 November 2026 is 25 September 2026"


def test_a_refused_closure_bars_another_for_three_months() -> None:
    refused = closed(status=Asked.REFUSED, decided_on=day("2026-11-30"), barred_until=day("2027-02-28"))
    (bar,) = due(practice(list_closures=[refused]), day("2026-12-01"))
    assert (bar.clock, bar.due_on, bar.rule) == (Clock.LIST_BARRED, day("2027-02-28"), "list-closure-refused")
    assert bar.sum.endswith("3 months after 30 November 2026, which is not counted, end on 28 February 2027")


def test_a_list_that_opened_early_is_due_no_more() -> None:
    opened = closed(
        closes_on=day("2026-07-01"), reopens_on=day("2026-11-20"), reopened_on=day("2026-09-01"), ended=8
    )
    assert of(practice(list_closures=[opened]), "2026-09-02") == []


def test_a_variation_to_come_says_what_notice_it_needed() -> None:
    signed = a.contract_signed(contract_id="contract-1", ends_on=None)
    varied = a.contract_varied(
        contract_id="contract-1",
        unilateral=True,
        notice_given_on=day("2026-11-18"),
        effective_on=day("2026-12-04"),
        occurred_on=day("2026-11-18"),
    )
    found = given(signed, varied).practice()
    (variation,) = due(found, a.TODAY)
    assert (variation.clock, variation.due_on) == (Clock.VARIATION, day("2026-12-04"))
    assert variation.sum == (
        "the variation says 4 December 2026; 14 days after 18 November 2026, which is not counted, end on "
        "2 December 2026, the earliest that the notice allowed"
    )
    assert of(found, "2026-12-05") == []


def test_a_contract_for_a_time_ends_on_its_day() -> None:
    found = given(a.contract_signed(ends_on=day("2027-03-31"))).practice()
    assert of(found, "2026-11-21") == [(Clock.CONTRACT_ENDS, "2027-03-31")]


# --- the regulator, declarations, reviews, expectations


@pytest.mark.parametrize(
    ("kind", "clock", "rule"),
    [
        (RegulatoryActionKind.NOTICE_OF_PROPOSAL, Clock.REGULATOR_REPRESENTATIONS, "cqc-representations"),
        (RegulatoryActionKind.NOTICE_OF_DECISION, Clock.REGULATOR_APPEAL, "cqc-appeal"),
    ],
)
def test_what_the_regulator_gives_notice_of_is_answered_within_28_days(kind, clock, rule) -> None:
    action = RegulatoryAction("regulatory-1", kind, day("2026-11-02"), 4, notice_on=day("2026-11-02"))
    (one,) = due(practice(regulatory_actions=[action]), day("2026-11-20"))
    assert (one.clock, one.due_on, one.rule) == (clock, day("2026-11-30"), rule)
    assert of(practice(regulatory_actions=[action]), "2026-12-01") == []


def test_what_the_regulator_asked_for_is_due_until_its_action_ended() -> None:
    action = RegulatoryAction(
        "regulatory-1", RegulatoryActionKind.WARNING_NOTICE, day("2026-09-01"), 4, comply_by=day("2026-11-01")
    )
    found = practice(regulatory_actions=[action])
    assert of(found, "2026-11-20") == [(Clock.REGULATOR_COMPLY, "2026-11-01")]
    action.ended = 6
    assert of(found, "2026-11-20") == []


def test_a_declaration_is_due_until_it_is_submitted() -> None:
    declaration = Declaration("2026-27", day("2026-11-07"), 4)
    assert of(practice(declarations=[declaration]), "2026-11-20") == [(Clock.DECLARATION, "2026-11-07")]
    declaration.submitted = 5
    assert of(practice(declarations=[declaration]), "2026-11-20") == []


def test_the_review_that_the_decision_in_effect_set_is_due() -> None:
    first = a.tier_decided(review_on=day("2026-12-01"), effective_on=day("2026-11-01"))
    second = a.tier_decided(review_on=None, effective_on=day("2026-12-10"))
    found = given(first, second).practice()
    assert of(found, "2026-12-09") == [(Clock.REVIEW, "2026-12-01")]
    assert of(found, "2026-12-10") == []


def test_what_was_asked_for_is_due_until_it_came_is_withdrawn_or_its_clock_stands() -> None:
    about = {"expectation_id": "expectation-1"}
    asked = a.expectation_set(**about, length=23, unit=Unit.WORKING_DAYS)
    (one,) = due(given(asked).practice(), day("2026-12-05"))
    assert (one.clock, one.due_on, one.of, one.asked_by) == (
        Clock.EXPECTATION, day("2026-12-04"), Side.PRACTICE, Side.CONTRACT_HOLDER,
    )  # fmt: skip
    assert one.late(day("2026-12-05"))
    assert one.sum == (
        "asked on 3 November 2026: 23 working days after 3 November 2026, which is not counted, end on "
        "4 December 2026, without weekends"
    )
    for over in (a.expectation_answered(**about), a.expectation_withdrawn(**about), a.clock_stopped(**about)):
        assert due(given(asked, over).practice(), day("2026-12-05")) == []
    restarted = (a.clock_stopped(**about), a.clock_restarted(**about))
    (one,) = due(given(asked, *restarted).practice(), day("2026-12-05"))
    assert one.due_on == day("2026-12-06")
    assert one.sum == "the clock ran again from 21 November 2026; first expected by 4 December 2026"


def test_a_sum_names_the_bank_holidays_that_it_leaves_out() -> None:
    asked = a.expectation_set(
        length=10, unit=Unit.WORKING_DAYS, occurred_on=day("2026-04-02"), due_on=day("2026-04-20")
    )
    (one,) = due(given(asked).practice(), day("2026-04-20"))
    assert one.sum.endswith("without weekends and the bank holidays of 3 April 2026 and 6 April 2026")


# --- the conversation that immediate safety put off


BOTH_SIDES = tuple(
    e.Participant(side=side, role="caseworker", described=None, person=None, name=None)
    for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)
)


def for_safety(on: str, **more):
    """Decided for immediate safety."""
    return a.tier_decided(
        tier=Tier.CAUSE_FOR_CONCERN,
        occurred_on=day(on),
        effective_on=day(on),
        immediate_safety=Sealed("Now."),
        **more,
    )


@pytest.mark.parametrize(
    ("decided", "last"),
    [("2026-11-16", "2026-11-17"), ("2026-11-20", "2026-11-23"), ("2026-04-02", "2026-04-07")],
)
def test_a_decision_for_immediate_safety_is_talked_about_within_one_working_day(decided, last) -> None:
    (one,) = due(given(for_safety(decided)).practice(), day(decided))
    assert (one.clock, one.due_on, one.rule) == (
        Clock.SAFETY_CONVERSATION,
        day(last),
        "safety-conversation",
    )
    assert one.sum.startswith("decided for immediate safety on ")
    assert not one.late(day(last))
    assert one.late(day(last) + timedelta(days=1))


@pytest.mark.parametrize(
    ("after", "owed"),
    [
        (a.conversation_recorded(participants=BOTH_SIDES, occurred_on=day("2026-11-17")), False),
        (a.conversation_recorded(participants=BOTH_SIDES[:1], occurred_on=day("2026-11-17")), True),
        (a.conversation_recorded(participants=BOTH_SIDES, occurred_on=day("2026-11-15")), True),
        (a.tier_decided(occurred_on=day("2026-11-18"), effective_on=day("2026-11-18")), False),
    ],
    ids=["both talked", "one side alone", "before it", "decided again"],
)
def test_it_is_expected_until_both_talked_or_the_tier_is_decided_again(after, owed) -> None:
    found = given(for_safety("2026-11-16"), after).practice()
    assert (Clock.SAFETY_CONVERSATION in [one.clock for one in clocks(found)]) == owed


def test_it_is_expected_the_next_day_where_no_bank_holidays_are_known() -> None:
    (one,) = [
        one
        for one in clocks(given(for_safety("2040-03-02")).practice())
        if one.clock == Clock.SAFETY_CONVERSATION
    ]
    assert (one.due_on, one.rule) == (day("2040-03-03"), None)


def test_a_decision_that_was_talked_about_first_owes_no_conversation() -> None:
    assert list(clocks(given(a.tier_decided()).practice())) == []


# --- the order, and what is closed


def test_what_is_late_comes_first_by_consequence_and_then_what_comes_by_its_day() -> None:
    late = (Declaration("2025-26", day("2025-11-07"), 4), served())
    coming = RegulatoryAction(
        "regulatory-1", RegulatoryActionKind.WARNING_NOTICE, day("2026-09-01"), 8, comply_by=day("2026-12-20")
    )
    sooner = Declaration("2026-27", day("2026-12-10"), 9)
    found = practice(notices=[late[1]], declarations=[late[0], sooner], regulatory_actions=[coming])
    assert of(found, "2026-12-01") == [
        (Clock.NOTICE_PERIOD, "2026-11-20"),
        (Clock.DECLARATION, "2025-11-07"),
        (Clock.DECLARATION, "2026-12-10"),
        (Clock.REGULATOR_COMPLY, "2026-12-20"),
    ]


def test_every_kind_of_day_has_its_rank() -> None:
    assert sorted(RANK, key=RANK.__getitem__) == list(Clock)


def test_nothing_is_due_about_a_practice_that_closed() -> None:
    asked = a.expectation_set()
    found = given(
        asked, a.practice_closed(closed_on=day("2026-11-15"), occurred_on=day("2026-11-15"))
    ).practice()
    assert due(found, day("2026-11-15")) == []


def test_a_year_that_was_recorded_before_years_had_bounds_stops_no_clock():
    story = given(
        a.contract_signed(contract_id="contract-ladder01"),
        a.breach_identified(breach_id="breach-ladder01", contract_id="contract-ladder01"),
        a.remedial_notice_drafted(
            notice_id="notice-ladder01", contract_id="contract-ladder01", breaches=("breach-ladder01",)
        ),
        by(MANAGER, a.notice_issued(notice_id="notice-ladder01")),
        a.notice_served(notice_id="notice-ladder01"),
        a.fact_corrected(
            corrects=7, fields=(a.changed("deemed_on", '"2026-09-05"', '"9999-12-31"'),), request_id=None
        ),
    )
    assert of(story.practice(), "2026-11-21") == [
        (Clock.NOTICE_PERIOD, "9999-12-31"),
        (Clock.DISPUTE_WINDOW, "9999-12-31"),
    ]
