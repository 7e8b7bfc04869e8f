"""What the contract's ladder refuses, and what it lets through at its edges (domain reference 2.3 to 2.5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import (
    Committee,
    ContractorForm,
    Entitlement,
    NoLocalResolution,
    Services,
    TerminatedBecause,
)
from domain.practice.contract_state import NoticeStatus
from domain.practice.contractors import appeal_body, committee_name
from domain.practice.kinds import (
    ContractorKind,
    CorrectionKind,
    DisputeRoute,
    SanctionKind,
    ShorterBecause,
    Visibility,
)
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import (
    CASEWORKER,
    LEAD,
    MANAGER,
    OPERATOR,
    OTHER_MANAGER,
    Story,
    by,
    given,
    recorded,
)

CONTRACT, BREACH, NOTICE = "contract-ladder01", "breach-ladder01", "notice-ladder01"
OTHER, SANCTION, TERMINATION = "notice-ladder02", "sanction-ladder01", "termination-ladder01"
SAFETY = {"shorter_because": ShorterBecause.PATIENT_SAFETY, "shorter_words": "Vaccines are kept warm."}
ADVISER = replace(CASEWORKER, person="person-adviser1", role="adviser")
DAY = timedelta(days=1)

SIGNED = a.contract_signed(contract_id=CONTRACT)
IDENTIFIED = a.breach_identified(breach_id=BREACH, contract_id=CONTRACT)
NEVER = a.breach_identified(breach_id=BREACH, contract_id=CONTRACT, remediable=False)
DRAFTED = a.remedial_notice_drafted(notice_id=NOTICE, contract_id=CONTRACT, breaches=(BREACH,))
ISSUED = by(MANAGER, a.notice_issued(notice_id=NOTICE))
SERVED = a.notice_served(notice_id=NOTICE)
UNMET = by(MANAGER, a.notice_not_satisfied(notice_id=NOTICE))
TO_UNMET = (SIGNED, IDENTIFIED, DRAFTED, ISSUED, SERVED, UNMET)
PROPOSED = a.sanction_proposed(
    notice_id=OTHER,
    sanction_id=SANCTION,
    contract_id=CONTRACT,
    rests_on=(NOTICE,),
    from_on=date(2026, 11, 12),
)
SANCTION_SERVED = (
    *TO_UNMET,
    PROPOSED,
    by(MANAGER, a.notice_issued(notice_id=OTHER, occurred_on=date(2026, 10, 12))),
    a.notice_served(notice_id=OTHER, occurred_on=date(2026, 10, 12), deemed_on=date(2026, 10, 12)),
)


def kind_of(kind: ContractorKind, *facts) -> Story:
    """A contractor of a kind, with these facts."""
    code = {ContractorKind.PHARMACY: "FX901", ContractorKind.OPHTHALMIC: "TX901"}.get(kind, a.CODE)
    registered = a.practice_registered(code=code, kind=kind)
    return Story(
        recorded(by(OPERATOR, registered), by(OPERATOR, a.responsibility_assigned()), *facts, code=code)
    )


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


# --- sanctions


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


# --- the end of a contract


@pytest.mark.parametrize(
    ("form", "late", "earliest"),
    [
        (ContractorForm.PARTNERSHIP, False, date(2027, 5, 21)),
        (ContractorForm.COMPANY, False, date(2027, 5, 21)),
        (ContractorForm.INDIVIDUAL, False, date(2027, 2, 21)),
        (ContractorForm.PARTNERSHIP, True, date(2026, 12, 19)),
    ],
)
def test_a_contractors_notice_is_as_long_as_its_form_owes(form, late, earliest) -> None:
    command = a.record_contractor_notice(
        contract_id=CONTRACT, contractor_form=form, late_payment=late, effective_on=earliest
    )
    given(SIGNED).when(command).then_a(e.ContractorNoticeGiven)
    given(SIGNED).when(replace(command, effective_on=earliest - DAY)).then_refused(
        "a-contractor-gives-its-notice-in-time", "effective_on"
    )


def test_a_contract_ends_by_the_contractors_notice_on_its_day_and_not_after_it_was_taken_back() -> None:
    notice = a.contractor_notice_given(
        termination_id=TERMINATION,
        contract_id=CONTRACT,
        occurred_on=date(2026, 5, 1),
        effective_on=date(2026, 11, 1),
    )
    end = a.terminate_contract(contract_id=CONTRACT, because=TerminatedBecause.CONTRACTOR_NOTICE)
    given(SIGNED, notice).when(end, MANAGER).then_a(e.ContractTerminated, termination_id=TERMINATION)
    given(SIGNED, notice).when(replace(end, occurred_on=date(2026, 10, 31)), MANAGER).then_refused(
        "a-step-waits-for-its-day"
    )
    back = a.contractor_notice_withdrawn(termination_id=TERMINATION, occurred_on=date(2026, 9, 1))
    given(SIGNED, notice, back).when(end, MANAGER).then_refused("a-contract-ends-by-a-notice-that-was-given")


def test_a_contract_ends_on_its_last_day_by_agreement_or_by_death() -> None:
    limited = replace(SIGNED, ends_on=date(2026, 11, 20))
    end = a.terminate_contract(contract_id=CONTRACT, because=TerminatedBecause.EXPIRY, reason=None)
    given(limited).when(end, MANAGER).then_a(e.ContractTerminated, because=TerminatedBecause.EXPIRY)
    given(replace(SIGNED, ends_on=a.TODAY + DAY)).when(end, MANAGER).then_refused(
        "a-contract-expires-on-its-last-day"
    )
    given(SIGNED).when(end, MANAGER).then_refused("a-contract-expires-on-its-last-day")
    for because in (TerminatedBecause.AGREEMENT, TerminatedBecause.DEATH):
        given(SIGNED).when(replace(end, because=because), MANAGER).then_refused(
            "an-end-without-notice-says-how"
        )
        given(SIGNED).when(replace(end, because=because, reason="Both signed."), MANAGER).then_a(
            e.ContractTerminated
        )


def test_what_ended_takes_only_what_happened_before_disputes_and_corrections() -> None:
    ended = by(MANAGER, a.contract_terminated(contract_id=CONTRACT, occurred_on=date(2026, 11, 15)))
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, ended)
    over = "a-terminated-contract-takes-no-new-steps"
    story.when(a.identify_breach(contract_id=CONTRACT)).then_refused(over)
    story.when(a.vary_contract(contract_id=CONTRACT, effective_on=date(2026, 12, 1))).then_refused(over)
    story.when(a.vary_contract(contract_id=CONTRACT, effective_on=date(2026, 11, 1))).then_a(e.ContractVaried)
    late = a.serve_notice(notice_id=NOTICE, occurred_on=date(2026, 11, 15), deemed_on=date(2026, 11, 17))
    story.when(late).then_a(e.NoticeServed)
    story.when(replace(late, occurred_on=date(2026, 11, 16))).then_refused(over)
    story.when(a.refer_dispute(subject=NOTICE)).then_a(e.DisputeReferred)
    story.when(a.sign_contract(reference="GMS 2")).then_a(e.ContractSigned)


def test_an_end_without_a_notice_is_told_by_its_contract() -> None:
    ended = by(MANAGER, a.contract_terminated(contract_id=CONTRACT))
    (found,) = given(SIGNED, ended).practice().terminations.values()
    assert (found.contract_id, found.because, found.terminated_on) == (
        CONTRACT,
        TerminatedBecause.AGREEMENT,
        date(2026, 11, 15),
    )


# --- three kinds of contractor


@pytest.mark.parametrize(
    ("kind", "protected", "open_to_it"),
    [
        (ContractorKind.GENERAL_PRACTICE, Services.ESSENTIAL, Services.MANDATORY),
        (ContractorKind.PHARMACY, Services.ESSENTIAL, Services.ADVANCED),
        (ContractorKind.OPHTHALMIC, Services.MANDATORY, Services.ADDITIONAL),
    ],
)
def test_each_kind_of_contractor_has_services_that_no_sanction_takes(kind, protected, open_to_it) -> None:
    command = a.propose_sanction(
        contract_id=CONTRACT,
        rests_on=(NOTICE,),
        kind=SanctionKind.END_OBLIGATIONS,
        obligations="Those of the schedule",
        services=(protected,),
    )
    story = kind_of(kind, *TO_UNMET)
    story.when(command).then_refused("protected-services-are-not-sanctioned", "services")
    story.when(replace(command, services=(open_to_it,))).then_a(e.SanctionProposed)


def test_before_a_notice_to_a_pharmacy_the_parties_try_to_settle_it() -> None:
    issue = a.issue_notice(notice_id=NOTICE)
    drafted = (SIGNED, IDENTIFIED, DRAFTED)
    pharmacy = kind_of(ContractorKind.PHARMACY, *drafted)
    pharmacy.when(issue, MANAGER).then_refused("the-parties-try-to-settle-first", "no_local_resolution")
    for why in NoLocalResolution:
        pharmacy.when(replace(issue, no_local_resolution=why), MANAGER).then_a(
            e.NoticeIssued, no_local_resolution=why
        )
    tried = a.local_resolution_attempted(breach_id=BREACH)
    kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED, tried, DRAFTED).when(issue, MANAGER).then_a(
        e.NoticeIssued, committee=Committee.LOCAL_PHARMACEUTICAL, appeal_route=DisputeRoute.APPEAL
    )
    kind_of(ContractorKind.OPHTHALMIC, *drafted).when(issue, MANAGER).then_a(
        e.NoticeIssued, committee=Committee.LOCAL_OPTICAL, appeal_route=DisputeRoute.NHS_DISPUTE_RESOLUTION
    )


def test_only_a_pharmacys_notice_withholds_of_itself() -> None:
    command = a.draft_remedial_notice(
        breaches=(BREACH,), withholds="The fee for the hours it was shut", period_days=30
    )
    kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED).when(command).then_a(e.RemedialNoticeDrafted)
    for kind in (ContractorKind.GENERAL_PRACTICE, ContractorKind.OPHTHALMIC):
        kind_of(kind, SIGNED, IDENTIFIED).when(command).then_refused(
            "a-notice-withholds-only-where-the-law-lets-it", "withholds"
        )


def test_a_remedial_notice_to_a_pharmacy_gives_thirty_days_and_to_others_twenty_eight() -> None:
    command = a.draft_remedial_notice(breaches=(BREACH,), period_days=29)
    kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED).when(command).then_refused(
        "a-remedial-notice-gives-its-period", "period_days"
    )
    for kind in (ContractorKind.GENERAL_PRACTICE, ContractorKind.OPHTHALMIC):
        kind_of(kind, SIGNED, IDENTIFIED).when(command).then_a(e.RemedialNoticeDrafted)


def test_a_pharmacys_notice_may_be_rescinded_even_when_it_was_assessed() -> None:
    withdraw = a.withdraw_notice(notice_id=NOTICE)
    kind_of(ContractorKind.PHARMACY, *TO_UNMET).when(withdraw, MANAGER).then_a(e.NoticeWithdrawn)
    for kind in (ContractorKind.GENERAL_PRACTICE, ContractorKind.OPHTHALMIC):
        kind_of(kind, *TO_UNMET).when(withdraw, MANAGER).then_refused("an-assessed-notice-is-not-withdrawn")


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (ContractorKind.GENERAL_PRACTICE, date(2026, 10, 3)),
        (ContractorKind.PHARMACY, date(2026, 10, 5)),
        (ContractorKind.OPHTHALMIC, date(2026, 10, 3)),
    ],
)
def test_a_dispute_is_in_time_by_the_period_of_its_kind_of_contractor(kind, last) -> None:
    for day, in_time in ((last, True), (last + DAY, False)):
        dispute = a.dispute_referred(subject=NOTICE, occurred_on=day)
        practice = kind_of(kind, SIGNED, IDENTIFIED, DRAFTED, ISSUED, SERVED, dispute).practice()
        assert practice.disputes[dispute.dispute_id].in_time is in_time


def test_who_decides_an_appeal_and_what_a_committee_is_called_are_dated() -> None:
    assert appeal_body(date(2026, 1, 1)) == "Primary Care Appeals, NHS Resolution"
    assert appeal_body(date(2014, 1, 1)) == "Family Health Services Appeal Unit, NHS Litigation Authority"
    assert appeal_body(date(1999, 1, 1)) == "Family Health Services Appeal Unit, NHS Litigation Authority"
    assert committee_name(Committee.LOCAL_MEDICAL, date(2026, 1, 1)) == "local medical committee"
    assert committee_name(Committee.LOCAL_OPTICAL, date(2026, 1, 1), short=True) == "LOC"


# --- suspensions and disputes


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


# --- corrections


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


# --- after the end

ENDED = by(
    MANAGER,
    a.contract_terminated(
        contract_id=CONTRACT, because=TerminatedBecause.AGREEMENT, termination_id=None, notice_id=None,
        occurred_on=date(2026, 9, 10),
    ),
)  # fmt: skip
LIMITED = replace(SIGNED, ends_on=date(2026, 9, 10))
AFTER, UP_TO = {"effective_on": date(2026, 9, 11)}, {"effective_on": date(2026, 9, 10)}


@pytest.mark.parametrize(
    "command",
    [
        a.change_contractor_composition(contract_id=CONTRACT, **AFTER),
        a.change_practice_boundary(contract_id=CONTRACT, **AFTER),
        a.apply_for_list_closure(),
        a.apply_for_branch_closure(),
    ],
)
def test_what_ended_takes_nothing_of_a_later_day(command) -> None:
    given(SIGNED, ENDED).when(command).then_refused("a-terminated-contract-takes-no-new-steps")
    given(LIMITED).when(command).then_refused("an-expired-contract-takes-no-new-steps")
    assert (
        given(LIMITED, a.contract_signed(contract_id="contract-ladder02"))
        .when(
            replace(
                command, **({"contract_id": "contract-ladder02"} if hasattr(command, "contract_id") else {})
            )
        )
        .facts
    )


@pytest.mark.parametrize("facts", [(SIGNED, ENDED), (LIMITED,)])
def test_what_had_effect_by_the_last_day_is_recorded_late(facts) -> None:
    given(*facts).when(a.change_practice_boundary(contract_id=CONTRACT, **UP_TO)).then_a(
        e.PracticeBoundaryChanged
    )


def test_a_contract_that_expired_takes_no_breach_and_no_notice_of_a_later_day() -> None:
    later = {"breached_on": date(2026, 9, 11), "occurred_on": date(2026, 9, 12)}
    breach = a.identify_breach(contract_id=CONTRACT, **later)
    given(LIMITED).when(breach).then_refused("an-expired-contract-takes-no-new-steps", "breached_on")
    given(LIMITED).when(replace(breach, breached_on=date(2026, 9, 10))).then_a(e.BreachIdentified)
    draft = a.draft_remedial_notice(breaches=(BREACH,), occurred_on=date(2026, 9, 11))
    given(LIMITED, IDENTIFIED).when(draft).then_refused("an-expired-contract-takes-no-new-steps")
    issue = a.issue_notice(
        notice_id=NOTICE, occurred_on=date(2026, 9, 11), consulted_on=None, not_consulted_because="Urgent."
    )
    given(LIMITED, IDENTIFIED, DRAFTED).when(issue, MANAGER).then_refused(
        "an-expired-contract-takes-no-new-steps"
    )


def test_a_contract_does_not_end_before_the_notices_under_it() -> None:
    end = a.terminate_contract(
        contract_id=CONTRACT,
        because=TerminatedBecause.AGREEMENT,
        reason="Agreed.",
        occurred_on=date(2026, 9, 1),
    )
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED)
    story.when(end, MANAGER).then_refused("a-contract-ends-after-its-notices", "occurred_on")
    story.when(replace(end, occurred_on=date(2026, 9, 3)), MANAGER).then_a(e.ContractTerminated)
    withdrawn = by(MANAGER, a.notice_withdrawn(notice_id=NOTICE))
    given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, withdrawn).when(end, MANAGER).then_a(e.ContractTerminated)


def test_no_correction_has_a_contract_end_before_the_notices_under_it() -> None:
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, ENDED)
    story.when(
        a.request_correction(version=7, kind=CorrectionKind.CORRECT, fields={"occurred_on": "2026-09-01"}),
        MANAGER,
    ).then_refused("a-contract-ends-after-its-notices")
