"""Sanctions: who could end the contract, within the law, after its notice."""

from dataclasses import replace
from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import Entitlement, Services
from domain.practice.contract_state import NoticeStatus
from domain.practice.kinds import SanctionKind, ShorterBecause, Visibility
from tests.domain.climbing import (
    BREACH,
    CONTRACT,
    DAY,
    DRAFTED,
    IDENTIFIED,
    ISSUED,
    NEVER,
    NOTICE,
    OTHER,
    PROPOSED,
    SAFETY,
    SANCTION,
    SANCTION_SERVED,
    SERVED,
    SIGNED,
    TO_UNMET,
)
from tests.support import factories as a
from tests.support.given import MANAGER, by, given


@pytest.mark.parametrize(
    ("given_fields", "rule"),
    [
        ({"sum_withheld": None}, "a-sanction-says-what-it-takes"),
        ({"sum_withheld": "lots"}, "a-sum-has-a-figure"),
        ({"kind": SanctionKind.END_OBLIGATIONS, "services": ()}, "a-sanction-says-what-it-takes"),
        (
            {"kind": SanctionKind.END_OBLIGATIONS, "services": (Services.ADDITIONAL,)},
            "a-sanction-says-what-it-takes",
        ),
        (
            {
                "kind": SanctionKind.SUSPEND_OBLIGATIONS,
                "services": (Services.ADDITIONAL, Services.ESSENTIAL),
                "obligations": "All of them",
                "until_on": date(2027, 1, 31),
            },
            "protected-services-are-not-sanctioned",
        ),
        ({"from_on": date(2026, 12, 18)}, "a-step-waits-its-notice"),
        (
            {"from_on": date(2026, 12, 18), "shorter_because": ShorterBecause.PATIENT_SAFETY},
            "a-ground-has-its-reason",
        ),
        ({"from_on": date(2026, 12, 18), **SAFETY}, None),
        ({"from_on": date(2026, 12, 19)}, None),
        ({"rests_on": ()}, "the-holder-is-entitled-to-end-the-contract"),
        ({"entitlement": Entitlement.SERIOUS_RISK}, "what-needs-no-notice-rests-on-evidence"),
        ({"entitlement": Entitlement.SERIOUS_RISK, "evidence": ("X90001/3",), "rests_on": ()}, None),
    ],
)
def test_a_sanction_is_for_who_could_end_the_contract_and_within_the_law(given_fields, rule) -> None:
    command = replace(a.propose_sanction(contract_id=CONTRACT, rests_on=(NOTICE,)), **given_fields)
    story = given(*TO_UNMET).when(command)
    if rule:
        story.then_refused(rule)
    else:
        story.then_a(e.SanctionProposed)


def test_a_sanction_holds_only_what_is_of_its_kind() -> None:
    typed = {"services": (Services.ENHANCED,), "obligations": "Friday clinic", "sum_withheld": "£1,200"}
    money = replace(a.propose_sanction(contract_id=CONTRACT, rests_on=(NOTICE,)), **typed)
    (withheld,) = given(*TO_UNMET).when(money).facts
    assert (withheld.services, withheld.obligations) == ((), None)
    ended = replace(money, kind=SanctionKind.END_OBLIGATIONS)
    (taken,) = given(*TO_UNMET).when(ended).facts
    assert taken.sum_withheld is None
    assert taken.services == (Services.ENHANCED,)


@pytest.mark.parametrize(
    ("until_on", "rule"),
    [
        (date(2027, 6, 30), None),
        (date(2027, 7, 1), "a-suspension-lasts-six-months-at-most"),
        (None, "a-suspension-lasts-six-months-at-most"),
    ],
)
def test_a_suspension_lasts_six_months_at_most(until_on, rule) -> None:
    command = a.propose_sanction(
        contract_id=CONTRACT,
        rests_on=(NOTICE,),
        kind=SanctionKind.SUSPEND_OBLIGATIONS,
        services=(Services.ENHANCED,),
        obligations="Minor surgery",
        from_on=date(2026, 12, 31),
        until_on=until_on,
    )
    story = given(*TO_UNMET).when(command)
    story.then_refused(rule, "until_on") if rule else story.then_a(e.SanctionProposed)


