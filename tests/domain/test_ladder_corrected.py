"""What a correction may not say of a step of the contract, as the step itself may not: the same function answers for both."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import Entitlement, Services
from domain.practice.contract_state import NoticeStatus
from domain.practice.kinds import ContractorKind, CorrectionKind, SanctionKind
from domain.practice.practice import replay
from domain.rules import Sealed
from tests.domain.climbing import (
    BREACH,
    CONTRACT,
    DRAFTED,
    IDENTIFIED,
    ISSUED,
    NEVER,
    NOTICE,
    OTHER,
    PROPOSED,
    SANCTION,
    SANCTION_SERVED,
    SERVED,
    SIGNED,
    TO_UNMET,
    UNMET,
    kind_of,
)
from tests.support import factories as a
from tests.support.given import MANAGER, OTHER_MANAGER, by, given

APPLICATION, BRANCH = "application-ladder01", "branch-ladder01"
WITHHOLDS = {"withholds": "All money due in December"}


def test_a_draft_is_not_corrected_to_withhold_what_the_law_does_not_let_it() -> None:
    rule = "a-notice-withholds-only-where-the-law-lets-it"
    correct = a.correct_fact(version=5, fields=WITHHOLDS)
    given(SIGNED, IDENTIFIED, DRAFTED).when(correct).then_refused(rule, "withholds")
    breach_draft = a.breach_notice_drafted(notice_id=NOTICE, contract_id=CONTRACT, breaches=(BREACH,))
    given(SIGNED, NEVER, breach_draft).when(correct).then_refused(rule, "withholds")
    thirty = replace(DRAFTED, period_days=30)
    kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED, thirty).when(correct).then_a(e.FactCorrected)


@pytest.mark.parametrize("fields", [{"evidence": []}, {"evidence": ["X90001/10"]}])
def test_a_termination_notice_keeps_its_evidence_when_it_is_corrected(fields) -> None:
    drafted = a.termination_notice_drafted(
        notice_id=OTHER,
        contract_id=CONTRACT,
        entitlement=Entitlement.NOT_SATISFIED,
        rests_on=(NOTICE,),
        evidence=("X90001/4",),
    )
    story = given(*TO_UNMET, drafted, a.conversation_recorded()).when(
        a.correct_fact(version=9, fields=fields)
    )
    assert story.broken is not None
    assert story.broken.rule in {"a-termination-notice-rests-on-evidence", "what-is-cited-is-recorded"}


@pytest.mark.parametrize("months", [2, 13, -4])
def test_an_application_to_close_a_list_is_not_corrected_to_months_that_nobody_may_ask_for(months) -> None:
    applied = a.list_closure_applied_for(application_id=APPLICATION)
    given(applied).when(asked(3, months=months)).then_refused("a-list-closes-for-3-to-12-months", "months")
    given(applied).when(asked(3, months=12)).then_a(e.CorrectionRequested)


def test_how_long_a_refusal_holds_follows_its_day_and_is_not_corrected() -> None:
    refused = by(
        MANAGER,
        a.list_closure_refused(
            application_id=APPLICATION, occurred_on=date(2026, 10, 20), barred_until=date(2027, 1, 20)
        ),
    )
    story = given(
        a.list_closure_applied_for(application_id=APPLICATION, occurred_on=date(2026, 9, 1)), refused
    )
    story.when(asked(4, barred_until="2026-11-20")).then_refused("a-corrected-field-is-one-of-the-fact")
    story.when(asked(4, occurred_on="2026-10-19")).then_a(e.CorrectionRequested)
    wanted = story.facts[0]
    story = given(
        a.list_closure_applied_for(application_id=APPLICATION, occurred_on=date(2026, 9, 1)), refused, wanted
    )
    story.when(a.authorise_correction(request_id=wanted.request_id), OTHER_MANAGER).then_a(e.FactCorrected)
    last = story.history[-1]
    practice = replay([*story.history, last._replace(version=last.version + 1, fact=story.facts[0])])
    assert practice.list_closures[APPLICATION].barred_until == date(2027, 1, 19)


def test_a_branch_let_close_keeps_its_word_of_how_the_public_was_involved() -> None:
    said = {"public_involvement": Sealed("Two meetings.")}
    applied = a.branch_closure_applied_for(branch_id=BRANCH, public_involvement=None)
    approved = by(MANAGER, a.branch_closure_approved(branch_id=BRANCH, **said))
    rule = "the-public-is-involved-before-a-branch-closes"
    given(applied, approved).when(asked(4, public_involvement=None)).then_refused(rule)
    applied = a.branch_closure_applied_for(branch_id=BRANCH, **said)
    story = given(applied, by(MANAGER, a.branch_closure_approved(branch_id=BRANCH, public_involvement=None)))
    story.when(asked(3, public_involvement=None)).then_refused(rule)
    story = given(applied, approved)
    story.when(asked(3, public_involvement=None)).then_a(e.CorrectionRequested)


def test_a_rule_that_was_broken_before_is_known_again_with_other_days() -> None:
    early = (*TO_UNMET[:4], replace(SERVED, deemed_on=date(2026, 9, 12)), TO_UNMET[5])
    given(*early).when(asked(7, deemed_on="2026-09-13")).then_a(e.CorrectionRequested)


def test_a_finding_is_not_corrected_to_a_day_after_its_dispute() -> None:
    dispute = a.dispute_referred(subject="X90001/8", occurred_on=UNMET.fact.occurred_on)
    later = UNMET.fact.occurred_on + timedelta(days=1)
    story = given(*TO_UNMET, dispute).when(asked(8, occurred_on=later.isoformat()))
    story.then_refused("an-end-is-not-before-its-start")


def test_the_lifting_of_a_suspension_is_not_withdrawn_from_under_a_second_one() -> None:
    suspends = replace(
        PROPOSED,
        kind=SanctionKind.SUSPEND_OBLIGATIONS,
        services=(Services.ENHANCED,),
        obligations=Sealed("Minor surgery"),
        until_on=date(2027, 5, 1),
    )
    second = replace(
        suspends,
        notice_id="notice-ladder03",
        sanction_id="sanction-ladder03",
        from_on=date(2027, 1, 1),
        occurred_on=date(2026, 11, 19),
    )
    imposed = by(MANAGER, a.sanction_imposed(sanction_id=SANCTION, notice_id=OTHER))
    lifted = by(MANAGER, a.sanction_lifted(sanction_id=SANCTION, occurred_on=date(2026, 11, 18)))
    story = given(*TO_UNMET, suspends, *SANCTION_SERVED[-2:], imposed, lifted, second)
    story.when(a.request_correction(version=13, kind=CorrectionKind.WITHDRAW))
    story.then_refused("suspensions-last-six-months-in-all")


def test_a_word_of_a_draft_is_corrected_whatever_the_laws_period_is_since() -> None:
    """Drafted while a remedial notice to a pharmacy was held to give 28 days."""
    older = kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED, replace(DRAFTED, period_days=28))
    older.when(a.correct_fact(version=5, fields={"steps": "Open on every weekday."})).then_a(e.FactCorrected)
    days = older.when(a.correct_fact(version=5, fields={"period_days": 29}))
    days.then_refused("a-remedial-notice-gives-its-period")


def asked(version: int, **fields) -> object:
    return a.request_correction(version=version, fields=fields)


def test_a_draft_is_its_drafters_to_correct_until_it_is_issued() -> None:
    correct = a.correct_fact(version=5, fields={"steps": "Open on every weekday."})
    given(SIGNED, IDENTIFIED, DRAFTED).when(correct).then_a(e.FactCorrected)
    given(SIGNED, IDENTIFIED, DRAFTED, ISSUED).when(correct).then_refused(
        "an-issued-notice-says-what-was-sent"
    )
    given(SIGNED, IDENTIFIED, DRAFTED).when(
        a.correct_fact(version=5, fields={"period_days": 27})
    ).then_refused("a-remedial-notice-gives-its-period")


@pytest.mark.parametrize(
    ("facts", "version", "fields", "rule"),
    [
        (TO_UNMET, 4, {"remediable": False}, "a-remedial-notice-is-of-what-can-be-put-right"),
        (TO_UNMET, 7, {"deemed_on": "2026-09-12"}, "a-period-passes-before-its-notice-is-not-satisfied"),
        (TO_UNMET, 8, {"occurred_on": "2026-10-03"}, "a-period-passes-before-its-notice-is-not-satisfied"),
        (TO_UNMET, 4, {"occurred_on": "2026-09-03"}, "an-end-is-not-before-its-start"),
        (TO_UNMET, 6, {"answered": None}, "a-notice-says-what-the-contractor-answered"),
        (TO_UNMET, 6, {"letter_sha256": "0" * 64}, "a-corrected-field-is-one-of-the-fact"),
        (
            (*SANCTION_SERVED, by(MANAGER, a.sanction_imposed(sanction_id=SANCTION, notice_id=OTHER))),
            12,
            {"occurred_on": "2026-11-11"},
            "a-step-waits-for-its-day",
        ),
        (
            (*SANCTION_SERVED, by(MANAGER, a.sanction_imposed(sanction_id=SANCTION, notice_id=OTHER))),
            11,
            {"deemed_on": "2026-10-20"},
            "a-step-waits-its-notice",
        ),
    ],
)
def test_a_correction_leaves_a_ladder_that_could_have_been_climbed(facts, version, fields, rule) -> None:
    given(*facts).when(asked(version, **fields)).then_refused(rule)


@pytest.mark.parametrize(
    ("facts", "version", "rests"),
    [
        (TO_UNMET, 3, "X90001/4"),
        (TO_UNMET, 4, "X90001/5"),
        (TO_UNMET, 5, "X90001/6"),
        (TO_UNMET, 6, "X90001/7"),
        (TO_UNMET, 7, "X90001/8"),
        (SANCTION_SERVED, 8, "X90001/9"),
    ],
)
def test_a_step_is_not_withdrawn_while_another_rests_on_it(facts, version, rests) -> None:
    story = given(*facts).when(a.request_correction(version=version, kind=CorrectionKind.WITHDRAW))
    story.then_refused("what-others-rest-on-is-not-withdrawn")
    assert rests in str(story.broken)


def test_the_last_step_may_be_withdrawn_as_entered_in_error_and_the_notice_runs_again() -> None:
    entered_in_error = by(MANAGER, a.fact_withdrawn(corrects=8))
    practice = given(*TO_UNMET, entered_in_error).practice()
    assert practice.notices[NOTICE].status == NoticeStatus.SERVED


def test_what_the_parties_tried_is_not_withdrawn_from_under_a_pharmacys_notice() -> None:
    tried = a.local_resolution_attempted(breach_id=BREACH)
    story = kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED, tried, DRAFTED, ISSUED)
    story.when(a.request_correction(version=5, kind=CorrectionKind.WITHDRAW)).then_refused(
        "the-parties-try-to-settle-first"
    )


@pytest.mark.parametrize(
    "cover",
    ["Dr Patel (GMC 1234567) is suspended.", "gphc no. 2034567", "NMC 12A3456E", "GDC 123456 covers."],
)
def test_who_covers_is_said_without_the_number_of_a_registration(cover) -> None:
    suspend = a.suspend_contractor(contract_id=CONTRACT, cover=cover)
    given(SIGNED).when(suspend).then_refused("no-performer-is-identified", "cover")
    given(SIGNED).when(replace(suspend, cover="A locum, on 020 7946 0000, from 1 May 2026.")).then_a(
        e.ContractorSuspended
    )
    given(SIGNED, a.contractor_suspended(contract_id=CONTRACT)).when(
        a.request_correction(version=4, fields={"cover": cover})
    ).then_refused("no-performer-is-identified")
