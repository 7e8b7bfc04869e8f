"""What the contract's ladder refuses, and what it lets through at its edges (domain reference 2.3 to 2.5)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import Committee
from domain.practice.kinds import ShorterBecause
from domain.rules import Sealed
from tests.domain.climbing import (
    BREACH,
    CONTRACT,
    DAY,
    DRAFTED,
    IDENTIFIED,
    ISSUED,
    NEVER,
    NOTICE,
    SAFETY,
    SANCTION,
    SERVED,
    SIGNED,
)
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_MANAGER, by, given

ADVISER = replace(CASEWORKER, person="person-adviser1", role="adviser")


# --- drafting


@pytest.mark.parametrize(
    ("days", "ground", "rule"),
    [
        (28, {}, None),
        (27, {}, "a-remedial-notice-gives-its-period"),
        (14, SAFETY, None),
        (14, {"shorter_because": ShorterBecause.FINANCIAL_LOSS}, "a-ground-has-its-reason"),
        (28, SAFETY, "a-whole-period-needs-no-ground"),
        (0, SAFETY, "a-period-has-days"),
        (-1, SAFETY, "a-period-has-days"),
        (3_661, {}, "a-period-has-days"),
    ],
)
def test_a_remedial_notice_gives_28_days_or_the_ground_for_fewer(days, ground, rule) -> None:
    command = a.draft_remedial_notice(breaches=(BREACH,), period_days=days, **ground)
    story = given(SIGNED, IDENTIFIED).when(command)
    if rule:
        story.then_refused(rule)
    else:
        story.then_a(e.RemedialNoticeDrafted, period_days=days)


def test_a_refusal_says_what_would_be_allowed() -> None:
    story = given(SIGNED, IDENTIFIED).when(a.draft_remedial_notice(breaches=(BREACH,), period_days=27))
    assert (
        str(story.broken)
        == "Give at least 28 days, or the ground for fewer: to protect patients, or from material financial loss"
    )
    story = given(SIGNED, NEVER).when(a.draft_remedial_notice(breaches=(BREACH,)))
    assert str(story.broken) == "This breach cannot be put right: draft a breach notice instead"


def test_a_notice_is_of_breaches_of_one_contract() -> None:
    other = a.contract_signed(contract_id="contract-ladder02", reference=Sealed("GMS 2"))
    elsewhere = a.breach_identified(breach_id="breach-ladder02", contract_id="contract-ladder02")
    story = given(SIGNED, IDENTIFIED, other, elsewhere)
    story.when(a.draft_remedial_notice(breaches=(BREACH, "breach-ladder02"))).then_refused(
        "a-notice-is-of-one-contract"
    )
    story.when(a.draft_remedial_notice(breaches=())).then_refused("a-notice-is-of-breaches", "breaches")
    story.when(a.draft_remedial_notice(breaches=("breach-00000000",))).then_refused(
        "a-breach-is-of-this-practice"
    )


def test_a_breach_is_of_a_day_of_its_contract_and_repeats_one_before_it() -> None:
    story = given(SIGNED, IDENTIFIED)
    identify = a.identify_breach(contract_id=CONTRACT)
    story.when(replace(identify, breached_on=date(2024, 3, 31))).then_refused(
        "an-end-is-not-before-its-start", "breached_on"
    )
    story.when(replace(identify, breached_on=a.TODAY + DAY)).then_refused(
        "what-happened-is-not-in-the-future"
    )
    story.when(replace(identify, repeats="breach-00000000")).then_refused(
        "a-repeated-breach-is-of-this-contract"
    )
    story.when(replace(identify, repeats=BREACH, breached_on=date(2026, 8, 19))).then_refused(
        "an-end-is-not-before-its-start"
    )
    story.when(replace(identify, repeats=BREACH)).then_a(e.BreachIdentified, repeats=BREACH)
    story.when(replace(identify, contract_id="contract-00000000")).then_refused(
        "a-contract-is-of-this-practice"
    )


# --- issuing: two people, and complete


@pytest.mark.parametrize("who", [MANAGER, OTHER_MANAGER])
def test_who_drafted_a_notice_does_not_issue_it(who) -> None:
    drafted = by(MANAGER, DRAFTED)
    story = given(SIGNED, IDENTIFIED, drafted).when(a.issue_notice(notice_id=NOTICE), who)
    if who is MANAGER:
        story.then_refused("the-drafter-does-not-issue")
    else:
        story.then_a(e.NoticeIssued)


def test_who_corrected_a_draft_or_asked_for_it_wrote_it_too() -> None:
    fields = (a.changed("steps", '"Open."', '"Open at once."'),)
    own = by(MANAGER, a.fact_corrected(corrects=5, fields=fields))
    by_request = by(
        OTHER_MANAGER,
        a.fact_corrected(
            corrects=5, fields=fields, request_id="request-00000000", requested_by=MANAGER.person
        ),
    )
    for corrected in (own, by_request):
        story = given(SIGNED, IDENTIFIED, DRAFTED, corrected)
        story.when(a.issue_notice(notice_id=NOTICE), MANAGER).then_refused("the-drafter-does-not-issue")
        story.when(a.issue_notice(notice_id=NOTICE), OTHER_MANAGER).then_a(e.NoticeIssued)


@pytest.mark.parametrize(
    ("left_out", "rule"),
    [
        ({"answered": None}, "a-notice-says-what-the-contractor-answered"),
        ({"consulted_on": None}, "the-committee-is-consulted-or-it-is-said-why-not"),
        ({"appeal_rights": ""}, "what-is-asked-for-is-given"),
        ({"appeal_body": " "}, "what-is-asked-for-is-given"),
        ({"appeal_address": ""}, "what-is-asked-for-is-given"),
        ({"proportionality": ""}, "what-is-asked-for-is-given"),
        ({"letter_sha256": "0" * 63}, "a-code-has-its-form"),
        ({"consulted_on": a.TODAY + DAY}, "what-happened-is-not-in-the-future"),
        ({"answers": ("X90001/99",)}, "what-is-cited-is-recorded"),
    ],
)
def test_what_is_issued_is_complete(left_out, rule) -> None:
    command = replace(a.issue_notice(notice_id=NOTICE), **left_out)
    given(SIGNED, IDENTIFIED, DRAFTED).when(command, MANAGER).then_refused(rule)


def test_a_notice_says_why_nobody_was_heard_or_consulted_where_nobody_was() -> None:
    command = a.issue_notice(
        notice_id=NOTICE,
        answered=None,
        not_waited_because="Vaccines would spoil.",
        consulted_on=None,
        not_consulted_because="There was no time.",
    )
    given(SIGNED, IDENTIFIED, DRAFTED).when(command, MANAGER).then_a(
        e.NoticeIssued, not_waited_because=Sealed("Vaccines would spoil."), committee=Committee.LOCAL_MEDICAL
    )


@pytest.mark.parametrize("who", [LEAD, ADVISER])
@pytest.mark.parametrize(
    "command",
    [
        a.issue_notice(notice_id=NOTICE),
        a.draft_remedial_notice(breaches=(BREACH,)),
        a.withdraw_notice(notice_id=NOTICE),
        a.impose_sanction(sanction_id=SANCTION),
        a.terminate_contract(contract_id=CONTRACT),
    ],
    ids=lambda command: type(command).__name__,
)
def test_neither_the_local_commissioner_nor_an_adviser_takes_a_formal_step(who, command) -> None:
    given(SIGNED, IDENTIFIED, DRAFTED).when(command, who).then_refused("the-role-may-do-this")


def test_a_caseworker_drafts_and_a_manager_issues() -> None:
    given(SIGNED, IDENTIFIED, DRAFTED).when(a.issue_notice(notice_id=NOTICE), CASEWORKER).then_refused(
        "the-role-may-do-this"
    )


# --- its period


def test_the_day_on_which_a_notice_counts_as_given_is_not_counted() -> None:
    notice = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, SERVED).practice().notices[NOTICE]
    assert (notice.served_on, notice.period_days, notice.ends_on) == (
        date(2026, 9, 5),
        28,
        date(2026, 10, 3),
    )


def test_not_satisfied_waits_for_the_last_day_to_pass() -> None:
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, SERVED)
    last = date(2026, 10, 3)
    early = a.find_notice_not_satisfied(notice_id=NOTICE, occurred_on=last)
    story.when(early, MANAGER).then_refused(
        "a-period-passes-before-its-notice-is-not-satisfied", "occurred_on"
    )
    assert "from 4 October 2026" in str(story.broken)
    story.when(replace(early, occurred_on=last + DAY), MANAGER).then_a(e.NoticeNotSatisfied)


def test_a_breach_put_right_at_once_is_found_so_before_its_notice_counts_as_given() -> None:
    sent = replace(SERVED, occurred_on=date(2026, 9, 3), deemed_on=date(2026, 11, 22))
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, sent)
    met = a.find_notice_satisfied(notice_id=NOTICE, occurred_on=date(2026, 9, 3))
    story.when(met, MANAGER).then_a(e.NoticeSatisfied)
    story.when(replace(met, occurred_on=date(2026, 9, 2)), MANAGER).then_refused(
        "an-end-is-not-before-its-start"
    )
    story.when(a.find_notice_not_satisfied(notice_id=NOTICE), MANAGER).then_refused(
        "a-period-passes-before-its-notice-is-not-satisfied", "occurred_on"
    )


def test_a_notice_satisfied_after_a_short_period_leaves_no_sanction() -> None:
    """Scenario 3 of the domain reference: 14 days for safety, satisfied on day 20, and the sanction is refused."""
    short = replace(
        DRAFTED, period_days=14, shorter_because=ShorterBecause.PATIENT_SAFETY, shorter_words=Sealed("Warm.")
    )
    met = by(MANAGER, a.notice_satisfied(notice_id=NOTICE, occurred_on=date(2026, 9, 25)))
    sanction = a.propose_sanction(contract_id=CONTRACT, rests_on=(NOTICE,))
    given(SIGNED, IDENTIFIED, short, ISSUED, SERVED, met).when(sanction).then_refused(
        "the-holder-is-entitled-to-end-the-contract", "rests_on"
    )


def test_a_notice_is_sent_before_it_counts_as_given() -> None:
    serve = a.serve_notice(notice_id=NOTICE, occurred_on=date(2026, 9, 10), deemed_on=date(2026, 9, 9))
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED)
    story.when(serve).then_refused("an-end-is-not-before-its-start", "deemed_on")
    story.when(replace(serve, deemed_on=date(2026, 12, 24))).then_a(e.NoticeServed)
    story.when(replace(serve, occurred_on=date(2026, 9, 2))).then_refused("an-end-is-not-before-its-start")