def test_a_repeat_needs_two_notices_and_their_cumulative_effect() -> None:
    second = (
        a.breach_identified(
            breach_id="breach-ladder02", contract_id=CONTRACT, repeats=BREACH, remediable=False,
            breached_on=SERVED.deemed_on + DAY, occurred_on=date(2026, 9, 7),
        ),
        a.breach_notice_drafted(
            notice_id=OTHER, contract_id=CONTRACT, breaches=("breach-ladder02",), occurred_on=date(2026, 9, 8)
        ),
        by(MANAGER, a.notice_issued(notice_id=OTHER, occurred_on=date(2026, 9, 9))),
        a.notice_served(notice_id=OTHER, occurred_on=date(2026, 9, 9), deemed_on=date(2026, 9, 9)),
    )  # fmt: skip
    met = by(MANAGER, a.notice_satisfied(notice_id=NOTICE))
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, SERVED, met, *second)
    command = a.draft_termination_notice(
        contract_id=CONTRACT,
        entitlement=Entitlement.REPEATED,
        rests_on=(NOTICE, OTHER),
        cumulative_effect="Patients cannot rely on it.",
    )
    story.when(command).then_a(e.TerminationNoticeDrafted)
    story.when(replace(command, cumulative_effect=None)).then_refused("the-cumulative-effect-is-stated")
    story.when(replace(command, rests_on=(NOTICE, NOTICE))).then_refused("a-repeat-follows-two-notices")
    story.when(replace(command, evidence=())).then_refused("a-termination-notice-rests-on-evidence")
    unserved = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, SERVED, met, *second[:-1])
    unserved.when(command).then_refused("a-step-rests-on-notices-that-stand", "rests_on")
    no_later = replace(second[0], breached_on=SERVED.deemed_on)
    given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, SERVED, met, no_later, *second[1:]).when(command).then_refused(
        "a-repeat-follows-two-notices", "rests_on"
    )


@pytest.mark.parametrize("visibility", ["internal", "restricted"])
def test_a_notice_rests_on_evidence_that_both_organisations_may_read(visibility: str) -> None:
    closed = a.conversation_recorded(visibility=Visibility(visibility))
    story = given(SIGNED, closed, a.conversation_recorded())
    command = a.draft_termination_notice(
        contract_id=CONTRACT, entitlement=Entitlement.SERIOUS_RISK, evidence=("X90001/5",), rests_on=()
    )
    story.when(command).then_a(e.TerminationNoticeDrafted)
    story.when(replace(command, evidence=("X90001/5", "X90001/4"))).then_refused(
        "what-a-notice-rests-on-is-open-to-both", "evidence"
    )
    drafted = a.termination_notice_drafted(
        notice_id=OTHER,
        contract_id=CONTRACT,
        entitlement=Entitlement.SERIOUS_RISK,
        evidence=("X90001/4",),
        rests_on=(),
    )
    issue = a.issue_notice(notice_id=OTHER)
    given(SIGNED, closed, drafted).when(issue, MANAGER).then_refused("what-a-notice-rests-on-is-open-to-both")


