"""What a correction may not say of a step of the contract, as the step itself may not: the same function answers for both."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import Entitlement, Services
from domain.practice.kinds import ContractorKind, CorrectionKind, SanctionKind
from domain.practice.practice import replay
from domain.rules import Sealed
from tests.domain.test_ladder import (
    BREACH,
    CONTRACT,
    DRAFTED,
    IDENTIFIED,
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
    asked,
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