def test_a_timely_dispute_stays_a_sanction_but_for_safety_or_loss() -> None:
    dispute = a.dispute_referred(subject=OTHER, occurred_on=date(2026, 11, 9))
    impose = a.impose_sanction(sanction_id=SANCTION)
    urgent = replace(impose, despite=ShorterBecause.PATIENT_SAFETY, despite_words="Vaccines are kept warm.")
    story = given(*SANCTION_SERVED, dispute)
    story.when(impose, MANAGER).then_refused("a-timely-dispute-stays-action", "despite")
    story.when(urgent, MANAGER).then_a(e.SanctionImposed, despite=ShorterBecause.PATIENT_SAFETY)
    story.when(replace(urgent, despite_words=None), MANAGER).then_refused("a-ground-has-its-reason")
    given(*SANCTION_SERVED).when(urgent, MANAGER).then_refused("a-ground-goes-over-a-dispute")
    late = replace(dispute, occurred_on=date(2026, 11, 10))
    given(*SANCTION_SERVED, late).when(impose, MANAGER).then_a(e.SanctionImposed)
    taken_back = a.dispute_withdrawn(dispute_id=dispute.dispute_id, occurred_on=date(2026, 11, 12))
    given(*SANCTION_SERVED, dispute, taken_back).when(impose, MANAGER).then_a(e.SanctionImposed)


def test_a_dispute_over_what_a_sanction_rests_on_stays_it_too() -> None:
    dispute = a.dispute_referred(subject=NOTICE, occurred_on=date(2026, 10, 3))
    given(*SANCTION_SERVED, dispute).when(a.impose_sanction(sanction_id=SANCTION), MANAGER).then_refused(
        "a-timely-dispute-stays-action"
    )


def test_a_sanction_waits_28_days_after_its_notice_counts_as_given() -> None:
    waiting = replace(SANCTION_SERVED[-1], deemed_on=date(2026, 10, 25))
    story = given(*SANCTION_SERVED[:-1], waiting)
    impose = a.impose_sanction(sanction_id=SANCTION, occurred_on=a.TODAY)
    story.when(impose, MANAGER).then_refused("a-step-waits-its-notice")
    on_the_day = replace(waiting, deemed_on=date(2026, 10, 24))
    given(*SANCTION_SERVED[:-1], on_the_day).when(impose, MANAGER).then_a(e.SanctionImposed)


def test_a_notice_on_which_a_sanction_rests_stays_where_it_is() -> None:
    practice = given(*TO_UNMET, PROPOSED).practice()
    assert practice.notices[NOTICE].status == NoticeStatus.NOT_SATISFIED
    draft = given(SIGNED, NEVER, *_two_breach_notices(), replace(PROPOSED, entitlement=Entitlement.REPEATED))
    draft.when(a.withdraw_notice(notice_id=NOTICE), MANAGER).then_refused(
        "a-notice-that-others-rest-on-is-not-withdrawn"
    )


def _two_breach_notices():
    return (
        a.breach_notice_drafted(notice_id=NOTICE, contract_id=CONTRACT, breaches=(BREACH,)),
        by(MANAGER, a.notice_issued(notice_id=NOTICE)),
    )


def test_a_suspension_has_dates_and_cover_and_ends_once() -> None:
    suspended = a.contractor_suspended(suspension_id="suspension-ladder01", contract_id=CONTRACT)
    end = a.end_suspension(suspension_id="suspension-ladder01")
    given(SIGNED, suspended).when(end).then_a(e.SuspensionEnded)
    ended = a.suspension_ended(suspension_id="suspension-ladder01")
    given(SIGNED, suspended, ended).when(end).then_refused("a-suspension-ends-once")
    given(SIGNED).when(end).then_refused("a-suspension-is-of-this-practice")
    given(SIGNED).when(a.suspend_contractor(contract_id=CONTRACT, until_on=a.TODAY - DAY)).then_refused(
        "an-end-is-not-before-its-start", "until_on"
    )


def test_a_dispute_may_be_over_another_decision_by_its_cite_or_over_any_step_of_a_notice() -> None:
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED)
    story.when(a.refer_dispute(subject="X90001/4")).then_a(e.DisputeReferred, subject="X90001/4")
    story.when(a.refer_dispute(subject="X90001/3")).then_refused("what-is-disputed-was-decided", "subject")
    story.when(a.refer_dispute(subject="X90001/6")).then_a(e.DisputeReferred, subject=NOTICE)
    story.when(a.refer_dispute(subject="X90001/99")).then_refused("what-is-cited-is-recorded")
